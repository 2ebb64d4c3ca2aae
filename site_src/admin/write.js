// Values written as YAML, as builder/store/yaml_write.py writes them.
import { isScalar, parseDocument } from "./yaml/index.js";
import { isCollection, isFilled } from "./values.js";

const WIDTH = 100;
const RESERVED = new Set(["null", "true", "false", "yes", "no", "on", "off", "y", "n"]);
const DATE = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const PLAIN = /^\p{L}(?:[^:#\t\n]*[^:#\s])?$/u;
const KEY = /^[A-Za-z_][A-Za-z0-9_-]*$/;

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

export function keyText(name) {
  return KEY.test(name) && resolves(name) ? name : scalar(name, true);
}

export function flow(value) {
  if (Array.isArray(value)) return "[" + value.map(flow).join(", ") + "]";
  if (value !== null && typeof value === "object") {
    const parts = Object.entries(value).map(([name, part]) => `${keyText(name)}: ${flow(part)}`);
    return "{" + parts.join(", ") + "}";
  }
  return scalar(value, true);
}

export function block(value, indent = 0) {
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

export function afterKey(value, indent, key = "") {
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
