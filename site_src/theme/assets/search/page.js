// The page of its own: catalogue at once, texts after it, facets, all kept in the address.

import { advice } from "./advice.js";
import { FACETS, loadCatalogue } from "./catalogue.js";
import { Facets, PARAMETERS } from "./facets.js";
import { loadTexts } from "./fulltext.js";
import { marked, passage, wordsToMark } from "./marks.js";
import { parse } from "./query.js";
import {
  addressOf, element, failed, kept, labelOf, loading, notes, number, onDisk, result, t, tn,
} from "./words.js";

const OTHERS = "khac-dau"; // in the address: whether results with other marks are shown, too
const DAY = "on";
const PAGE = 20;
const GROUP = 5; // results of a kind, where there are several kinds

/** Brings the search page to life. */
export async function attachPage(root, base) {
  const page = new SearchPage(root, base);
  await page.load();
}

class SearchPage {
  constructor(root, base) {
    this.root = root;
    this.base = base;
    this.form = root.querySelector("form[role=search]");
    this.input = root.querySelector("input[name=q]");
    this.parts = Object.fromEntries(
      ["status", "notes", "filter", "facets", "results", "more", "others", "empty"].map((name) => [
        name,
        root.querySelector(`[data-rs-${name}]`),
      ]),
    );
    this.facets = new Facets(this.parts.facets, (filters, isCleared) => {
      this.filters = filters;
      this.run(true);
      if (isCleared) this.input.focus();
    });
    // On a phone the results come first; the filters wait behind their heading.
    if (window.matchMedia("(max-width: 59.9375em)").matches) {
      this.parts.filter.open = false;
    }
    this.turn = 0;
    this.read();
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.run(true);
    });
    this.input.addEventListener("input", () => this.run(false));
    this.parts.more.addEventListener("click", () => this.showMore());
    this.parts.others.addEventListener("click", () => {
      this.withOthers = !this.withOthers;
      this.run(true);
    });
    document.addEventListener("registry:day", () => this.run(null));
    window.addEventListener("popstate", () => {
      this.read();
      this.run(null);
    });
  }

  async load() {
    this.parts.status.textContent = loading();
    try {
      this.catalogue = await loadCatalogue(this.base);
    } catch {
      this.parts.status.textContent = failed();
      return;
    }
    await this.run(null);
  }

  read() {
    const address = new URLSearchParams(window.location.search);
    this.input.value = address.get("q") || "";
    this.withOthers = address.has(OTHERS);
    this.filters = Object.fromEntries(
      FACETS.map((facet) => [facet, address.getAll(PARAMETERS[facet])]),
    );
  }

  /** Puts query and facets into the address: a new entry of the history, or over the last. */
  write(isNew) {
    const address = new URL(window.location.href);
    address.search = this.parameters();
    if (address.href === window.location.href) return;
    try {
      if (isNew) window.history.pushState(null, "", address);
      else window.history.replaceState(null, "", address);
    } catch {
      // A page opened from a disk may have to keep its address.
    }
  }

  /** The address of a search; the day is that of the page. */
  parameters({ text = this.input.value.trim(), filters = this.filters, others = this.withOthers } = {}) {
    const made = new URLSearchParams();
    if (text) made.set("q", text);
    for (const facet of FACETS) {
      for (const value of filters[facet]) made.append(PARAMETERS[facet], value);
    }
    if (others) made.set(OTHERS, "1");
    const day = new URLSearchParams(window.location.search).get(DAY);
    if (day) made.set(DAY, day);
    return made.toString();
  }

  /** Searches and shows; `isNew` says how the address changes, null that it does not. */
  async run(isNew) {
    this.turn += 1;
    const turn = this.turn;
    if (isNew !== null) this.write(isNew);
    if (!this.catalogue) return;
    this.catalogue.day = document.documentElement.dataset.day;
    const query = parse(this.input.value);
    const waiting = query.words.length > 0 && Boolean(this.catalogue.index.texts) && !onDisk();
    this.root.setAttribute("aria-busy", String(waiting));
    this.show(query, this.catalogue.search(query), waiting);
    if (!waiting) return;
    let texts = null;
    try {
      this.texts ||= loadTexts(this.base, this.catalogue);
      texts = await (await this.texts).find([...query.words, ...query.marked]);
    } catch {
      this.texts = null;
    }
    if (turn !== this.turn) return;
    this.show(query, this.catalogue.search(query, texts || new Map()), false, texts === null);
    this.root.setAttribute("aria-busy", "false");
  }

  show(query, answers, waiting, isFailed = false) {
    this.query = query;
    this.wanted = [false, true].map((same) => wordsToMark(query, same));
    const same = answers.filter((answer) => answer.same);
    const isParted = same.length > 0 && same.length < answers.length;
    this.all = isParted && !this.withOthers ? same : answers;
    this.answers = this.catalogue.filter(this.all, this.filters);
    this.parts.status.textContent = this.says(waiting, isFailed);
    const said = notes(this.catalogue, query, answers, this.base);
    this.parts.notes.replaceChildren(...said.map((parts) => element("li", "", ...parts)));
    this.showOthers(isParted ? this.catalogue.filter(answers, this.filters) : []);
    this.facets.show(this.catalogue, this.all, this.filters);
    this.parts.filter.hidden = !this.parts.facets.childElementCount;
    this.showResults();
    this.showEmpty(this.answers.length === 0 && !waiting);
  }

  says(waiting, isFailed) {
    const count = this.answers.length;
    const says = count ? tn("%(num)s kết quả", "%(num)s kết quả", count) : t("Không có kết quả nào");
    if (waiting) return t("%(says)s, đang tìm trong toàn văn…", { says });
    if (isFailed) return t("%(says)s. Không tải được toàn văn: mới tìm trong danh mục.", { says });
    if (onDisk() && this.query.words.length && this.catalogue.index.texts) {
      return t("%(says)s trong danh mục. Tìm trong toàn văn cần mở trang qua một máy chủ web.", { says });
    }
    return `${says}.`;
  }

  /** The way to results whose marks are not those that were typed, and back. */
  showOthers(answers) {
    const count = answers.filter((answer) => !answer.same).length;
    this.parts.others.hidden = count === 0;
    this.parts.others.textContent = this.withOthers
      ? t("Chỉ xem kết quả đúng dấu")
      : tn("Xem thêm %(num)s kết quả khác dấu", "Xem thêm %(num)s kết quả khác dấu", count);
  }

  // Results

  showResults() {
    const groups = new Map();
    for (const answer of this.answers) {
      const { kind } = this.catalogue.rows[answer.row];
      if (!groups.has(kind)) groups.set(kind, []);
      groups.get(kind).push(answer);
    }
    this.shown = groups.size > 1 ? this.answers.length : 0;
    const made = [...groups].map(([kind, answers]) => this.group(kind, answers, groups.size > 1));
    this.parts.results.replaceChildren(...made);
    this.parts.more.hidden = true;
    if (groups.size === 1) this.showMore(false);
  }

  group(kind, answers, isOneOfSeveral) {
    const count = element("span", "rs-count", ` ${number(answers.length)}`);
    const name = labelOf(this.catalogue, "kind", kind);
    const heading = element("h2", "", name, count);
    heading.id = `rs-g-${kind}`;
    const list = element("ol", "rs-results");
    const made = element("section", "rs-kind", heading, list);
    made.setAttribute("aria-labelledby", heading.id);
    if (!isOneOfSeveral) return made;
    list.append(...answers.slice(0, GROUP).map((answer) => this.item(answer)));
    if (answers.length > GROUP) {
      const all = this.link({ filters: { ...this.filters, kind: [kind] } },
        t("Xem cả %(count)s kết quả trong nhóm “%(name)s”", { count: number(answers.length), name }));
      made.append(element("p", "rs-all", all));
    }
    return made;
  }

  showMore(focus = true) {
    const next = this.answers.slice(this.shown, this.shown + PAGE);
    const items = next.map((answer) => this.item(answer));
    this.parts.results.querySelector("ol")?.append(...items);
    this.shown += next.length;
    const left = this.answers.length - this.shown;
    this.parts.more.hidden = left <= 0;
    this.parts.more.textContent = t("Xem thêm (còn %(count)s)", { count: number(left) });
    if (focus && items.length) items[0].querySelector("a").focus();
  }

  item(answer) {
    const row = this.catalogue.rows[answer.row];
    const wanted = this.wanted[Number(answer.same)];
    const [title, details] = result(this.catalogue, row, this.query, wanted);
    const link = element("a", "rs-link", title);
    link.href = addressOf(row.key, this.base);
    const made = element("li", "rs-result", link, details);
    made.dataset.key = row.key;
    if (answer.inText) this.addPassage(made, answer.row, wanted);
    return made;
  }

  async addPassage(item, row, wanted) {
    try {
      const text = await (await this.texts).text(row);
      const found = passage(text, wanted);
      if (text) item.append(element("p", "rs-passage", kept(marked(found, wanted))));
    } catch {
      // The result stands without its passage.
    }
  }

  // Nothing found

  showEmpty(isEmpty) {
    this.parts.empty.hidden = !isEmpty;
    if (!isEmpty) return;
    const { catalogue, query, all, filters } = this;
    const typed = this.input.value.trim();
    const link = (state, name) => this.link({ ...state, others: false }, name);
    const items = advice({ catalogue, query, all, filters, typed, link });
    this.parts.empty.querySelector("[data-rs-advice]").replaceChildren(...items);
  }

  /** A link to another search, which this page answers itself. */
  link(state, name) {
    const made = element("a", "", name);
    made.href = `?${this.parameters(state)}`;
    made.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (state.text !== undefined) this.input.value = state.text;
      if (state.others !== undefined) this.withOthers = state.others;
      this.filters = state.filters || this.filters;
      this.run(true);
      this.parts.status.focus();
    });
    return made;
  }
}
