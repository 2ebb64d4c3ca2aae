// A query, and how well a record answers it: the same rules as builder/search/query.py.

import { abbreviations, isSpelled, words } from "./fold.js";

const MAX_LENGTH = 200;
const MAX_WORDS = 16;
export const WEIGHT = { number: 60, title: 50, units: 40, other: 30, text: 10 };
const BEGINNING = 5;
const DIGITS = /^[0-9]+$/;

/** The query for what somebody typed: {words, spoken, last, phrase, opened}. */
export function parse(typed) {
  const text = [...typed].slice(0, MAX_LENGTH).join("").normalize("NFC");
  const spoken = withoutNumberWord(words(text).slice(0, MAX_WORDS));
  let found = [];
  for (const part of text.split(/\s+/u)) found.push(...words(ambiguousMeaning(part) || part));
  found = withoutNumberWord(found.slice(0, MAX_WORDS));
  const last = found.at(-1) || "";
  return {
    words: found,
    spoken,
    last: last.length >= (DIGITS.test(last) ? 3 : 2) ? last : "",
    phrase: ` ${found.join(" ")}`,
    opened: opened(text, spoken),
  };
}

function withoutNumberWord(found) {
  return found.filter((word, index) => word !== "so" || !DIGITS.test(found[index + 1] || ""));
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

/** What a match of that level in that field is worth. */
export function worth(field, matched) {
  if (!matched) return 0;
  return matched === 2 ? WEIGHT[field] : WEIGHT[field] - BEGINNING;
}

/** What is added for numbers and phrases; inUnits, inOther: the phrase stands there. */
export function bonus(query, fields, inUnits, inOther) {
  let added = 0;
  if (fields.number) {
    const spoken = ` ${query.spoken.join(" ")} `;
    const first = fields.number.split(" ", 2)[1];
    if (fields.number === spoken) added += 1000;
    else if (fields.number.startsWith(spoken)) added += 600;
    else if (DIGITS.test(first) && query.spoken.includes(first)) added += 400;
  }
  if (fields.title.includes(query.phrase)) {
    const whole = `${query.phrase} `;
    added += 200;
    if (whole === fields.title || whole === fields.name) added += 100;
    else if (fields.title.includes(whole)) added += 20;
  }
  if (inUnits) added += 100;
  else if (inOther) added += 60;
  return added;
}
