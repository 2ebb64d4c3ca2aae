// A query, and how well a record answers it: the same rules as builder/search/query.py.

import { abbreviations, isSpelled, spelledWords, words } from "./fold.js";

const MAX_LENGTH = 200;
const MAX_WORDS = 16;
export const WEIGHT = { number: 60, title: 50, units: 40, other: 30, text: 10 };
const BEGINNING = 5;
export const DIGITS = /^[0-9]+$/;

// What a letter typed without a mark may become while somebody is still typing the word.
const OPEN = { a: "a[68]?", d: "d9?", e: "e6?", o: "o[67]?", u: "u7?" };

/**
 * The query for what somebody typed: {words, days, spoken, last, phrase, whole, said, opened,
 * marked, bare, unfinished}. `days` holds for each word the day that it writes together with
 * others, or nothing: such a word is also answered by a record of that day. `marked` are those words that were typed with marks, as spelledWords gives them,
 * `bare` the same without; `unfinished` matches words that go on from a last one with marks, which may not be all typed yet.
 */
export function parse(typed) {
  const text = [...typed].slice(0, MAX_LENGTH).join("").normalize("NFC");
  const all = words(text);
  const spoken = withoutNumberWord(all.slice(0, MAX_WORDS), all);
  let bare = [];
  let spelled = [];
  for (const part of text.split(/\s+/u)) {
    const meaning = ambiguousMeaning(part) || part;
    bare.push(...words(meaning));
    spelled.push(...spelledWords(meaning));
  }
  bare = bare.slice(0, MAX_WORDS);
  const found = withoutNumberWord(bare, bare);
  const days = daysIn(found);
  spelled = withoutNumberWord(spelled.slice(0, MAX_WORDS), bare)
    .map((typed, at) => (days[at] ? found[at] : typed));
  const last = found.at(-1) || "";
  const beginning = last.length >= (DIGITS.test(last) ? 3 : 2) ? last : "";
  return {
    words: found,
    days,
    spoken,
    last: beginning,
    phrase: ` ${found.join(" ")}`,
    whole: ` ${found.join(" ")} `,
    said: ` ${spoken.join(" ")} `,
    opened: opened(text, spoken),
    marked: spelled.filter((word, index) => word !== found[index]),
    bare: found.filter((word, index) => word !== spelled[index]),
    unfinished: beginning && spelled.at(-1) !== last ? goingOn(spelled.at(-1)) : null,
  };
}

/** For each word the day that it writes together with others, as ISO, or nothing. */
function daysIn(found) {
  const days = found.map(() => "");
  found.forEach((_, at) => {
    const [first, second, third, fourth, fifth] = found.slice(at, at + 5);
    const isLong = second === "thang" && fourth === "nam";
    const day = isLong ? dayOf(first, third, fifth) : dayOf(first, second, third);
    if (!day) return;
    const start = at && found[at - 1] === "ngay" ? at - 1 : at;
    days.fill(day, start, at + (isLong ? 5 : 3));
  });
  return days;
}

function dayOf(day, month, year) {
  if (![day, month, year].every((part) => DIGITS.test(part || "")) || year.length !== 4) return "";
  const [mm, dd] = [month, day].map((part) => part.padStart(2, "0"));
  const iso = `${year}-${mm}-${dd}`;
  const made = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(made.getTime()) && made.toISOString().startsWith(iso) ? iso : "";
}

function goingOn(typed) {
  const parts = /^([a-z6-9]+)([1-5]*)$/.exec(typed);
  if (!parts) return null;
  const letters = parts[1].match(/[a-z][6-9]?/g).map((letter) => OPEN[letter] || letter).join("");
  return new RegExp(` ${letters}[a-z0-9]*${parts[2]} `);
}

function withoutNumberWord(values, found) {
  const after = (index) => (index + 1 < values.length ? found[index + 1] || "" : "");
  return values.filter((_, index) => found[index] !== "so" || !DIGITS.test(after(index)));
}

function ambiguousMeaning(part) {
  const lower = part.toLowerCase();
  const item = abbreviations().find(
    (each) => each.ambiguous && lower === each.spelled.toLowerCase(),
  );
  return item ? item.meaning : "";
}

function opened(text, spoken) {
  const hay = ` ${spoken.join(" ")} `;
  const lower = text.toLowerCase();
  return abbreviations()
    .filter((item) =>
      item.ambiguous
        ? isSpelled(item.spelled.toLowerCase(), lower)
        : item.short.some((short) => hay.includes(short)),
    )
    .map((item) => [item.spelled, item.meaning]);
}

/** 2 if the word stands in the haystack, 1 if only its beginning does and that counts, or 0. */
export function level(hay, word, beginning) {
  if (hay.includes(` ${word} `)) return 2;
  return beginning && hay.includes(` ${word}`) ? 1 : 0;
}

/** Which words of the query that were typed with marks stand so in a haystack: a bit for each. */
export function agreeing(query, spelled) {
  let bits = 0;
  query.marked.forEach((word, at) => {
    const isLast = query.unfinished && at === query.marked.length - 1;
    if (spelled.includes(` ${word} `) || (isLast && query.unfinished.test(spelled))) bits |= 1 << at;
  });
  return bits;
}

/** What a match of that level in that field is worth. */
export function worth(field, matched) {
  if (!matched) return 0;
  return matched === 2 ? WEIGHT[field] : WEIGHT[field] - BEGINNING;
}

/** What is added for numbers and phrases; inUnits, inOther: the phrase stands there. */
export function bonus(query, fields, inUnits, inOther) {
  let added = 0;
  if (fields.number) {
    if (fields.number === query.said) added += 1000;
    else if (fields.number.startsWith(query.said)) added += 600;
    else if (fields.first && query.said.includes(fields.first)) added += 400;
  }
  if (fields.title.includes(query.phrase)) {
    added += 200;
    if (query.whole === fields.title || query.whole === fields.name) added += 100;
    else if (fields.title.includes(query.whole)) added += 20;
  }
  // However many the words: together in a lesser field they weigh more than scattered in titles.
  if (inUnits) added += 100 + 10 * query.words.length;
  else if (inOther) added += 60 + 20 * query.words.length;
  return added;
}
