// Starts the CMS with the forms that the build made from the models. Records are written by
// record-edit.js: a saved form changes the fields that were changed, and nothing else.
import { cleaned, revised, valueOf, written } from "./record-edit.js";

const SOURCE = "source_text";

function fromFile(text) {
  return { ...valueOf(text), [SOURCE]: text };
}

function toFile(form) {
  const { [SOURCE]: source, ...value } = form;
  if (!source) return written(cleaned(value, undefined)).trimEnd();
  return revised(source, cleaned(value, valueOf(source)));
}

// A list that a person can search on a phone; with more the id is written, and checked.
const MOST = 3000;

function filled(field, choices) {
  const copy = { ...field };
  const kinds = copy.options?.choices;
  if (kinds) copy.options = kinds.flatMap((kind) => choices[kind]);
  if (kinds && copy.pattern && copy.options.length > MOST) {
    delete copy.options;
    copy.widget = copy.multiple ? "list" : "string";
  }
  if (copy.fields) copy.fields = copy.fields.map((inner) => filled(inner, choices));
  if (copy.field) copy.field = filled(copy.field, choices);
  return copy;
}

const answer = await fetch("config.json");
const { config, choices } = await answer.json();
config.collections = config.collections.map((one) => filled(one, choices));
window.CMS.registerCustomFormat("record", "yaml", { fromFile, toFile });
window.CMS.init({ config });
