// What to do when nothing was found: each piece of advice is a link that finds something.

import { FACETS } from "./catalogue.js";
import { facetTitle, noFilters } from "./facets.js";
import { suggestions } from "./near.js";
import { parse } from "./query.js";
import { inVietnamese } from "./tongue.js";
import { element, kept, small, t, tn } from "./words.js";

/** Links as list items. `page` gives the state of the search, `link` makes a link of one. */
export function advice({ catalogue, query, all, filters, typed, link }) {
  const items = [];
  const add = (before, state, name, count) =>
    items.push(
      element("li", "", before, link(state, name), `: ${tn("%(num)s kết quả", "%(num)s kết quả", count)}`),
    );
  if (all.length) {
    const chosen = FACETS.filter((facet) => filters[facet].length);
    for (const facet of chosen.length > 1 ? chosen : []) {
      const fewer = { ...filters, [facet]: [] };
      const count = catalogue.filter(all, fewer).length;
      if (count) add("", { filters: fewer }, t("Bỏ lọc theo %(facet)s", { facet: small(facetTitle(facet)) }), count);
    }
    if (chosen.length) add("", { filters: noFilters() }, t("Bỏ các bộ lọc"), all.length);
    return items;
  }
  const said = inVietnamese(catalogue, typed);
  const found = said ? catalogue.search(parse(said)).length : 0;
  if (found) {
    const before = t("Bản ghi viết bằng tiếng Việt; tìm") + " ";
    add(before, { text: said, filters: noFilters() }, kept(`“${said}”`), found);
  }
  for (const { text, count } of suggestions(catalogue, typed)) {
    add(t("Có phải bạn tìm") + " ", { text, filters: noFilters() }, kept(`“${text}”`), count);
  }
  const { words } = query;
  if (words.length > 1) {
    words.forEach((word, left) => {
      const fewer = words.filter((_, i) => i !== left).join(" ");
      const count = catalogue.search(parse(fewer)).length;
      const says = t("Bỏ “%(word)s”, tìm “%(fewer)s”", { word, fewer });
      if (count) add("", { text: fewer, filters: noFilters() }, says, count);
    });
  }
  return items;
}
