// The CMS waits until admin.js has its configuration.
window.CMS_MANUAL_INIT = true;
