// What search says to the reader, and how a result is shown. Elements and text only.

import { padded } from "./fold.js";
import { marked } from "./marks.js";

const UNITS = 2; // names of units that a result shows
const CHIPS = {
  trial: "trial", in_force: "good", partly: "warn", suspended: "warn", expired: "off",
  repealed: "off", withdrawn: "off",
};
const FORMER = 3; // former units that are told of

/** Words in the language of the page (assets/javascripts/site.js). */
export const t = (text, values) => window.registry.t(text, values);
export const tn = (one, many, count, values) => window.registry.tn(one, many, count, values);

export const number = (value) => value.toLocaleString(document.documentElement.lang);

/** An element with a class and what it holds. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== "" && child !== null));
  return made;
}

/** Words of a record, which keep their language in a page of another one. */
export function kept(...children) {
  const made = element("span", "", ...children);
  made.lang = "vi";
  return made;
}

/** A link to a page of the site; on a disk no server adds the name of the file. */
export function addressOf(key, base, day = "") {
  const tree = window.registry?.tree || ""; // the folder of the language of the page
  const made = new URL(`${tree}${key}/${onDisk() ? "index.html" : ""}`, base);
  if (day) made.searchParams.set("on", day);
  return made.href;
}

export function onDisk() {
  return window.location.protocol === "file:";
}

/** A name within a sentence: it begins small. */
export function small(name) {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}

/** The units of a record that its title does not name, as parts of a sentence. */
function unitNames(catalogue, row, wanted) {
  if (row.kind === "units") return [];
  const names = row.units
    .map((unit) => catalogue.places[unit].name)
    .filter((name) => !row.fields.title.includes(padded(name)));
  if (!names.length) return [];
  const shown = kept(marked(names.slice(0, UNITS).join(", "), wanted));
  const more = names.length - UNITS;
  if (more <= 0) return [shown];
  const words = tn("%(names)s và %(num)s đơn vị khác", "%(names)s và %(num)s đơn vị khác", more, { names: "\n" });
  const [before, after] = words.split("\n");
  return [before, shown, after];
}

/** The line under a title: type, number, issuer or where a unit went, units, date. */
function details(catalogue, row, wanted) {
  const type = t(catalogue.types[row.type].label);
  const issuer = row.kind === "meetings" ? "" : catalogue.issuers[row.issuer].label;
  const day = row.date && row.kind !== "units" ? window.registry.date(row.date) : "";
  const signs = row.number ? [type ? " " : "", marked(row.number, wanted)] : [];
  const said = row.note || issuer;
  const parts = [
    [type, ...signs],
    said ? [kept(marked(said, wanted))] : [],
    unitNames(catalogue, row, wanted),
    day ? [day] : [],
  ];
  const made = document.createDocumentFragment();
  for (const part of parts.filter((one) => one.some(Boolean))) {
    made.append(made.childNodes.length ? " · " : "", ...part);
  }
  return made;
}

/** The words for a value of a facet, in the language of the page. */
export function labelOf(catalogue, facet, value) {
  const known = { kind: kinds, state: states }[facet]?.()[value];
  return known || t(catalogue.label(facet, value));
}

function kinds() {
  return {
    units: t("Đơn vị hành chính"), mergers: t("Sắp xếp đơn vị hành chính"),
    resolutions: t("Nghị quyết"), regulations: t("Quy chế, quy định"),
    documents: t("Văn bản khác"), meetings: t("Cuộc họp, kiểm tra"),
    requirements: t("Yêu cầu phải có"), bodies: t("Cơ quan, tổ chức"), people: t("Người"),
    rules: t("Quy tắc tiếp tục áp dụng"),
  };
}

function states() {
  return {
    draft: t("Dự thảo"), trial: t("Vận hành thử"), not_yet: t("Chưa có hiệu lực"),
    in_force: t("Còn hiệu lực"), partly: t("Hết hiệu lực một phần"),
    suspended: t("Ngưng hiệu lực"), expired: t("Hết hiệu lực toàn bộ"),
    repealed: t("Hết hiệu lực toàn bộ (bị bãi bỏ)"), withdrawn: t("Đã rút"),
    unknown: t("Chưa xác định"),
  };
}

