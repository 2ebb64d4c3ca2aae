/* What every page needs of a script: words in its language, the switch of colours, the menu by
   keyboard, and links between folders in a copy that is opened from a disk. Pages work without it. */

/* Words for scripts. `registry.t("Từ %(first)s", { first: day })` is in the language of the page;
   `registry.tn("%(num)s đơn vị", "%(num)s đơn vị", count)` is for numbers (Vietnamese has one
   form). Other languages than Vietnamese come with assets/words/. `registry.tree` is the folder
   of the language below the site's root (`en/`, or nothing). */
window.registry = (function () {
  "use strict";
  var root = document.documentElement;
  var words = window.registryWords || {};
  var filled = function (text, values) {
    return text.replace(/%\((\w+)\)s/g, function (_, name) { return values[name]; });
  };
  return {
    language: root.lang,
    tree: window.registryTree || "",
    t: function (text, values) {
      var said = words[text];
      return filled(typeof said === "string" ? said : text, values || {});
    },
    tn: function (one, many, count, values) {
      var said = words[one];
      var all = Object.assign({ num: count.toLocaleString(root.lang) }, values);
      return filled(Array.isArray(said) ? said[count === 1 ? 0 : 1] : one, all);
    },
    date: function (iso) {
      var parts = iso.split("-").map(Number);
      if (root.lang === "vi") {
        return iso.slice(8) + "/" + (parts[1] < 3 ? "0" : "") + parts[1] + "/" + parts[0];
      }
      return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" })
        .format(new Date(iso + "T00:00:00Z"));
    }
  };
})();

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
    var menu = document.createElement("button");
    menu.type = "button";
    menu.className = label.className + " site-menu";
    menu.setAttribute("aria-label", label.title);
    menu.append.apply(menu, Array.from(label.childNodes));
    var tell = function () { menu.setAttribute("aria-expanded", String(drawer.checked)); };
    menu.addEventListener("click", function () {
      drawer.checked = !drawer.checked;
      tell();
    });
    drawer.addEventListener("change", tell);
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !drawer.checked) return;
      drawer.checked = false;
      tell();
      menu.focus();
    });
    tell();
    label.replaceWith(menu);
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
