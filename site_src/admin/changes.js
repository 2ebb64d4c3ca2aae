// Places of a record's text changed one by one, and nothing between them.
import { isMap, isScalar, isSeq } from "./yaml/index.js";
import { aligned, isCollection, isFilled, same } from "./values.js";
import { afterKey, block, flow, keyText, scalar } from "./write.js";

export class Changes {
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
