/* What every page needs of a script: the switch of colours, the menu by keyboard, and links
   between folders in a copy that is opened from a disk. Pages work without it. */
(function () {
  "use strict";
  var button = document.querySelector(".site-palette");
  if (button) {
    var show = function () {
      var dark = document.body.getAttribute("data-md-color-scheme") === "slate";
      button.setAttribute("aria-pressed", String(dark));
    };
    button.addEventListener("click", function () {
      var dark = document.body.getAttribute("data-md-color-scheme") === "slate";
      var scheme = dark ? "default" : "slate";
      document.body.setAttribute("data-md-color-scheme", scheme);
      try { localStorage.setItem("so-dang-ky.palette", scheme); } catch (e) { /* not kept */ }
      show();
    });
    button.hidden = false;
    show();
  }

  var drawer = document.getElementById("__drawer");
  document.querySelectorAll("label[for=__drawer].md-header__button").forEach(function (label) {
    label.tabIndex = 0;
    label.setAttribute("role", "button");
    label.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        drawer.checked = !drawer.checked;
      }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") drawer.checked = false;
  });

  if (location.protocol === "file:") {
    var withIndex = function (url) {
      return url.replace(/^(file:[^?#]*\/)(?=$|[?#])/, "$1index.html");
    };
    ["click", "auxclick"].forEach(function (kind) {
      document.addEventListener(kind, function (event) {
        var link = event.target.closest && event.target.closest("a[href]");
        if (link) link.href = withIndex(link.href);
      }, true);
    });
    document.addEventListener("submit", function (event) {
      event.target.action = withIndex(event.target.action);
    }, true);
  }
})();