/** The state on the day asked for; for records without one their stage, where it matters. */
export function chip(catalogue, row) {
  const state = catalogue.state(row);
  if (!state && ["", "adopted", "official"].includes(row.stage)) return null;
  const words = state ? labelOf(catalogue, "state", state) : labelOf(catalogue, "stage", row.stage);
  return element("span", `rg-chip rg-chip--${CHIPS[state || row.stage] || "plain"}`, words);
}

/** Title and details of a result, with marks; a former name by which it was found is told. */
export function result(catalogue, row, query, wanted) {
  const title = element("span", "rs-title", kept(marked(row.title, wanted)));
  const mark = chip(catalogue, row);
  if (mark) title.append(" ", mark);
  const under = element("span", "rs-details", details(catalogue, row, wanted));
  const former = catalogue.formerName(row, query);
  const was = t("đơn vị cũ");
  if (former) under.append(` · ${was}: `, kept(marked(former, wanted)));
  return [title, under];
}

/** What was done with the query: marks, abbreviations opened, former names followed. */
export function notes(catalogue, query, answers, base) {
  const said = query.opened.map(([short, meaning]) => [
    t("%(short)s → %(meaning)s: tìm cả hai cách viết.", { short, meaning }),
  ]);
  said.push(...formerUnits(catalogue, query, answers, base));
  if (!query.words.length) return said;
  if (!query.marked.length) {
    if (query.words.some((word) => /[a-z]/.test(word))) {
      said.push([t("Tìm không dấu: mọi cách bỏ dấu đều khớp.")]);
    }
    return said;
  }
  const near = otherMarks(catalogue, query, answers, base);
  if (near.length) said.push([t("Đơn vị có tên khác dấu:"), " ", ...near, "."]);
  const same = answers.filter((answer) => answer.same).length;
  if (!same && answers.length) {
    said.push([t("Không có kết quả đúng dấu đã gõ; đây là kết quả không phân biệt dấu.")]);
  }
  return said;
}

/** A former unit of just the name that was typed, and where it went: parts of a sentence. */
function formerUnits(catalogue, query, answers, base) {
  const phrase = padded(query.spoken.join(" "));
  const was = t("đơn vị cũ");
  const belongs = t("nay thuộc");
  return answers
    .slice(0, 20)
    .filter((answer) => answer.same || !answers[0].same)
    .map((answer) => catalogue.rows[answer.row])
    .filter((row) => row.kind === "units" && row.note.includes("nay thuộc "))
    .filter((row) => phrase && (row.fields.name === phrase || row.fields.title === phrase))
    .slice(0, FORMER)
    .map((row) => {
      const [where, now] = row.note.split(/(?:^| · )nay thuộc /u);
      const link = (key, name) => {
        const made = element("a", "", name);
        made.href = addressOf(key, base);
        made.lang = "vi";
        return made;
      };
      return [link(row.key, row.title), ` (${was}`, ...(where ? [", ", kept(where)] : []),
        `) → ${belongs} `, kept(...successors(catalogue, row, now, link)), "."];
    });
}

/** Units of just the name that was typed but for its marks, as links; one of each name. */
function otherMarks(catalogue, query, answers, base) {
  const phrase = padded(query.spoken.join(" "));
  return answers
    .filter((answer) => !answer.same && answers[0].same)
    .map((answer) => catalogue.rows[answer.row])
    .filter(({ kind, fields }) => kind === "units" && [fields.name, fields.title].includes(phrase))
    .filter(({ title }, at, rows) => rows.findIndex((other) => other.title === title) === at)
    .slice(0, FORMER)
    .flatMap((row, i) => {
      const made = element("a", "", row.title);
      made.href = addressOf(row.key, base);
      made.lang = "vi";
      return [i ? ", " : "", made];
    });
}

/** "xã Đình Lập (một phần), xã Kiên Mộc (phần còn lại)" with the names as links. */
function successors(catalogue, row, now, link) {
  const parts = now.split(", ");
  if (parts.length !== row.units.length) return [now];
  return parts.flatMap((part, i) => {
    const unit = catalogue.unitRow(row.units[i]);
    const name = small(catalogue.places[row.units[i]].name);
    const between = i ? ", " : "";
    if (!unit || !part.startsWith(name)) return [between, part];
    return [between, link(unit.key, name), part.slice(name.length)];
  });
}

export const failed = () => t("Không tải được dữ liệu tìm kiếm. Kiểm tra đường truyền rồi thử lại.");
export const loading = () => t("Đang tải dữ liệu tìm kiếm…");
