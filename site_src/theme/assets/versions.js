/* Marks, among the versions of a text, the one that holds today. Without this script the list
   says which one held on the day for which the page was computed. */
(function () {
  "use strict";

  /* Today in Vietnam (seven hours ahead of UTC, no summer time), as 2025-07-01. */
  var day = new Date(Date.now() + 7 * 3600 * 1000).toISOString().slice(0, 10);

  document.querySelectorAll(".rg-versions ul").forEach(function (list) {
    var holding = Array.from(list.children).filter(function (one) {
      return one.dataset.validFrom <= day; /* an unknown beginning is empty, and comes first */
    }).pop();
    var note = list.querySelector("[data-as-of]");
    if (!holding) return;
    if (!note) {
      note = document.createElement("span");
      note.setAttribute("data-as-of", "");
    }
    note.textContent = " " + registry.t("– bản tính đến hôm nay, %(day)s", { day: registry.date(day) });
    holding.append(note);
  });
})();
