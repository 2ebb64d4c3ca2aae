// Values changed in a record's text, and nothing else of it: the twin of
// builder/store/yaml_edit.py, held to it by the tests. No DOM, no network.
import { Changes } from "./changes.js";
import { same } from "./values.js";
import { block } from "./write.js";
import { isMap, parseDocument } from "./yaml/index.js";

export { cleaned } from "./values.js";

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

function parsed(text) {
  const doc = parseDocument(text, { version: "1.2", schema: "core", uniqueKeys: true });
  if (doc.errors.length) throw doc.errors[0];
  if (!isMap(doc.contents)) throw new Error("a record is a list of fields");
  return doc;
}
