// Names of types, stages and the like in the language of the page, as the Vietnamese words that
// stand in records: "ward dong kinh" → "Phường dong kinh".

import { words, wordsWithPlaces } from "./fold.js";
import { t } from "./words.js";

/** What a label is called in the language of the page, word by word; the longest first. */
function namings(catalogue) {
  const { block, stage, state } = catalogue.labels;
  const labels = [block, stage, state].flatMap((names) => Object.values(names));
  const found = new Map();
  for (const label of [...catalogue.types.map((type) => type.label), ...labels]) {
    if (label && t(label) !== label) found.set(words(t(label)).join(" "), label);
  }
  return [...found]
    .map(([named, label]) => ({ named: named.split(" "), label }))
    .sort((one, two) => two.named.length - one.named.length);
}

/** A word of English in one of its numbers. */
function isSame(typed, word) {
  return [word, `${word}s`, `${word}es`, word.replace(/y$/, "ies")].includes(typed);
}

/** The query with such names in Vietnamese, or nothing where there is none in it. */
export function inVietnamese(catalogue, typed) {
  catalogue.namings ||= namings(catalogue);
  const all = wordsWithPlaces(typed);
  const said = [];
  let isOther = false;
  for (let at = 0; at < all.length; ) {
    const naming = catalogue.namings.find(({ named }) =>
      named.every((word, i) => all[at + i] && isSame(all[at + i].word, word)));
    said.push(naming ? naming.label : typed.slice(all[at].start, all[at].end));
    at += naming ? naming.named.length : 1;
    isOther ||= Boolean(naming);
  }
  return isOther ? said.join(" ") : "";
}
