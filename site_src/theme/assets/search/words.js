// What search says to the reader, and how a result is shown. Elements and text only.

import { padded } from "./fold.js";
import { marked } from "./marks.js";

const NUMBERS = new Intl.NumberFormat("vi-VN");

export const number = (value) => NUMBERS.format(value);

/** An element with a class and what it holds. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children.filter((child) => child !== "" && child !== null));
  return made;
}

/** 01/7/2025: a zero before days 1-9 and months 1-2, as official documents write it. */
export function date(iso) {
  const [year, month, day] = iso.split("-");
  return `${day}/${Number(month) < 3 ? month : Number(month)}/${year}`;
}

/** The line under a title: type, number, issuer or where a unit went, date. */
function details(catalogue, row, wanted) {
  const type = catalogue.types[row.type].label;
  const issuer = row.kind === "meetings" ? "" : catalogue.issuers[row.issuer].label;
  const day = row.date && row.kind !== "units" ? date(row.date) : "";
  const number = row.number ? [type ? " " : "", marked(row.number, wanted)] : [];
  const made = document.createDocumentFragment();
  made.append(type, ...number);
  for (const part of [row.note || issuer, day].filter(Boolean)) {
    made.append(made.textContent ? " · " : "", part === issuer ? marked(part, wanted) : part);
  }
  return made;
}

/** The stage as a chip, where it matters: what was only tried is never taken for official. */
export function chip(catalogue, row) {
  if (!row.stage || row.stage === "adopted" || row.stage === "official") return null;
  const made = element("span", "rs-chip", catalogue.labels.stage[row.stage]);
  made.dataset.stage = row.stage;
  return made;
}

/** Title and details of a result, with marks; a former name by which it was found is told. */
export function result(catalogue, row, query, wanted) {
  const title = element("span", "rs-title", marked(row.title, wanted));
  const mark = chip(catalogue, row);
  if (mark) title.append(" ", mark);
  const under = element("span", "rs-details", details(catalogue, row, wanted));
  const former = catalogue.formerName(row, query);
  if (former) under.append(" · đơn vị cũ: ", marked(former, wanted));
  return [title, under];
}

/** What was done with the query: marks ignored, abbreviations opened, former names followed. */
export function notes(catalogue, query, answers) {
  const said = query.opened.map(([short, meaning]) => `${short}: tìm cả “${meaning}”.`);
  const phrase = padded(query.spoken.join(" "));
  const former = answers
    .slice(0, 10)
    .map((answer) => catalogue.rows[answer.row])
    .filter((row) => row.kind === "units" && row.note.includes("nay thuộc "))
    .filter((row) => phrase && (row.fields.name === phrase || row.fields.title === phrase));
  for (const row of former.slice(0, 3)) {
    const [where, now] = row.note.split(/ · (?=nay thuộc )/u);
    said.push(`${row.title} (${where}) là đơn vị cũ, ${now}.`);
  }
  if (query.words.length) {
    said.push(`Tìm không phân biệt dấu, chữ hoa, chữ thường: ${query.words.join(" ")}.`);
  }
  return said;
}

export const FAILED = "Không tải được dữ liệu tìm kiếm. Kiểm tra đường truyền rồi thử lại.";
