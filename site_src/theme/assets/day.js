/* The day that a reader asks for: today, or the one in the address (?on=2025-08-15). It stands
   on the root element for the scripts that show states, goes along with links within the site,
   and can be changed by the date fields of a page. */
(function () {
  "use strict";
  var root = document.documentElement;
  var site = new URL(document.querySelector("link[rel=home]").href, location.href);

  /* Today in Vietnam (seven hours ahead of UTC, no summer time), as 2025-07-01. */
  function today() {
    return new Date(Date.now() + 7 * 3600 * 1000).toISOString().slice(0, 10);
  }

  /* Whether the calendar has the day; 30 February is none. */
  function isDay(text) {
    if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
    var day = new Date(text + "T00:00:00Z");
    return !isNaN(day) && day.toISOString().slice(0, 10) === text;
  }

  var asked = new URLSearchParams(location.search).get("on");
  var chosen = asked !== null && isDay(asked) ? asked : "";

  function tell() {
    var day = chosen || today();
    root.dataset.day = day;
    root.dataset.dayWords = chosen
      ? registry.t("ngày %(day)s", { day: registry.date(day) })
      : registry.t("hôm nay, %(day)s", { day: registry.date(day) });
    document.dispatchEvent(new CustomEvent("registry:day"));
  }

  function keepInAddress() {
    var url = new URL(location.href);
    if (chosen) url.searchParams.set("on", chosen);
    else url.searchParams.delete("on");
    try {
      history.replaceState(history.state, "", url);
    } catch (e) { /* a page opened from a disk keeps its address */ }
  }

  /* Fields */

  var forms = document.querySelectorAll("[data-day-form]");

  function show(words) {
    forms.forEach(function (form) {
      form.querySelector("input").value = root.dataset.day;
      form.querySelector("button").disabled = !chosen;
      form.querySelector("[role=status]").textContent = words;
    });
  }

  function choose(day) {
    chosen = day;
    keepInAddress();
    tell();
    show(chosen ? registry.t("Đang xem tại ngày %(day)s.", { day: registry.date(chosen) }) : "");
  }

  forms.forEach(function (form) {
    var field = form.querySelector("input");
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    field.addEventListener("change", function () {
      if (isDay(field.value)) choose(field.value);
      else form.querySelector("[role=status]").textContent =
        registry.t("Ngày chưa đúng; vẫn đang xem tại %(day)s.", { day: root.dataset.dayWords });
    });
    form.querySelector("button").addEventListener("click", function () { choose(""); });
    form.hidden = false;
  });

  /* Links: the day goes along to pages of this site, and to no other. */

  function withDay(link) {
    var url = new URL(link.href, location.href);
    var here = url.origin === site.origin && url.pathname.indexOf(site.pathname) === 0;
    var leads = url.pathname !== location.pathname || url.search !== location.search;
    if (!here || !leads || !/(\/|\.html)$/.test(url.pathname)) return;
    if (chosen) url.searchParams.set("on", chosen);
    else url.searchParams.delete("on");
    if (url.href !== link.href) link.href = url.href;
  }

  ["click", "auxclick", "contextmenu", "focusin"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      var link = event.target.closest && event.target.closest("a[href]");
      if (link && (chosen || asked !== null)) withDay(link);
    }, true);
  });

  tell();
  if (chosen) show(registry.t("Đang xem tại ngày %(day)s.", { day: registry.date(chosen) }));
  else if (asked) {
    show(registry.t("Ngày trong địa chỉ không có trong lịch; đang xem tại %(day)s.", { day: root.dataset.dayWords }));
  }
  else show("");
  document.addEventListener("visibilitychange", function () {
    if (!chosen && !document.hidden && root.dataset.day !== today()) tell();
  });
})();
