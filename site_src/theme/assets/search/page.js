// The page of its own: catalogue at once, texts after it, facets, all kept in the address.

import { FACETS, loadCatalogue } from "./catalogue.js";
import { loadTexts } from "./fulltext.js";
import { marked, passage, wordsToMark } from "./marks.js";
import { parse } from "./query.js";
import { element, FAILED, notes, number, result } from "./words.js";

// Names of the facets in the address.
const PARAMETERS = {
  kind: "nhom", type: "loai", block: "khoi", unit: "don-vi", year: "nam", stage: "giai-doan",
};
const TITLES = {
  kind: "Nhóm", type: "Loại", block: "Khối", unit: "Đơn vị", year: "Năm", stage: "Giai đoạn",
};
const PAGE = 20;
const VALUES = 8;

/** Brings the search page to life. */
export async function attach(root, base) {
  const page = new SearchPage(root, base);
  await page.load();
}

class SearchPage {
  constructor(root, base) {
    this.root = root;
    this.base = base;
    this.form = root.querySelector("form");
    this.input = root.querySelector("input[name=q]");
    this.parts = Object.fromEntries(
      ["status", "notes", "facets", "results", "more", "empty"].map((name) => [
        name,
        root.querySelector(`[data-rs-${name}]`),
      ]),
    );
    this.unfolded = new Set();
    // On a phone the results come first; the filters wait behind their heading.
    if (window.matchMedia("(max-width: 59.9375em)").matches) {
      root.querySelector("details.rs-filter").open = false;
    }
    this.turn = 0;
    this.read();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run(true);
    });
    this.input.addEventListener("input", () => this.run(false));
    this.parts.more.addEventListener("click", () => this.showMore());
    window.addEventListener("popstate", () => {
      this.read();
      this.run(null);
    });
  }

  async load() {
    this.parts.status.textContent = "Đang tải dữ liệu tìm kiếm…";
    try {
      this.catalogue = await loadCatalogue(this.base);
    } catch {
      this.parts.status.textContent = FAILED;
      return;
    }
    await this.run(null);
  }

  read() {
    const address = new URLSearchParams(window.location.search);
    this.input.value = address.get("q") || "";
    this.filters = Object.fromEntries(
      FACETS.map((facet) => [facet, address.getAll(PARAMETERS[facet])]),
    );
  }

  /** Puts query and facets into the address: a new entry of the history, or over the last. */
  write(isNew) {
    const address = new URL(window.location.href);
    address.search = this.parameters();
    if (address.href === window.location.href) return;
    if (isNew) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  }

  parameters(query = this.input.value.trim(), filters = this.filters) {
    const made = new URLSearchParams();
    if (query) made.set("q", query);
    for (const facet of FACETS) {
      for (const value of filters[facet]) made.append(PARAMETERS[facet], value);
    }
    return made.toString();
  }

  /** Searches and shows; `isNew` says how the address changes, null that it does not. */
  async run(isNew) {
    this.turn += 1;
    const turn = this.turn;
    if (isNew !== null) this.write(isNew);
    if (!this.catalogue) return;
    const query = parse(this.input.value);
    const waiting = query.words.length > 0 && Boolean(this.catalogue.index.texts);
    this.root.setAttribute("aria-busy", String(waiting));
    this.show(query, this.catalogue.search(query), waiting);
    if (!waiting) return;
    let texts = null;
    try {
      this.texts ||= loadTexts(this.base, this.catalogue);
      texts = await (await this.texts).find(query.words);
    } catch {
      this.texts = null;
    }
    if (turn !== this.turn) return;
    this.show(query, this.catalogue.search(query, texts || new Map()), false, texts === null);
    this.root.setAttribute("aria-busy", "false");
  }

  show(query, answers, waiting, failed = false) {
    this.query = query;
    this.wanted = wordsToMark(query);
    this.all = answers;
    this.answers = this.catalogue.filter(answers, this.filters);
    const count = this.answers.length;
    let says = count ? `${number(count)} kết quả` : "Không có kết quả nào";
    if (waiting) says += ", đang tìm trong toàn văn…";
    else if (failed) says += ". Không tải được toàn văn: mới tìm trong danh mục.";
    else says += ".";
    this.parts.status.textContent = says;
    const said = notes(this.catalogue, query, this.answers);
    this.parts.notes.replaceChildren(...said.map((note) => element("li", "", note)));
    this.showFacets();
    this.parts.results.replaceChildren();
    this.shown = 0;
    this.showMore(false);
    this.showEmpty(count === 0 && !waiting);
  }

  showMore(focus = true) {
    const next = this.answers.slice(this.shown, this.shown + PAGE);
    const items = next.map((answer) => this.item(answer));
    this.parts.results.append(...items);
    this.shown += next.length;
    const left = this.answers.length - this.shown;
    this.parts.more.hidden = left <= 0;
    this.parts.more.textContent = `Xem thêm (còn ${number(left)})`;
    if (focus && items.length) items[0].querySelector("a").focus();
  }

  item(answer) {
    const row = this.catalogue.rows[answer.row];
    const [title, details] = result(this.catalogue, row, this.query, this.wanted);
    const link = element("a", "rs-link", title);
    link.href = new URL(`${row.key}/`, this.base).href;
    const kind = element("span", "rs-kind", this.catalogue.label("kind", row.kind));
    const made = element("li", "rs-result", kind, link, details);
    made.dataset.key = row.key;
    if (answer.inText) this.addPassage(made, answer.row);
    return made;
  }

  async addPassage(item, row) {
    try {
      const text = await (await this.texts).text(row);
      if (text) item.append(element("p", "rs-passage", marked(passage(text, this.wanted), this.wanted)));
    } catch {
      // The result stands without its passage.
    }
  }

  // Facets

  showFacets() {
    const counts = this.catalogue.facets(this.all, this.filters);
    const shown = FACETS.map((facet) => this.facet(facet, counts[facet])).filter(Boolean);
    if (this.isFiltered()) {
      const clear = element("button", "rs-clear", "Bỏ các bộ lọc");
      clear.type = "button";
      clear.addEventListener("click", () => this.clear());
      shown.unshift(clear);
    }
    const focused = document.activeElement?.id;
    this.parts.facets.replaceChildren(...shown);
    if (focused && focused.startsWith("rs-f-")) document.getElementById(focused)?.focus();
  }

  isFiltered() {
    return FACETS.some((facet) => this.filters[facet].length);
  }

  clear() {
    for (const facet of FACETS) this.filters[facet] = [];
    this.run(true);
    this.input.focus();
  }

  facet(facet, counts) {
    for (const value of this.filters[facet]) if (!counts.has(value)) counts.set(value, 0);
    const values = [...counts].sort((a, b) => this.compareValues(facet, a, b));
    if (!values.length) return null;
    const unfolded = this.unfolded.has(facet);
    const chosen = this.filters[facet];
    const shown = values.filter(([value], i) => unfolded || i < VALUES || chosen.includes(value));
    const box = element("fieldset", "rs-facet", element("legend", "", TITLES[facet]));
    box.append(...shown.map(([value, count], i) => this.value(facet, value, count, i)));
    if (values.length > shown.length || (unfolded && values.length > VALUES)) {
      const more = element("button", "rs-unfold", unfolded ? "Thu gọn" : `Tất cả ${values.length}`);
      more.type = "button";
      more.id = `rs-f-${facet}-more`;
      more.addEventListener("click", () => {
        if (unfolded) this.unfolded.delete(facet);
        else this.unfolded.add(facet);
        this.showFacets();
      });
      box.append(more);
    }
    return box;
  }

  compareValues(facet, [one, ones], [two, twos]) {
    if (facet === "year") return one < two ? 1 : -1;
    if (ones !== twos) return twos - ones;
    return this.catalogue.label(facet, one).localeCompare(this.catalogue.label(facet, two), "vi");
  }

  value(facet, value, count, at) {
    const box = element("input", "");
    box.type = "checkbox";
    box.id = `rs-f-${facet}-${at}`;
    box.value = value;
    box.name = PARAMETERS[facet];
    box.checked = this.filters[facet].includes(value);
    box.addEventListener("change", () => {
      this.filters[facet] = box.checked
        ? [...this.filters[facet], value]
        : this.filters[facet].filter((each) => each !== value);
      this.run(true);
    });
    const label = element("label", "", box, this.catalogue.label(facet, value), " ");
    label.append(element("span", "rs-count", number(count)));
    return label;
  }

  // Nothing found

  showEmpty(isEmpty) {
    this.parts.empty.hidden = !isEmpty;
    if (!isEmpty) return;
    const advice = [];
    if (this.isFiltered() && this.all.length) {
      advice.push(
        element("li", "", this.link(this.parameters(undefined, this.noFilters()),
          `Bỏ các bộ lọc: ${number(this.all.length)} kết quả`)),
      );
    }
    const { words } = this.query;
    if (words.length > 1) {
      words.forEach((_, left) => {
        const fewer = words.filter((__, i) => i !== left).join(" ");
        const found = this.catalogue.search(parse(fewer)).length;
        if (!found) return;
        const says = `Bỏ “${words[left]}”, tìm “${fewer}”: ${number(found)} kết quả`;
        advice.push(element("li", "", this.link(this.parameters(fewer, this.noFilters()), says)));
      });
    }
    this.parts.empty.querySelector("[data-rs-advice]").replaceChildren(...advice);
  }

  noFilters() {
    return Object.fromEntries(FACETS.map((facet) => [facet, []]));
  }

  link(parameters, says) {
    const made = element("a", "", says);
    made.href = `?${parameters}`;
    return made;
  }
}
