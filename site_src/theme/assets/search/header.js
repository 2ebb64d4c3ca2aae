// The field in the header: answers while one types, as a combobox with grouped options.

import { loadCatalogue } from "./catalogue.js";
import { parse } from "./query.js";
import { wordsToMark } from "./marks.js";
import {
  addressOf, element, failed, labelOf, loading, notes, onDisk, result, t, tn,
} from "./words.js";

const SHOWN = 10;
let forms = 0;
let catalogue = null;

/** Brings a search form to life; its script-free behaviour stays: Enter leads to the page. */
export function attachField(form, base) {
  const field = new Field(form, base);
  field.load();
}

class Field {
  constructor(form, base) {
    this.form = form;
    this.base = base;
    this.input = form.querySelector("input[name=q]");
    this.active = -1;
    this.options = [];
    if (onDisk()) form.action = new URL("index.html", form.action).href;
    this.build();
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("focus", () => this.update());
    this.input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) this.close();
    });
    // Pressing on an option must not take the focus before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.go(this.options.indexOf(option));
    });
  }

  /** The parts that only a script can use: without one the field is a plain form. */
  build() {
    forms += 1;
    this.list = element("div", "rs-list");
    this.list.id = `rs-list-${forms}`;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", t("Kết quả tìm kiếm"));
    this.hint = element("p", "rs-hint");
    this.status = element("p", "rs-status");
    this.status.setAttribute("role", "status");
    this.panel = element("div", "rs-panel", this.hint, this.list);
    this.panel.hidden = true;
    this.form.classList.add("rs-form");
    this.form.append(this.panel, this.status);
    const roles = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      "aria-keyshortcuts": "/ Control+K",
    };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
  }

  async load() {
    try {
      catalogue ||= loadCatalogue(this.base);
      this.catalogue = await catalogue;
    } catch {
      catalogue = null;
      this.failed = true;
    }
    if (this.form.contains(document.activeElement)) this.update();
  }

  update() {
    const typed = this.input.value;
    const query = parse(typed);
    this.select(-1);
    if (!query.words.length) {
      this.close();
      return;
    }
    if (!this.catalogue) {
      this.options = [];
      this.list.replaceChildren();
      this.open(this.failed ? failed() : loading());
      return;
    }
    this.catalogue.day = document.documentElement.dataset.day;
    const found = this.catalogue.search(query);
    const same = found.filter((answer) => answer.same);
    const answers = same.length ? same : found;
    this.show(query, answers, found.length);
    const said = notes(this.catalogue, query, found, this.base);
    this.hint.replaceChildren(...said.flatMap((parts, at) => [at ? element("br") : "", ...parts]));
    this.hint.hidden = said.length === 0;
    const spoken = this.hint.textContent;
    this.open(
      answers.length
        ? [tn("%(num)s kết quả.", "%(num)s kết quả.", answers.length), spoken,
          t("Dùng phím mũi tên để chọn.")].join(" ")
        : t("Không có kết quả trong danh mục. Nhấn Enter để tìm trong toàn văn."),
    );
  }

  show(query, answers, count) {
    const wanted = wordsToMark(query, answers.length > 0 && answers[0].same);
    const groups = new Map();
    for (const { row } of answers.slice(0, SHOWN)) {
      const found = this.catalogue.rows[row];
      if (!groups.has(found.kind)) groups.set(found.kind, []);
      groups.get(found.kind).push(found);
    }
    const asked = new URLSearchParams(window.location.search).get("on") || "";
    this.options = [];
    const shown = [...groups].map(([kind, rows], at) => {
      const heading = element("div", "rs-group", labelOf(this.catalogue, "kind", kind));
      heading.id = `${this.list.id}-g${at}`;
      heading.setAttribute("role", "presentation");
      const group = element("div", "", heading);
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", heading.id);
      for (const row of rows) {
        const address = addressOf(row.key, this.base, asked);
        group.append(this.option(address, ...result(this.catalogue, row, query, wanted)));
      }
      return group;
    });
    const all = new URL(this.form.action);
    all.search = new URLSearchParams({ q: this.input.value.trim(), ...(asked && { on: asked }) });
    const words = count > SHOWN
      ? tn("Xem tất cả %(num)s kết quả và tìm trong toàn văn",
        "Xem tất cả %(num)s kết quả và tìm trong toàn văn", count)
      : t("Tìm trong toàn văn");
    shown.push(this.option(all.href, words));
    this.list.replaceChildren(...shown);
  }

  option(address, ...children) {
    const made = element("div", "rs-option", ...children);
    made.id = `${this.list.id}-${this.options.length}`;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.dataset.address = address;
    this.options.push(made);
    return made;
  }

  key(event) {
    if (event.isComposing) return;
    const last = this.options.length - 1;
    const moves = {
      ArrowDown: this.active < last ? this.active + 1 : -1,
      ArrowUp: this.active < 0 ? last : this.active - 1,
    };
    if (event.key in moves) {
      event.preventDefault();
      if (this.panel.hidden) this.update();
      if (!this.panel.hidden) this.select(moves[event.key]);
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.go(this.active);
    } else if (event.key === "Escape") {
      if (!this.panel.hidden || this.input.value) event.preventDefault();
      if (this.panel.hidden) this.input.value = "";
      this.close();
    }
  }

  select(index) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.options[index];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  go(index) {
    window.location.assign(this.options[index].dataset.address);
  }

  open(says) {
    this.panel.hidden = this.options.length === 0;
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.status.textContent = says;
  }

  close() {
    this.select(-1);
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.status.textContent = "";
  }
}
