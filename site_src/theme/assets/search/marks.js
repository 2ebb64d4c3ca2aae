// What was found, marked in its original spelling. Text nodes only: data is never HTML.

import { abbreviations, padded, spelledWords, words, wordsWithPlaces } from "./fold.js";

const BEFORE = 60;
const LENGTH = 220;

/**
 * What to mark for a query: its words, and abbreviations with what they stand for. With `same`,
 * in a record that has the marks of the query, words with other marks stay unmarked.
 */
export function wordsToMark(query, same = false) {
  const phrases = query.opened.map(([, meaning]) => words(meaning));
  const hay = padded(query.spoken.join(" "));
  for (const item of abbreviations()) {
    if (hay.includes(item.long)) phrases.push(words(item.spelled));
  }
  const marked = same ? query.marked : [];
  const exact = new Set(same ? query.bare : []);
  return {
    whole: new Set([...query.words, ...query.spoken].filter((word) => !exact.has(word))),
    beginning: same && query.unfinished ? "" : query.last,
    phrases,
    marked: new Set(marked),
    unfinished: same ? query.unfinished : null,
  };
}

/** Those words of a text that match, with their places. */
function matches(text, wanted) {
  const all = wordsWithPlaces(text);
  const spelled = wanted.marked.size ? spelledWords(text) : [];
  const chosen = all.map(
    ({ word }, i) =>
      wanted.whole.has(word) ||
      (wanted.beginning !== "" && word.startsWith(wanted.beginning)) ||
      (wanted.marked.size > 0 &&
        (wanted.marked.has(spelled[i]) || Boolean(wanted.unfinished?.test(` ${spelled[i]} `)))),
  );
  for (const phrase of wanted.phrases) {
    for (let i = 0; i + phrase.length <= all.length; i += 1) {
      if (phrase.every((word, j) => all[i + j].word === word)) chosen.fill(true, i, i + phrase.length);
    }
  }
  return all.filter((_, i) => chosen[i]);
}

/** A fragment of the text with <mark> around the words that match. */
export function marked(text, wanted) {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const { start, end } of matches(text, wanted)) {
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
  const places = matches(text, wanted);
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
