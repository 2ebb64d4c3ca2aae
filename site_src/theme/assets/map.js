/* Filters the maps of completeness by former district, block, working group and state. What
   was chosen stands in the address, so that it can be kept and sent on. Without this script
   the whole map is shown. */
(function () {
  "use strict";
  var form = document.querySelector("[data-map-filters]");
  if (!form) return;
  var fields = Array.from(form.querySelectorAll("select"));
  var status = form.querySelector("[role=status]");

  function chosen() {
    var found = {};
    fields.forEach(function (field) { found[field.name] = field.value; });
    return found;
  }

  function has(words, one) {
    return !one || (words || "").split(" ").indexOf(one) >= 0;
  }

  /* A row stays if it lies in what was chosen and a cell of it has the state asked for. */
  function filterRow(row, want, sums) {
    var cells = Array.from(row.querySelectorAll("td"));
    var matching = cells.filter(function (cell) {
      var inBlock = has(cell.dataset.block, want.khoi);
      var fits = inBlock && has(cell.dataset.state, want["tinh-trang"]);
      cell.hidden = !inBlock;
      cell.classList.toggle("is-other", inBlock && !fits);
      return fits;
    });
    row.hidden = !has(row.dataset.districts, want["huyen-cu"]) ||
      !has(row.dataset.groups, want.to) || matching.length === 0;
    if (!row.hidden) {
      sums.cells += matching.length;
      sums.units.add(row.querySelector("th").textContent);
    }
    return !row.hidden;
  }

  function filter() {
    var want = chosen();
    var sums = { cells: 0, units: new Set() };
    document.querySelectorAll("[data-map]").forEach(function (map) {
      map.querySelectorAll("thead [data-block]").forEach(function (head) {
        head.hidden = !has(head.dataset.block, want.khoi);
      });
      var left = Array.from(map.querySelectorAll("tbody tr")).filter(function (row) {
        return filterRow(row, want, sums);
      });
      map.hidden = left.length === 0;
    });
    status.textContent = registry.t("%(cells)s ô ở %(units)s đơn vị", {
      cells: sums.cells.toLocaleString(registry.language),
      units: sums.units.size.toLocaleString(registry.language)
    });
  }

  function keepInAddress() {
    var url = new URL(location.href);
    fields.forEach(function (field) {
      if (field.value) url.searchParams.set(field.name, field.value);
      else url.searchParams.delete(field.name);
    });
    history.replaceState(null, "", url);
  }

  /* A choice that the page does not have counts as none. */
  function readAddress() {
    var asked = new URLSearchParams(location.search);
    fields.forEach(function (field) {
      field.value = asked.get(field.name) || "";
      if (field.selectedIndex < 0) field.value = "";
    });
  }

  form.addEventListener("change", function () { filter(); keepInAddress(); });
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function (event) {
    event.preventDefault();
    fields.forEach(function (field) { field.value = ""; });
    filter();
    keepInAddress();
  });
  readAddress();
  filter();
  form.hidden = false;
})();
