// Names as keys: folded, without spaces, hyphens and leading zeros, y as i, without the type
// in front. The same keys as builder/derive/lookup/words.py; a test compares them.

import { fold } from "../search/fold.js";

const APOSTROPHES = /['’‘‛ʼ´′ʹ`]/g;
const WORD = /[\p{L}\p{N}]+/gu;
const BREAK = /[,;|/()[\]\n]|\s[-–—]\s/;
const GLUED = /^(p|q|f|tt|tx|tp)([0-9]{1,2})$/;
const FARM = ["nongtruong", "nt"];

const TOWN = ["thành phố", "thành phố trực thuộc trung ương"];
const TYPES = new Map([
  ["xa", ["xã"]], ["x", ["xã"]],
  ["phuong", ["phường"]], ["p", ["phường"]], ["f", ["phường"]],
  ["thi tran", ["thị trấn"]], ["tt", ["thị trấn"]], ["t t", ["thị trấn"]],
  ["dac khu", ["đặc khu"]], ["dk", ["đặc khu"]],
  ["huyen", ["huyện"]], ["h", ["huyện"]],
  ["quan", ["quận"]], ["q", ["quận"]],
  ["thi xa", ["thị xã"]], ["tx", ["thị xã"]], ["t x", ["thị xã"]],
  ["thanh pho", TOWN], ["tp", TOWN], ["t p", TOWN],
  ["tinh", ["tỉnh"]], ["t", ["tỉnh"]],
]);
const COMMUNE = new Set(["xã", "phường", "thị trấn", "đặc khu"]);

function wordKey(word) {
  return word.replaceAll("y", "i").replace(/^0+(?=[0-9])/, "");
}

function words(text) {
  const found = fold(text.replace(APOSTROPHES, "")).match(WORD) || [];
  return found.flatMap((word) => {
    const glued = GLUED.exec(word);
    return (glued ? [glued[1], glued[2]] : [word]).map((part) => ({ folded: part, key: wordKey(part) }));
  });
}

function joined(list) {
  return list.map((word) => word.key).join("");
}

/** The type at the head of words, as [types, number of words]; words must follow it. */
function typeAt(list, at) {
  for (const length of [2, 1]) {
    if (at + length >= list.length) continue;
    const types = TYPES.get(list.slice(at, at + length).map((word) => word.folded).join(" "));
    if (types) return [types, length];
  }
  return null;
}

/** The keys under which a name of the lists can be typed. */
export function nameKeys(name) {
  const list = words(name);
  const key = joined(list);
  for (const prefix of FARM) {
    const bare = key.slice(prefix.length);
    const word = prefix !== "nt" || list[0].key === "nt";
    if (key.startsWith(prefix) && bare && word) return FARM.map((farm) => farm + bare);
  }
  return [key];
}

/** What stands above a unit, as typed: the words without those that only give a type. */
function contextKey(list) {
  const kept = [];
  for (let at = 0; at < list.length; ) {
    const typed = typeAt(list, at);
    if (typed) at += typed[1];
    kept.push(list[at]);
    at += 1;
  }
  return joined(kept);
}

/**
 * Ways to read a text, the likeliest first: {types, key, whole, context}, where `types` may be
 * null, `key` begins the name of a unit, or is the `whole` of it where more words follow, and
 * every key in `context` begins a district or a province.
 * What follows a segment that says "xã", "phường" and the like is above it, and no name.
 */
export function readings(text) {
  const segments = text.slice(0, 300).split(BREAK).map(words).filter((list) => list.length);
  const found = [];
  for (const [index, list] of segments.entries()) {
    const after = segments.slice(index + 1).map(contextKey);
    const typed = typeAt(list, 0);
    const starts = typed ? [[typed[0], typed[1]], [null, 0]] : [[null, 0]];
    for (let end = list.length; end > 0; end -= 1) {
      for (const [types, start] of starts) {
        if (end <= start || (types && !types.some((type) => COMMUNE.has(type)))) continue;
        const key = joined(list.slice(start, end));
        if (!types && /^[0-9]+$/.test(key)) continue; // the number of a house, not of a ward
        const rest = end < list.length ? [contextKey(list.slice(end))] : [];
        found.push({ types, key, whole: end < list.length, context: [...rest, ...after] });
      }
    }
    if (typed && typed[0].some((type) => COMMUNE.has(type))) break;
  }
  return found;
}
