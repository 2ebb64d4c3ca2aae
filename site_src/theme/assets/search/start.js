// The small script on every page: keys, and the rest of search when it is needed.
// A classic script, so that it can say so where modules cannot be loaded (a page opened
// straight from a folder).
(() => {
  "use strict";
  const here = document.currentScript.src;
  const base = new URL("../../", here).href;
  const load = (name) => import(new URL(name, here).href);

  const failed = (form) => {
    const panel = form.querySelector("[data-rs-panel]");
    const status = form.querySelector("[role=status], [data-rs-status]");
    if (panel) panel.hidden = false;
    if (status) {
      status.textContent =
        "Tìm kiếm cần mở trang qua một máy chủ web; mở thẳng tệp từ thư mục thì không tìm được.";
    }
  };

  const form = document.querySelector("form[data-registry-search]");
  const input = form && form.querySelector("input[name=q]");
  if (input) {
    let started = false;
    const start = () => {
      if (started) return;
      started = true;
      load("header.js").then((module) => module.attach(form, base)).catch(() => failed(form));
    };
    input.addEventListener("focus", start);
    if (document.activeElement === input) start();
  }

  const page = document.querySelector("[data-registry-search-page]");
  if (page) {
    load("page.js").then((module) => module.attach(page, base)).catch(() => failed(page));
  }

  document.addEventListener("keydown", (event) => {
    const field = page ? page.querySelector("input[name=q]") : input;
    if (!field || event.defaultPrevented || event.altKey) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable=true]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !typing;
    const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!slash && !ctrlK) return;
    event.preventDefault();
    field.focus();
    field.select();
  });
})();
