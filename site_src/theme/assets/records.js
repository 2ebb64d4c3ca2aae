/* What pages of records and lists need of a script, in two parts: what holds on the day, and
   what one does with a page. */

/* Shows what holds on the day that assets/day.js tells: states on chips, spans of a timeline,
   documents that apply in a unit, days left. The spans stand in the page; no rule of force is
   here. Without this script the page says as of which day it was worked out. */
(function () {
  "use strict";
  var root = document.documentElement;
  var words = { // of states, and the tones of their chips: as in builder/site/timeline.py
    draft: [registry.t("Dự thảo"), "plain"],
    trial: [registry.t("Vận hành thử"), "trial"],
    not_yet: [registry.t("Chưa có hiệu lực"), "plain"],
    in_force: [registry.t("Còn hiệu lực"), "good"],
    partly: [registry.t("Hết hiệu lực một phần"), "warn"],
    suspended: [registry.t("Ngưng hiệu lực"), "warn"],
    expired: [registry.t("Hết hiệu lực toàn bộ"), "off"],
    repealed: [registry.t("Hết hiệu lực toàn bộ (bị bãi bỏ)"), "off"],
    withdrawn: [registry.t("Đã rút"), "off"],
    unknown: [registry.t("Chưa xác định"), "plain"]
  };

  /* The state on a day of "not_yet 2025-07-02 in_force": each but the first with its first day. */
  function stateOn(code, day) {
    var parts = code.split(" ");
    var state = parts[0];
    for (var i = 1; i < parts.length && parts[i] <= day; i += 2) state = parts[i + 1];
    return state;
  }

  function holds(one, day) {
    return one.dataset.first <= day && (!one.dataset.last || day <= one.dataset.last);
  }

  function daysLeft(due, day) {
    var left = Math.round((Date.parse(due) - Date.parse(day)) / 86400000);
    if (left > 0) return registry.tn("còn %(num)s ngày", "còn %(num)s ngày", left);
    if (left === 0) return registry.t("hết hạn trong ngày");
    return registry.tn("đã quá %(num)s ngày", "đã quá %(num)s ngày", -left);
  }

  function shown(part) {
    return part.querySelectorAll("[data-span=show]:not([hidden])").length;
  }

  function update() {
    var day = root.dataset.day;
    document.querySelectorAll("[data-states]").forEach(function (chip) {
      var found = words[stateOn(chip.dataset.states, day)];
      if (!found) return;
      chip.textContent = found[0];
      chip.className = "rg-chip rg-chip--" + found[1];
    });
    document.querySelectorAll("[data-span=mark]").forEach(function (one) {
      one.classList.toggle("is-on", holds(one, day));
    });
    document.querySelectorAll("[data-span=show]").forEach(function (one) {
      one.hidden = !holds(one, day);
    });
    document.querySelectorAll("[data-group]").forEach(function (group) {
      var count = shown(group);
      group.hidden = !count;
      var number = group.querySelector(":scope > * [data-count], :scope > [data-count]");
      if (number) number.textContent = count.toLocaleString(registry.language);
    });
    document.querySelectorAll("[data-total]").forEach(function (one) {
      one.textContent = shown(one.closest(".rg-applies")).toLocaleString(registry.language);
    });
    document.querySelectorAll("[data-if-none]").forEach(function (one) {
      one.hidden = shown(one.parentElement) > 0;
    });
    document.querySelectorAll("[data-due]").forEach(function (one) {
      one.textContent = daysLeft(one.dataset.due, day);
    });
    document.querySelectorAll("[data-day-told]").forEach(function (one) {
      one.textContent = root.dataset.dayWords;
    });
  }

  document.addEventListener("registry:day", update);
  if (root.dataset.day) update();
})();

/* The page of a record: its sections as tabs, the buttons to cite, share and print, and beside
   every provision of its text one that copies the citation in the form chosen.
   Without this script the sections stand below one another and the tabs are links to them. */
