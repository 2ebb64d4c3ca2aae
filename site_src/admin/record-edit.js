// Values changed in a record's text, and nothing else of it: the twin of
// builder/store/yaml_edit.py, held to it by the tests. No DOM, no network.
import { isMap, isScalar, isSeq, parseDocument } from "./yaml/index.js";

const WIDTH = 100;
const RESERVED = new Set(["null", "true", "false", "yes", "no", "on", "off", "y", "n"]);
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const PLAIN = /^\p{L}(?:[^:#\t\n]*[^:#\s])?$/u;
const KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;

/** The value of a record's text, with days and codes as words. Throws where it is no YAML. */
export function valueOf(text) {
  const doc = parsed(text);
  return doc.toJS();
}

/** The text changed so that it says `value`. Throws rather than touch anything else. */
export function revised(text, value) {
  const doc = parsed(text);
  const old = doc.toJS();
  if (same(old, value)) return text;
  const changes = new Changes(text);
  changes.node(doc.contents, old, value, (next) => {
    changes.put(doc.contents.range[0], changes.end(doc.contents), block(next).join("\n"));
  });
  const made = changes.applied();
  if (!same(valueOf(made), value)) throw new Error("the change would touch more of the record");
  return made;
}

/** The text of a new record. */
export function written(value) {
  return block(value).join("\n") + "\n";
}

/** `next` without empty values that `old` does not have: what a form left empty is unknown.
 *  What was typed with letters and marks apart is put together, as the command line does. */
export function cleaned(next, old) {
  if (typeof next === "string") return next === old ? next : next.normalize("NFC");
  if (Array.isArray(next)) {
    return next.map((item, at) => cleaned(item, Array.isArray(old) ? old[at] : undefined));
  }
  if (next === null || typeof next !== "object") return next;
  const kept = {};
  for (const [name, part] of Object.entries(next)) {
    const before = old && typeof old === "object" ? old[name] : undefined;
    const inner = cleaned(part, before);
    // A switch that was never touched says nothing; only `verified` says that it is false.
    if (inner === false && before === undefined && name !== "verified") continue;
    if (!isEmpty(inner) || (before !== undefined && same(before, part))) kept[name] = inner;
  }
  return ordered(kept, old);
}

function isEmpty(value) {
  if (value === null || value === undefined || value === "") return true;
  return typeof value === "object" && Object.keys(value).length === 0;
}

// Fields that stand in the record keep their order; new ones come where the form has them.
function ordered(value, old) {
  if (!old || typeof old !== "object" || Array.isArray(old)) return value;
  const names = Object.keys(old).filter((name) => name in value);
  let after = -1;
  for (const name of Object.keys(value)) {
    const at = names.indexOf(name);
    if (at >= 0) after = at;
    else names.splice(++after, 0, name);
  }
  return Object.fromEntries(names.map((name) => [name, value[name]]));
}

function parsed(text) {
  const doc = parseDocument(text, { version: "1.2", schema: "core", uniqueKeys: true });
  if (doc.errors.length) throw doc.errors[0];
  if (!isMap(doc.contents)) throw new Error("a record is a list of fields");
  return doc;
}

// Rendering

function resolves(text) {
  const doc = parseDocument(text, { version: "1.2", schema: "core" });
  return doc.errors.length === 0 && isScalar(doc.contents) && doc.contents.value === text;
}

export function scalar(value, inFlow = false) {
  if (value === null || value === undefined) return "null";
  if (typeof value !== "string") return String(value);
  if (DATE.test(value)) return value;
  const plain = PLAIN.test(value) && !RESERVED.has(value.toLowerCase());
  if (plain && !(inFlow && /[,[\]{}]/.test(value)) && resolves(value)) return value;
  const escapes = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t" };
  return '"' + value.replace(/["\\\n\t]/g, (one) => escapes[one]) + '"';
}

function keyText(name) {
  return KEY.test(name) && resolves(name) ? name : scalar(name, true);
}

function flow(value) {
  if (Array.isArray(value)) return "[" + value.map(flow).join(", ") + "]";
  if (value !== null && typeof value === "object") {
    const parts = Object.entries(value).map(([name, part]) => `${keyText(name)}: ${flow(part)}`);
    return "{" + parts.join(", ") + "}";
  }
  return scalar(value, true);
}

const isCollection = (value) => value !== null && typeof value === "object";
const isFilled = (value) => isCollection(value) && Object.keys(value).length > 0;

function block(value, indent = 0) {
  const pad = " ".repeat(indent);
  const lines = [];
  if (!Array.isArray(value)) {
    for (const [name, part] of Object.entries(value)) {
      const [head, ...rest] = afterKey(part, indent, name);
      lines.push(`${pad}${keyText(name)}:${head}`, ...rest);
    }
    return lines;
  }
  for (const item of value) {
    if (isFilled(item)) {
      const [head, ...rest] = block(item, indent + 2);
      lines.push(`${pad}- ${head.trimStart()}`, ...rest);
    } else {
      const [head, ...rest] = afterKey(item, indent, "-");
      lines.push(`${pad}-${head}`, ...rest);
    }
  }
  return lines;
}

function afterKey(value, indent, key = "") {
  if (isFilled(value)) return ["", ...block(value, indent + 2)];
  if (isCollection(value)) return [` ${flow(value)}`];
  if (typeof value === "string") {
    const pad = " ".repeat(indent + 2);
    if (isLiteral(value)) {
      const lines = value.replace(/\n$/, "").split("\n");
      return [value.endsWith("\n") ? " |" : " |-", ...lines.map((line) => (line ? pad + line : ""))];
    }
    const folds = !/[\n\t]/.test(value) && !/^ | $| {2}/.test(value) && !/[^\S ]/.test(value);
    if ([...value].length + indent + key.length + 4 > WIDTH && folds) {
      return [" >-", ...wrapped(value, WIDTH - indent - 4).map((line) => pad + line)];
    }
  }
  return [` ${scalar(value)}`];
}

function isLiteral(text) {
  const body = text.replace(/\n$/, "");
  return (
    body.includes("\n") && !text.includes("\t") && !/^[ \n]/.test(body) && !body.endsWith("\n") &&
    !body.split("\n").some((line) => line.endsWith(" ") || (line !== "" && line.trim() === ""))
  );
}

function wrapped(text, width) {
  const lines = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line ? `${line} ${word}` : word;
    if (line && [...longer].length > Math.max(width, 40)) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

// Changing

class Changes {
  constructor(text) {
    this.text = text;
    this.spans = [];
  }

  put(start, end, text) {
    this.spans.push({ start, end, text, at: this.spans.length });
  }

  applied() {
    let made = this.text;
    for (const one of this.spans.sort((a, b) => b.start - a.start || b.at - a.at)) {
      made = made.slice(0, one.start) + one.text + made.slice(one.end);
    }
    return this.text.includes("\r\n") ? made.replace(/\r?\n/g, "\r\n") : made;
  }

  node(node, old, next, replace) {
    if (same(old, next)) return;
    const alike = isFilled(old) && isFilled(next) && Array.isArray(old) === Array.isArray(next);
    if (!alike) replace(next);
    else if (node.flow) this.withinFlow(node, old, next);
    else if (isMap(node)) this.mapping(node, old, next, replace);
    else this.sequence(node, old, next, replace);
  }

  mapping(node, old, next, replace) {
    const pairs = node.items.map(({ key, value }) => ({ name: key.value, key, value }));
    const kept = pairs.filter(({ name }) => name in next);
    if (!kept.length) return replace(next);
    const starts = pairs.map(({ key }) => key.range[0]);
    const ends = pairs.map(({ key, value }) => this.pairEnd(key, value));
    const column = starts[0] - this.lineStart(starts[0]);
    this.remove(pairs.map(({ name }) => name in next), starts, ends);
    const first = kept[0].key.range[0];
    let end = null;
    for (const [name, part] of Object.entries(next)) {
      const pair = pairs.find((one) => one.name === name);
      if (!pair) this.insert(block({ [name]: part }, column), first, end, column);
      else {
        this.node(pair.value, old[name], part, this.behind(pair.key, pair.value, column));
        end = this.pairEnd(pair.key, pair.value);
      }
    }
  }

  behind(key, value, column) {
    return (next) => {
      const [start, stop] = span(value);
      let lines = afterKey(next, column, key.value);
      if (this.commented(stop) && !isCollection(next)) lines = [` ${scalar(next)}`];
      const colon = this.text.indexOf(":", key.range[1]);
      const empty = start === stop;
      if (isScalar(value) && lines.length === 1 && !empty) {
        this.put(start, this.end(value), inQuotesOf(value, next, lines[0].trim()));
      } else this.put(colon + 1, empty ? colon + 1 : this.end(value), lines.join("\n"));
    };
  }

  withinFlow(node, old, next) {
    let parts, stays;
    if (isMap(node)) {
      parts = node.items.map(({ key, value }) => [value, old[key.value], next[key.value]]);
      const names = Object.keys(old);
      stays = names.length === Object.keys(next).length && names.every((name) => name in next);
    } else {
      stays = old.length === next.length && aligned(old, next).every(([a, b]) => a === b);
      parts = node.items.map((item, at) => [item, old[at], next[at]]);
    }
    if (!stays || parts.some(([part]) => isEmptyScalar(part))) {
      this.put(...span(node), this.flow(node, old, next));
      return;
    }
    for (const [part, before, after] of parts) {
      this.node(part, before, after, (value) => {
        this.put(...span(part), inQuotesOf(part, value, flow(value)));
      });
    }
  }

  flow(node, old, next) {
    if (same(old, next)) return this.text.slice(...span(node));
    if (isMap(node) && isFilled(next) && !Array.isArray(next)) {
      const known = new Map(node.items.map(({ key, value }) => [key.value, { key, value }]));
      const parts = Object.entries(next).map(([name, part]) => {
        const pair = known.get(name);
        if (!pair) return `${keyText(name)}: ${flow(part)}`;
        return `${this.text.slice(...span(pair.key))}: ${this.flow(pair.value, old[name], part)}`;
      });
      return "{" + parts.join(", ") + "}";
    }
    if (isSeq(node) && Array.isArray(next)) {
      const parts = [];
      for (const [before, now] of aligned(old, next)) {
        if (now === null) continue;
        const said = before === null ? flow(next[now]) : this.flow(node.items[before], old[before], next[now]);
        parts.push(said);
      }
      return "[" + parts.join(", ") + "]";
    }
    return inQuotesOf(node, next, flow(next));
  }

  sequence(node, old, next, replace) {
    const dashes = this.dashes(node);
    const column = dashes[0] - this.lineStart(dashes[0]);
    const ends = node.items.map((item, at) => (isEmptyScalar(item) ? dashes[at] + 1 : this.end(item)));
    const pairs = aligned(old, next);
    const kept = pairs.filter(([before, now]) => before !== null && now !== null).map(([before]) => before);
    if (!kept.length) return replace(next);
    this.remove(dashes.map((_, at) => kept.includes(at)), dashes, ends);
    let end = null;
    for (const [before, now] of pairs) {
      if (before === null) this.insert(block([next[now]], column), dashes[kept[0]], end, column);
      else if (now !== null) {
        this.node(node.items[before], old[before], next[now], this.atDash(dashes[before], node.items[before], column));
        end = ends[before];
      }
    }
  }

  atDash(dash, item, column) {
    return (next) => {
      const [start, stop] = span(item);
      let lines = block([next], column);
      if (this.commented(stop) && !isCollection(next)) lines = [`- ${scalar(next)}`];
      if (isScalar(item) && lines.length === 1 && start !== stop) {
        this.put(start, this.end(item), inQuotesOf(item, next, lines[0].trimStart().slice(2)));
      } else this.put(dash, start === stop ? dash + 1 : this.end(item), lines.join("\n").trimStart());
    };
  }

  dashes(node) {
    const found = [];
    let at = node.range[0];
    const column = at - this.lineStart(at);
    for (const item of node.items) {
      while (this.text[at] !== "-" || at - this.lineStart(at) !== column) at = this.lineEnd(at) + 1 + column;
      found.push(at);
      const end = isEmptyScalar(item) ? at + 1 : this.end(item);
      at = this.lineEnd(end) + 1 + column;
    }
    return found;
  }

  insert(lines, at, end, column) {
    if (end === null) this.put(at, at, lines.join("\n").trimStart() + "\n" + " ".repeat(column));
    else {
      const stop = this.lineEnd(end);
      this.put(stop, stop, "\n" + lines.join("\n"));
    }
  }

  remove(kept, starts, ends) {
    for (let at = 0; at < kept.length; at++) {
      if (kept[at]) continue;
      const first = at;
      while (at + 1 < kept.length && !kept[at + 1]) at++;
      const line = this.lineStart(starts[first]);
      const stop = this.lineEnd(ends[at]);
      if (this.text.slice(line, starts[first]).trim()) {
        this.put(starts[first], at + 1 < kept.length ? starts[at + 1] : stop, "");
      } else if (stop === this.text.length) this.put(Math.max(line - 1, 0), stop, "");
      else this.put(line, stop + 1, "");
    }
  }

  commented(end) {
    return this.text.slice(end, this.lineEnd(end)).trim() !== "";
  }

  pairEnd(key, value) {
    return isEmptyScalar(value) ? this.text.indexOf(":", key.range[1]) + 1 : this.end(value);
  }

  end(node) {
    if (isScalar(node)) {
      const [start, stop] = span(node);
      if (node.type !== "BLOCK_FOLDED" && node.type !== "BLOCK_LITERAL") return stop;
      const said = this.text.slice(start, stop);
      const keeps = said.split("\n", 1)[0].split("#", 1)[0].includes("+");
      return start + (keeps ? said.replace(/\n$/, "") : said.trimEnd()).length;
    }
    if (node.flow || !node.items.length) return node.range[1];
    const last = node.items.at(-1);
    if (isMap(node)) return this.pairEnd(last.key, last.value);
    return isEmptyScalar(last) ? this.dashes(node).at(-1) + 1 : this.end(last);
  }

  lineStart(at) {
    return this.text.lastIndexOf("\n", at - 1) + 1;
  }

  lineEnd(at) {
    const end = this.text.indexOf("\n", at);
    return end < 0 ? this.text.length : end;
  }
}

const span = (node) => (node ? [node.range[0], node.range[1]] : [0, 0]);
const isEmptyScalar = (node) => !node || (isScalar(node) && node.range[0] === node.range[1]);

function inQuotesOf(node, next, said) {
  if (typeof next !== "string" || said.startsWith('"')) return said;
  if (node?.type === "QUOTE_SINGLE") return "'" + next.replaceAll("'", "''") + "'";
  if (node?.type !== "QUOTE_DOUBLE") return said;
  return `"${said.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

function same(one, other) {
  if (!isCollection(one) || !isCollection(other)) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}

// Items of two lists side by side: kept or changed, removed ([at, null]), added ([null, at]).
function aligned(old, next) {
  const common = old.map(() => new Array(next.length + 1).fill(0));
  common.push(new Array(next.length + 1).fill(0));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = next.length - 1; j >= 0; j--) {
      common[i][j] = same(old[i], next[j]) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
    }
  }
  const found = [];
  let [i, j, gone, come] = [0, 0, [], []];
  const settle = () => {
    while (gone.length && come.length) found.push([gone.shift(), come.shift()]);
    found.push(...gone.map((at) => [at, null]), ...come.map((at) => [null, at]));
    [gone, come] = [[], []];
  };
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && same(old[i], next[j])) {
      settle();
      found.push([i++, j++]);
    } else if (j >= next.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) gone.push(i++);
    else come.push(j++);
  }
  settle();
  return found;
}
