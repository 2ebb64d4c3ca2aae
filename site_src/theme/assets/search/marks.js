// What was found, marked in its original spelling. Text nodes only: data is never HTML.

import { abbreviations, padded, words, wordsWithPlaces } from "./fold.js";

const BEFORE = 60;
const LENGTH = 220;

/** Words to mark for a query: its own, and those that an abbreviation stands for. */
export function wordsToMark(query) {
  const marked = new Set([...query.words, ...query.spoken]);
  for (const [, meaning] of query.opened) words(meaning).forEach((word) => marked.add(word));
  const hay = padded(query.spoken.join(" "));
  for (const item of abbreviations()) {
    if (hay.includes(item.long)) words(item.spelled).forEach((word) => marked.add(word));
  }
  return { whole: marked, beginning: query.last };
}

function isMarked(word, wanted) {
  return wanted.whole.has(word) || (wanted.beginning !== "" && word.startsWith(wanted.beginning));
}

/** A fragment of the text with <mark> around the words that match. */
export function marked(text, wanted) {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const { word, start, end } of wordsWithPlaces(text)) {
    if (!isMarked(word, wanted)) continue;
    fragment.append(text.slice(done, start));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(start, end);
    fragment.append(mark);
    done = end;
  }
  fragment.append(text.slice(done));
  return fragment;
}

/** The passage of a text with the most different words of the query near each other. */
export function passage(text, wanted) {
  const places = wordsWithPlaces(text).filter(({ word }) => isMarked(word, wanted));
  let best = 0;
  let most = 0;
  places.forEach(({ start }, i) => {
    const near = new Set();
    for (let j = i; j < places.length && places[j].start < start + LENGTH - BEFORE; j += 1) {
      near.add(places[j].word);
    }
    if (near.size > most) {
      most = near.size;
      best = start;
    }
  });
  let from = Math.max(0, best - BEFORE);
  if (from > 0) from = text.indexOf(" ", from) + 1 || from;
  let to = Math.min(text.length, from + LENGTH);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
  return `${from > 0 ? "… " : ""}${text.slice(from, to).trim()}${to < text.length ? " …" : ""}`;
}