(function () {
  "use strict";

  /* Tabs (WAI-ARIA Authoring Practices, pattern "Tabs", selected as the focus moves). The tab
     stands in the address by the anchor of its heading, so that a link leads to it again. */

  function makeTabs(nav) {
    var list = nav.querySelector("ul");
    var tabs = Array.from(nav.querySelectorAll("a"));
    var panels = tabs.map(function (tab) {
      var heading = document.getElementById(tab.hash.slice(1));
      return heading && heading.closest(".rg-panel");
    });
    if (tabs.length < 2 || panels.indexOf(null) !== -1) return;

    function select(chosen) {
      tabs.forEach(function (tab, index) {
        var on = index === chosen;
        tab.setAttribute("aria-selected", String(on));
        tab.tabIndex = on ? 0 : -1;
        /* What a browser looks for within the page it finds in closed tabs, too. */
        if (on) panels[index].removeAttribute("hidden");
        else panels[index].setAttribute("hidden", "until-found");
        panels[index].tabIndex = on ? 0 : -1; /* such a one has a box, and the keyboard would stop at it */
      });
    }

    function choose(index) {
      select(index);
      try {
        history.replaceState(history.state, "", tabs[index].hash);
      } catch (e) { /* a page opened from a disk may not change its address */ }
    }

    /* Opens the tab in which the target of the address stands, and goes there. */
    function follow() {
      var id = location.hash.slice(1);
      try { id = decodeURIComponent(id); } catch (e) { /* taken as it stands */ }
      var target = id && document.getElementById(id);
      var index = target ? panels.indexOf(target.closest(".rg-panel")) : -1;
      if (index === -1) return false;
      select(index);
      (tabs[index].hash === "#" + id ? nav : target).scrollIntoView();
      return true;
    }

    nav.setAttribute("role", "presentation");
    list.setAttribute("role", "tablist");
    list.setAttribute("aria-label", nav.getAttribute("aria-label"));
    nav.removeAttribute("aria-label");
    tabs.forEach(function (tab, index) {
      var panel = panels[index];
      tab.parentElement.setAttribute("role", "presentation");
      tab.setAttribute("role", "tab");
      tab.id = "the-" + tab.hash.slice(1);
      panel.id = panel.id || "khung-" + tab.hash.slice(1);
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.addEventListener("beforematch", function () { choose(index); });
      tab.addEventListener("click", function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        choose(index);
      });
    });
    list.addEventListener("keydown", function (event) {
      var last = tabs.length - 1;
      var here = tabs.indexOf(document.activeElement);
      var to = {
        ArrowRight: here === last ? 0 : here + 1,
        ArrowLeft: here === 0 ? last : here - 1,
        Home: 0,
        End: last,
        " ": here
      }[event.key];
      if (here === -1 || to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      choose(to);
      tabs[to].focus();
    });
    nav.classList.add("is-tabs");
    panels.forEach(function (panel) { panel.classList.add("is-tab"); });
    window.addEventListener("hashchange", follow);
    /* A link to where the address already leads tells no change. */
    document.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[href^='#']");
      if (link && link.hash === location.hash && tabs.indexOf(link) === -1 && follow()) event.preventDefault();
    });
    if (follow()) window.addEventListener("load", follow); /* browsers go to the heading then */
    else select(0);
  }

  /* Copying */

  function copy(text) {
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text);
    }
    /* A page opened from a disk or over http has no clipboard of its own. */
    var field = document.createElement("textarea");
    field.value = text;
    field.setAttribute("readonly", "");
    field.className = "rg-cite-field";
    document.body.appendChild(field);
    field.select();
    var done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  }

  function copyAndSay(button, text) {
    var said = document.querySelector("[data-said-here]");
    copy(text).then(
      function () { said.textContent = button.dataset.said + " " + text; },
      function () { said.textContent = button.dataset.failed + " " + text; }
    );
  }

  function share(button) {
    if (!navigator.share) {
      copyAndSay(button, location.href);
      return;
    }
    navigator.share({ title: document.title, url: location.href }).catch(function (error) {
      if (error.name !== "AbortError") copyAndSay(button, location.href);
    });
  }

  function show(selector, act) {
    document.querySelectorAll(selector).forEach(function (button) {
      button.addEventListener("click", function () { act(button); });
      button.closest("li").hidden = false;
    });
  }

  document.querySelectorAll("[data-tabs]").forEach(makeTabs);
  show("[data-copy]", function (button) { copyAndSay(button, button.dataset.copy); });
  show("[data-print]", function () { window.print(); });
  if (location.protocol !== "file:") show("[data-share]", share);

  /* Citations of provisions */

  function choice(name, value, label, checked) {
    var wrap = document.createElement("label");
    var input = document.createElement("input");
    input.type = "radio";
    input.name = name;
    input.value = value;
    input.checked = checked;
    wrap.append(input, " " + label);
    return wrap;
  }

  document.querySelectorAll(".rg-text").forEach(function (text, number) {
    var whole = text.getAttribute("data-cite-document");
    var form = document.createElement("fieldset");
    var legend = document.createElement("legend");
    var status = document.createElement("p");
    form.className = "rg-cite-form";
    legend.textContent = registry.t("Chép trích dẫn theo mẫu");
    form.append(
      legend,
      choice("cite-" + number, "basis", "“Căn cứ …;”", true),
      choice("cite-" + number, "plain", registry.t("dẫn chiếu trong câu"), false)
    );
    status.className = "rg-cite-status";
    status.setAttribute("role", "status");

    function add(element, provision) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "rg-cite-button";
      button.textContent = registry.t("Chép trích dẫn");
      button.setAttribute("aria-label", provision
        ? registry.t("Chép trích dẫn %(provision)s", { provision: provision })
        : registry.t("Chép trích dẫn cả văn bản"));
      button.addEventListener("click", function () {
        var cited = (provision ? provision + " " : "") + whole;
        if (form.querySelector("input:checked").value === "basis") {
          cited = "Căn cứ " + cited + ";";
        }
        copy(cited).then(
          function () { status.textContent = registry.t("Đã chép: %(cited)s", { cited: cited }); },
          function () { status.textContent = registry.t("Trình duyệt không cho chép. Trích dẫn: %(cited)s", { cited: cited }); }
        );
      });
      element.append(" ", button);
    }

    var line = text.querySelector(".rg-cite");
    add(line, "");
    line.after(form, status);
    text.querySelectorAll("[data-cite]").forEach(function (element) {
      add(element, element.getAttribute("data-cite"));
    });
  });
})();
