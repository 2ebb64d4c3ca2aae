// The small script on every page: keys, and the rest of search when it is needed.
// A classic script, so that it can say so where modules cannot be loaded (a page opened
// straight from a folder).
(() => {
  "use strict";
  const here = document.currentScript.src;
  const base = new URL("../../", here).href;
  const load = (name) => import(new URL(name, here).href);

  const styled = () => {
    const address = new URL("search.css", here).href;
    if ([...document.styleSheets].some((sheet) => sheet.href === address)) return null;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = address;
    document.head.append(link);
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
    status.textContent =
      location.protocol === "file:"
        ? "Tìm kiếm cần mở trang qua một máy chủ web; mở thẳng tệp từ thư mục thì không tìm được."
        : "Không tải được phần tìm kiếm. Kiểm tra đường truyền rồi tải lại trang.";
  };

  const forms = [...document.querySelectorAll("form[data-registry-search]")];
  for (const form of forms) {
    const input = form.querySelector("input[name=q]");
    let started = false;
    const start = () => {
      if (started) return;
      started = true;
      Promise.all([load("header.js"), styled()])
        .then(([module]) => module.attach(form, base))
        .catch(() => failed(form));
    };
    input.addEventListener("focus", start);
    if (document.activeElement === input) start();
  }

  const page = document.querySelector("[data-registry-search-page]");
  if (page) {
    load("page.js").then((module) => module.attach(page, base)).catch(() => failed(page));
  }

  document.addEventListener("keydown", (event) => {
    const field = (page || forms[0])?.querySelector("input[name=q]");
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
