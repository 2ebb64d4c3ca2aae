// The small script on every page: keys, and the rest of search when it is needed, which the
// build has put into one classic script: a page opened from a disk may load no modules.
(() => {
  "use strict";
  const here = document.currentScript.src;
  const base = new URL("../../", here).href;
  let loading = null;
  let back = null; // where the focus was before a key led to the field

  const load = () => {
    loading ||= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL("search/app.js", base).href;
      script.charset = "utf-8";
      script.onload = () => (window.registrySearch ? resolve(window.registrySearch) : reject());
      script.onerror = () => {
        loading = null;
        reject();
      };
      document.head.append(script);
    });
    return loading;
  };

  const styled = () => {
    const address = new URL("search.css", here).href;
    if ([...document.styleSheets].some((sheet) => sheet.href === address)) return null;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    document.body.append(link); // behind the styles of the page
    return new Promise((resolve) => {
      link.onload = resolve;
      link.onerror = resolve;
    });
  };

  const failed = (place) => {
    let status = place.querySelector("[role=status]");
    if (!status) {
      status = document.createElement("p");
      status.setAttribute("role", "status");
      place.append(status);
    }
    status.textContent = window.registry.t(
      "Không tải được phần tìm kiếm. Kiểm tra đường truyền rồi tải lại trang.",
    );
  };

  const forms = [...document.querySelectorAll("form[data-registry-search]")];
  for (const form of forms) {
    const input = form.querySelector("input[name=q]");
    let started = false;
    const start = () => {
      if (started) return;
      started = true;
      Promise.all([load(), styled()])
        .then(([search]) => search.attachField(form, base))
        .catch(() => {
          started = false;
          failed(form);
        });
    };
    input.addEventListener("focus", start);
    if (document.activeElement === input) start();
  }

  const page = document.querySelector("[data-registry-search-page]");
  if (page) {
    load().then((search) => search.attachPage(page, base)).catch(() => failed(page));
  }

  document.addEventListener("keydown", (event) => {
    const field = (page || forms[0])?.querySelector("input[name=q]");
    if (!field || event.defaultPrevented || event.altKey) return;
    const typing = event.target.closest("input, textarea, select, [contenteditable=true]");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !typing;
    const ctrlK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey;
    if (!slash && !ctrlK) return;
    event.preventDefault();
    if (document.activeElement !== field) back = document.activeElement;
    field.focus();
    field.select();
  });

  // Escape closes the answers, then empties the field (header.js), then leads back.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.matches?.("input[name=q]")) return;
    if (event.defaultPrevented || event.target.value) return;
    if (back?.isConnected && back !== document.body) back.focus();
    else event.target.blur();
  });
})();
