// Folded text for search: words, positions in the original, abbreviations both ways.
// The same as builder/search/fold.py; tests/fold_cases.json holds both together.

const MARKS = /\p{Mn}/gu;
const WORD = /[0-9]+|[\p{L}\p{Nl}\p{No}][\p{L}\p{N}]*|\p{N}/gu;
const FINAL_Y = /^[bcdghklmnprstvx]+y$/;
// Marks as the digits of the VNI way of typing: plain letters that every index keeps apart.
const TONES = { "\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5" };
const QUALITIES = { "\u0302": "6", "\u031b": "7", "\u0306": "8" };
const ASCII = /^[\x00-\x7f]*$/;

/** Without case and marks, đ as d. */
export function fold(text) {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFD")
    .replace(MARKS, "")
    .replaceAll("đ", "d");
}

/** The folded text, and for each of its characters the index in the text as given. */
export function foldWithMap(text) {
  let folded = "";
  const origin = [];
  let index = 0;
  for (const char of text) {
    const part = fold(char);
    folded += part;
    for (let i = 0; i < part.length; i += 1) origin.push(index);
    index += char.length;
  }
  return { folded, origin };
}

function key(word) {
  const first = word.charCodeAt(0);
  if (first >= 48 && first <= 57) return word.replace(/^0+/, "") || "0";
  return FINAL_Y.test(word) ? `${word.slice(0, -1)}i` : word;
}

// Kept, since a language has few syllables, and titles have many.
const chunks = new Map();

function wordsOf(chunk) {
  let found = chunks.get(chunk);
  if (!found) {
    found = (fold(chunk).match(WORD) || []).map(key);
    chunks.set(chunk, found);
  }
  return found;
}

/** The words of a text as search compares them. */
export function words(text) {
  const found = [];
  for (const chunk of text.split(/\s+/u)) if (chunk) found.push(...wordsOf(chunk));
  return found;
}

/** The words of a text with where each stands in the original: {word, start, end}. */
export function wordsWithPlaces(text) {
  const { folded, origin } = foldWithMap(text);
  const found = [];
  for (const match of folded.matchAll(WORD)) {
    const end = match.index + match[0].length;
    // Marks that follow the last letter belong to it, whether composed or not.
    const last = end < origin.length ? origin[end] : text.length;
    const before = origin[end - 1];
    let stop = before + (text.codePointAt(before) > 0xffff ? 2 : 1);
    while (stop < last && /\p{M}/u.test(text[stop])) stop += 1;
    found.push({ word: key(match[0]), start: origin[match.index], end: stop });
  }
  return found;
}

function bare(char) {
  return (fold(char).match(WORD) || []).join("");
}

/** `binh1` for `binh` and how it is written. */
function spelling(folded, written) {
  const short = key(folded);
  const marked = written.normalize("NFC").toLowerCase().normalize("NFD");
  if (/^[0-9]/.test(short) || ASCII.test(marked)) return short;
  let letters = "";
  let tones = "";
  for (const char of marked) {
    if (TONES[char]) tones += TONES[char];
    else letters += QUALITIES[char] || (char === "đ" ? "d9" : bare(char));
  }
  if (short !== folded) letters = `${letters.slice(0, -1)}i`;
  return letters + [...tones].sort().join("");
}

const spelledChunks = new Map();

function spelledWordsOf(chunk) {
  if (ASCII.test(chunk)) return wordsOf(chunk);
  let found = spelledChunks.get(chunk);
  if (!found) {
    const composed = chunk.normalize("NFC");
    const { folded, origin } = foldWithMap(composed);
    found = [...folded.matchAll(WORD)].map((match) => {
      const end = match.index + match[0].length;
      const to = end < origin.length ? origin[end] : composed.length;
      return spelling(match[0], composed.slice(origin[match.index], to));
    });
    spelledChunks.set(chunk, found);
  }
  return found;
}

/** The same words in the same order with their marks kept, as one types them in VNI: `binh1`. */
export function spelledWords(text) {
  const found = [];
  for (const chunk of text.split(/\s+/u)) if (chunk) found.push(...spelledWordsOf(chunk));
  return found;
}

/** The words of a text with a space around each; "" if there are none. */
export function padded(text) {
  const found = words(text);
  return found.length ? ` ${found.join(" ")} ` : "";
}

/** Whether an abbreviation stands in the text in exactly its own letters and case. */
export function isSpelled(short, text) {
  const composed = text.normalize("NFC");
  for (let at = composed.indexOf(short); at >= 0; at = composed.indexOf(short, at + 1)) {
    const before = composed.slice(0, at);
    const after = composed.slice(at + short.length);
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}

let known = [];

/** Takes the abbreviations of the data file, which comes with the catalogue. */
export function useAbbreviations(data) {
  known = data.map((item) => ({
    short: item.short.map(padded),
    long: padded(item.long),
    spelled: item.short[0],
    meaning: item.long,
    ambiguous: Boolean(item.ambiguous),
  }));
}

export function abbreviations() {
  return known;
}

function joined(text, split) {
  const parts = [];
  for (const part of text.split("|")) {
    const found = split(part);
    if (found.length) parts.push(found.join(" "));
  }
  return parts.length ? ` ${parts.join(" . ")} ` : "";
}

/** What abbreviations of the text stand for, and abbreviations of its full forms. */
function additions(text, hay) {
  const found = [];
  let all = hay;
  const add = (meaning, words) => {
    all += `.${words}`;
    found.push(meaning);
  };
  for (const item of hay ? known : []) {
    if (item.ambiguous) {
      if (!all.includes(item.long) && isSpelled(item.spelled, text)) add(item.meaning, item.long);
    } else if (all.includes(item.long)) {
      if (!all.includes(item.short[0])) add(item.spelled, item.short[0]);
    } else if (item.short.some((short) => all.includes(short))) {
      add(item.meaning, item.long);
    }
  }
  return { found, all };
}

/** The text as a string to search in: padded words, parts and additions set apart. */
export function haystack(text) {
  return additions(text, joined(text, words)).all;
}

/** The haystack with marks kept. */
export function spelledHaystack(text) {
  const { found } = additions(text, joined(text, words));
  const added = found.map((each) => `. ${spelledWords(each).join(" ")} `);
  return joined(text, spelledWords) + added.join("");
}
