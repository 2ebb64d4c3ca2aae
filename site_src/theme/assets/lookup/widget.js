// "Nay là đâu?": a combobox over the units, and the answer for the one chosen.
// Without this script the form leads to the page tra-cuu/, which leads to the lists.

import { Places } from "./data.js";

const SHOWN = 10;
const FEW = 6; // provinces that are named where nothing is found
const base = new URL("../../", import.meta.url).href;
const { t, tn, date, tree } = window.registry;
let places = null;

function load() {
  if (!places) {
    places = Places.open(base);
    places.catch(() => { places = null; });
  }
  return places;
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function link(address, words) {
  return address ? element("a", { href: new URL(tree + address, base).href }, words) : words;
}

/** Names keep their language in a page of another one. */
function named(words) {
  return element("span", { lang: "vi" }, words);
}

function today() {
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Ho_Chi_Minh" }).format(new Date());
}

function lower(words) {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function fullName(unit) {
  return `${unit.type.charAt(0).toUpperCase()}${unit.type.slice(1)} ${unit.name}`.trim();
}

function where(unit) {
  return [unit.district, unit.province].filter(Boolean).map(lower).join(", ");
}

function state(unit) {
  if (unit.to && unit.to < today()) return t("đơn vị cũ, đến hết %(day)s", { day: date(unit.to) });
  if (unit.from && unit.from > today()) return t("hoạt động từ %(day)s", { day: date(unit.from) });
  return t("đơn vị hiện nay");
}

function share(given) {
  const [area, population] = [t(given.area), t(given.population)];
  const words = area === population
    ? t("%(area)s diện tích tự nhiên và quy mô dân số", { area })
    : t("diện tích tự nhiên: %(area)s; quy mô dân số: %(population)s", { area, population });
  return given.certain ? words : t("%(words)s (nghị quyết không nói rõ bao nhiêu)", { words });
}

function basis(step) {
  const clause = step.article
    ? t("khoản %(clause)s Điều %(article)s Nghị quyết %(number)s", step)
    : t("khoản %(clause)s Nghị quyết %(number)s", step);
  return element("span", { class: "rg-note" },
    t("Theo"), " ", link(`${step.address}#khoan-${step.clause}`, clause),
    t(", thông qua %(adopted)s, chính quyền mới hoạt động từ %(operational)s.",
      { adopted: date(step.adopted), operational: date(step.operational) }));
}

function passages(found, steps) {
  return element("ul", { class: "rg-cards" }, ...found.map((one) =>
    element("li", {}, link(one.unit.address, named(fullName(one.unit))),
      ...(one.unit.province ? [", ", named(lower(one.unit.province))] : []), `: ${share(one)}`,
      ...(steps ? one.steps.map(basis) : []))));
}

/** What became of a unit: never one successor where there are several. */
function answer(unit, asOf) {
  const after = unit.shard.passages(unit.after);
  const before = unit.shard.passages(unit.before);
  const parts = [element("p", {}, element("strong", {}, link(unit.address, named(fullName(unit)))),
    ...(where(unit) ? [" (", named(where(unit)), ")"] : []), ` – ${state(unit)}.`)];
  if (unit.after === -1) parts.push(element("p", {}, t("Chưa có bản ghi nào nêu đơn vị này nay thuộc đâu.")));
  if (after.length > 1) {
    parts.push(element("p", { class: "rg-banner rg-banner--warn" },
      t("Đơn vị này đã được chia vào %(count)s đơn vị; sổ đăng ký không chọn thay đơn vị nào.", { count: after.length })));
  } else if (after.length) {
    parts.push(element("p", {}, t("Nay thuộc:")));
  }
  if (after.length) parts.push(passages(after, true));
  for (const step of unit.shard.steps(unit.pending)) parts.push(element("p", {}, t("Đã có nghị quyết sắp xếp."), " ", basis(step)));
  if (before.length) {
    const steps = new Map(before.flatMap((one) => one.steps).map((step) => [`${step.address}${step.clause}`, step]));
    parts.push(element("p", {}, t("Hình thành từ:")), passages(before, false), ...[...steps.values()].map(basis));
  }
  parts.push(element("p", { class: "rg-note" }, t("Theo bản ghi tính đến ngày %(day)s.", { day: date(asOf) })));
  return parts;
}

class Lookup {
  constructor(form, number) {
    this.form = form;
    this.input = form.querySelector("input[name=q]");
    this.results = form.querySelector("[data-lookup-results]");
    this.units = [];
    this.active = -1;
    this.sure = false;
    this.run = 0;
    this.list = element("div", { role: "listbox", id: `nay-la-dau-${number}`, class: "rg-lookup", "aria-label": t("Các đơn vị") });
    this.list.hidden = true;
    this.status = element("p", { role: "status", class: "rg-note" });
    this.input.after(this.list);
    this.results.before(this.status);
    const roles = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(roles)) this.input.setAttribute(name, value);
    this.input.addEventListener("focus", () => load().catch(() => {}));
    this.input.addEventListener("input", () => this.update());
    this.input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("submit", (event) => this.submit(event));
    form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) this.close(); });
    // Pressing on an option must not take the focus before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.units[[...this.list.children].indexOf(option)]);
    });
    for (const note of form.querySelectorAll("[data-lookup-off]")) note.hidden = true;
    const asked = new URLSearchParams(window.location.search).get("q");
    if (asked && form.hasAttribute("data-lookup-page")) {
      this.input.value = asked;
      this.update().then(() => this.only());
    }
  }

  async update() {
    this.run += 1;
    const run = this.run;
    const text = this.input.value;
    this.select(-1);
    if (text.trim().length < 2) {
      this.show([]);
      this.say("");
      return;
    }
    try {
      const opened = await load();
      const { units, exact, elsewhere, more } = await opened.find(text);
      if (run !== this.run) return;
      this.sure = exact === 1 && !elsewhere && !more.length;
      this.asOf = opened.asOf;
      this.show(units);
      if (units.length || more.length) this.say(this.count(units, elsewhere, more));
      else this.say(...this.nothing(text, opened.provinces));
    } catch {
      if (run !== this.run) return;
      this.show([]);
      this.say(t("Không tải được dữ liệu tra cứu. Hãy xem danh sách đơn vị cũ."));
    }
  }

  count(units, elsewhere, more) {
    const parts = [];
    if (elsewhere) parts.push(t("Không có đơn vị tên này ở nơi đã nêu; đây là các đơn vị cùng tên ở nơi khác."));
    if (units.length > SHOWN) parts.push(t("%(count)s đơn vị, hiện %(shown)s; gõ thêm tên huyện cũ hoặc tỉnh.", { count: units.length, shown: SHOWN }));
    else if (units.length) parts.push(tn("%(num)s đơn vị. Dùng phím mũi tên để chọn.", "%(num)s đơn vị. Dùng phím mũi tên để chọn.", units.length));
    if (more.length && units.length) parts.push(t("Còn có ở %(count)s tỉnh, thành phố khác; gõ thêm tên tỉnh.", { count: more.length }));
    else if (more.length) parts.push(t("Có ở %(count)s tỉnh, thành phố; gõ thêm tên đơn vị, tên huyện cũ hoặc tỉnh.", { count: more.length }));
    return parts.join(" ");
  }

  /** Where to go on: what else bears the words (districts, codes, names with mistakes). */
  nothing(text, provinces) {
    const place = provinces.length <= FEW
      ? [" ", t("Sổ đăng ký có đơn vị của:"), " ", named(provinces.map(lower).join(", ")), "."]
      : [];
    const search = `tim-kiem/?q=${encodeURIComponent(text.trim())}`;
    return [t("Không có đơn vị nào tên như vậy."), ...place, " ", link(search, t("Tìm trong sổ đăng ký"))];
  }

  say(...words) {
    this.status.replaceChildren(...words);
  }

  show(units) {
    this.units = units.slice(0, SHOWN);
    this.list.replaceChildren(...this.units.map((unit, index) =>
      element("div", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false", class: "rg-lookup__option" },
        named(fullName(unit)),
        element("span", { class: "rg-note" }, named(where(unit)), ` – ${state(unit)}`))));
    this.list.hidden = !this.units.length;
    this.input.setAttribute("aria-expanded", String(this.units.length > 0));
  }

  key(event) {
    if (event.isComposing) return;
    const last = this.units.length - 1;
    const moves = {
      ArrowDown: this.active < last ? this.active + 1 : -1,
      ArrowUp: this.active < 0 ? last : this.active - 1,
    };
    if (event.key in moves && last >= 0) {
      event.preventDefault();
      if (this.list.hidden) this.show(this.units);
      this.select(moves[event.key]);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  select(index) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = index;
    const option = this.list.children[index];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  /** Enter takes the option marked, or the only one of just this name; of several none unasked. */
  async submit(event) {
    event.preventDefault();
    if (this.active >= 0) {
      this.choose(this.units[this.active]);
      return;
    }
    await this.update();
    this.only();
  }

  only() {
    if (this.units.length && this.sure) this.choose(this.units[0]);
  }

  choose(unit) {
    this.run += 1;
    this.close();
    this.say("");
    const go = this.form.dataset.lookupGo; // straight to that section of the unit's page
    if (go && unit.address) {
      window.location.assign(`${link(unit.address, "").href}#${go}`);
      return;
    }
    this.results.replaceChildren(...answer(unit, this.asOf));
  }

  close() {
    this.select(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}

document.querySelectorAll("form[data-lookup]").forEach((form, number) => new Lookup(form, number));
