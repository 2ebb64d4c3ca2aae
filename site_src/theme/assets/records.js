/* Shows what holds on the day that assets/day.js tells: states on chips, spans of a timeline,
   documents that apply in a unit, days left. The spans stand in the page; no rule of force is
   here. Without this script the page says as of which day it was worked out. */
(function () {
  "use strict";
  var root = document.documentElement;
  var table = document.querySelector("[data-state-words]");
  var words = table ? JSON.parse(table.dataset.stateWords) : {};

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
    if (left > 0) return "còn " + left.toLocaleString("vi-VN") + " ngày";
    return left === 0 ? "hết hạn trong ngày" : "đã quá " + (-left).toLocaleString("vi-VN") + " ngày";
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
      if (number) number.textContent = count.toLocaleString("vi-VN");
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
