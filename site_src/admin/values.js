// Values of records, compared: no YAML, no DOM, no network.

export const isCollection = (value) => value !== null && typeof value === "object";
export const isFilled = (value) => isCollection(value) && Object.keys(value).length > 0;

export function same(one, other) {
  if (!isCollection(one) || !isCollection(other)) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}

// Items of two lists side by side: kept or changed, removed ([at, null]), added ([null, at]).
export function aligned(old, next) {
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
