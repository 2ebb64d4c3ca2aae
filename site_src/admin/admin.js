// Starts the CMS with the forms that the build made from the models. Records are written by
// record-edit.js: a saved form changes the fields that were changed, and nothing else.
import { filled } from "./choices.js";
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

const answer = await fetch("config.json");
const { config, choices } = await answer.json();
config.collections = config.collections.map((one) => filled(one, choices));
window.CMS.registerCustomFormat("record", "yaml", { fromFile, toFile });
window.CMS.init({ config });
