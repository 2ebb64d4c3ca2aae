/* Beside every provision of a text a button that copies its citation, in the form chosen.
   Without this script the pages show the citation of the whole document in words. */
(function () {
  "use strict";

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
    legend.textContent = "Chép trích dẫn theo mẫu";
    form.append(
      legend,
      choice("cite-" + number, "basis", "“Căn cứ …;”", true),
      choice("cite-" + number, "plain", "dẫn chiếu trong câu", false)
    );
    status.className = "rg-cite-status";
    status.setAttribute("role", "status");

    function add(element, provision) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "rg-cite-button";
      button.textContent = "Chép trích dẫn";
      button.setAttribute("aria-label", "Chép trích dẫn " + (provision || "cả văn bản"));
      button.addEventListener("click", function () {
        var cited = (provision ? provision + " " : "") + whole;
        if (form.querySelector("input:checked").value === "basis") {
          cited = "Căn cứ " + cited + ";";
        }
        copy(cited).then(
          function () { status.textContent = "Đã chép: " + cited; },
          function () { status.textContent = "Trình duyệt không cho chép. Trích dẫn: " + cited; }
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
