/* Tells the state of a document today from the spans that its page carries. Without this
   script the page says as of which day its state was worked out. */
(function () {
  "use strict";

  /* Today in Vietnam (seven hours ahead of UTC, no summer time), as 2025-07-01. */
  function today() {
    return new Date(Date.now() + 7 * 3600 * 1000).toISOString().slice(0, 10);
  }

  /* 2025-07-01 as 01/7/2025: months 1 and 2 and days under 10 have a zero. */
  function inVietnamese(day) {
    var parts = day.split("-");
    var month = Number(parts[1]);
    return parts[2] + "/" + (month < 3 ? parts[1] : month) + "/" + parts[0];
  }

  document.querySelectorAll("[data-timeline]").forEach(function (line) {
    var day = today();
    var chip = line.querySelector(".rg-chip");
    var note = line.querySelector("[data-as-of]");
    var span = JSON.parse(line.dataset.timeline).find(function (one) {
      return (!one.first || one.first <= day) && (!one.last || day <= one.last);
    });
    if (!span || !chip || !note) return;
    chip.textContent = span.state;
    chip.className = "rg-chip rg-chip--" + span.tone;
    note.textContent = "hôm nay, " + inVietnamese(day);
  });
})();
