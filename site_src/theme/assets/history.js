/* Compares any two states of a record that stand on the page, field by field and, for texts,
   line by line. Without this script each state says what it changed against the one before.
   Words come from site.js, which stands later on the page. */
document.addEventListener("DOMContentLoaded", function () {
  "use strict";

  var MAX_LINES = 3000; /* of a text that are compared; the table of lengths grows with the square */
  var form = document.getElementById("so-sanh-hai-ban");
  var result = document.getElementById("khac-nhau");
  if (!form || !result) return;
  var from = form.elements.tu;
  var to = form.elements.den;

  function stateOf(number) {
    return document.querySelector('details[data-state="' + Number(number) + '"]');
  }

  function fieldsOf(state) {
    var found = new Map();
    state.querySelectorAll("tr[data-key]").forEach(function (row) {
      found.set(row.dataset.key, { label: row.cells[0].textContent, text: row.cells[1].textContent });
    });
    return found;
  }

  function textsOf(state) {
    var found = new Map();
    state.querySelectorAll("[data-blob]").forEach(function (one) {
      var whole = document.querySelector('pre[data-blob="' + one.dataset.blob + '"]');
      found.set(one.dataset.text, {
        blob: one.dataset.blob,
        name: whole.dataset.name,
        lines: whole.textContent.split("\n"),
      });
    });
    return found;
  }

  function element(name, text) {
    var made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function row(label, old, now) {
    var made = element("tr");
    var head = element("th", label);
    head.scope = "row";
    made.append(head);
    [[old, "del", registry.t("Trước")], [now, "ins", registry.t("Sau")]].forEach(function (side) {
      var cell = element("td");
      cell.dataset.label = side[2];
      cell.append(side[0] === null ? element("span", registry.t("không có")) : element(side[1], side[0]));
      made.append(cell);
    });
    return made;
  }

  /* Lines that are in both, in order, as long as can be; at most MAX_LINES of each side. */
  function lineDifferences(old, now) {
    var start = 0;
    while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
    var oldEnd = old.length;
    var newEnd = now.length;
    while (oldEnd > start && newEnd > start && old[oldEnd - 1] === now[newEnd - 1]) {
      oldEnd -= 1;
      newEnd -= 1;
    }
    old = old.slice(start, oldEnd);
    now = now.slice(start, newEnd);
    if (old.length > MAX_LINES || now.length > MAX_LINES) return null;
    var width = now.length + 1;
    var common = new Uint16Array((old.length + 1) * width);
    for (var i = old.length - 1; i >= 0; i -= 1) {
      for (var j = now.length - 1; j >= 0; j -= 1) {
        common[i * width + j] = old[i] === now[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
      }
    }
    var found = [];
    for (i = 0, j = 0; i < old.length || j < now.length; ) {
      if (i < old.length && j < now.length && old[i] === now[j]) {
        i += 1;
        j += 1;
      } else if (j >= now.length || (i < old.length && common[(i + 1) * width + j] >= common[i * width + j + 1])) {
        found.push(["del", old[i]]);
        i += 1;
      } else {
        found.push(["ins", now[j]]);
        j += 1;
      }
    }
    return found;
  }

  function showText(name, old, now) {
    result.append(element("h3", name));
    if (!old || !now) {
      result.append(element("p", old ? registry.t("Bỏ cả lời văn.") : registry.t("Thêm cả lời văn.")));
      return;
    }
    var lines = lineDifferences(old.lines, now.lines);
    if (lines === null) {
      result.append(element("p", registry.t("Lời văn quá dài để so sánh ở đây; đọc từng bản bên dưới.")));
      return;
    }
    var box = element("pre");
    box.className = "rg-words";
    lines.forEach(function (line) {
      box.append(element(line[0], (line[0] === "del" ? "− " : "+ ") + line[1]), "\n");
    });
    result.append(box);
  }

  function compare() {
    var older = stateOf(from.value);
    var newer = stateOf(to.value);
    if (!older || !newer) return;
    var old = fieldsOf(older);
    var now = fieldsOf(newer);
    var body = element("tbody");
    now.forEach(function (field, key) {
      var before = old.get(key);
      if (!before) body.append(row(field.label, null, field.text));
      else if (before.text !== field.text) body.append(row(field.label, before.text, field.text));
    });
    old.forEach(function (field, key) {
      if (!now.has(key)) body.append(row(field.label, field.text, null));
    });
    result.textContent = "";
    if (body.rows.length) {
      var table = element("table");
      table.className = "rg-table rg-table--compare";
      var caption = element("caption", registry.t("Khác nhau từ bản %(old)s đến bản %(new)s", { old: from.value, new: to.value }));
      var heads = element("tr");
      [registry.t("Nội dung"), registry.t("Trước"), registry.t("Sau")].forEach(function (name) {
        var head = element("th", name);
        head.scope = "col";
        heads.append(head);
      });
      var top = element("thead");
      top.append(heads);
      table.append(caption, top, body);
      result.append(table);
    }
    var oldTexts = textsOf(older);
    var newTexts = textsOf(newer);
    new Set([].concat(Array.from(oldTexts.keys()), Array.from(newTexts.keys()))).forEach(function (date) {
      var one = oldTexts.get(date);
      var other = newTexts.get(date);
      if (!one || !other || one.blob !== other.blob) showText((other || one).name, one, other);
    });
    if (!result.childNodes.length) {
      result.append(element("p", registry.t("Bản %(old)s và bản %(new)s có cùng nội dung.", { old: from.value, new: to.value })));
    }
  }

  /* A link can name two states: ?tu=1&den=3. Otherwise the two newest are compared. */
  var asked = new URLSearchParams(window.location.search);
  function choose(select, wanted, otherwise) {
    var known = Array.from(select.options).some(function (one) { return one.value === wanted; });
    select.value = known ? wanted : select.options[Math.min(otherwise, select.options.length - 1)].value;
  }
  choose(from, asked.get("tu"), 1);
  choose(to, asked.get("den"), 0);
  form.hidden = false;
  document.querySelector("[data-without-script]").hidden = true;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("change", function () {
    compare();
    try {
      window.history.replaceState(null, "", "?tu=" + from.value + "&den=" + to.value);
    } catch (error) { /* a copied folder opened as a file: the address stays */ }
  });
  compare();
});
