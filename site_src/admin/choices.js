// What a field can be chosen from, put into the forms. No DOM, no network.

// A list that a person can search on a phone; with more the id is written, and checked.
const MOST = 3000;

/** A field with its choices, `{ choices: [kind, …] }` in its options, written out; so those inside. */
export function filled(field, choices) {
  const copy = { ...field };
  const kinds = copy.options?.choices;
  if (kinds) copy.options = kinds.flatMap((kind) => choices[kind]);
  if (kinds && copy.options.length > MOST) return typed(copy);
  if (copy.fields) copy.fields = copy.fields.map((inner) => filled(inner, choices));
  if (copy.field) copy.field = filled(copy.field, choices);
  return copy;
}

// The field as one that is typed, with what is to be typed in its hint.
function typed({ options, multiple, pattern, ...field }) {
  const hint = [field.hint, "Danh sách quá dài để chọn ở đây.", `${pattern[1]}.`];
  const words = { ...field, hint: hint.filter(Boolean).join(" ") };
  if (!multiple) return { ...words, widget: "string", pattern };
  return { ...words, widget: "list", field: { name: "item", label: "Mục", widget: "string", pattern } };
}
