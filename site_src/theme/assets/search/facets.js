// The facets of the search page: values with counts, chosen ones kept by the page.

import { FACETS } from "./catalogue.js";
import { element, kept, labelOf, number, t } from "./words.js";

// Names of the facets in the address.
export const PARAMETERS = {
  kind: "nhom", type: "loai", block: "khoi", unit: "don-vi", year: "nam", stage: "giai-doan",
  state: "tinh-trang",
};

export function facetTitle(facet) {
  return {
    kind: t("Nhóm"), type: t("Loại"), block: t("Khối"), unit: t("Đơn vị"), year: t("Năm"),
    stage: t("Giai đoạn"), state: t("Tình trạng trong ngày đã chọn"),
  }[facet];
}

const VALUES = 8;

export const noFilters = () => Object.fromEntries(FACETS.map((facet) => [facet, []]));

export class Facets {
  constructor(place, change) {
    this.place = place;
    this.change = change;
    this.unfolded = new Set();
  }

  show(catalogue, answers, filters) {
    this.catalogue = catalogue;
    this.answers = answers;
    this.filters = filters;
    const counts = catalogue.facets(answers, filters);
    const shown = FACETS.map((facet) => this.#facet(facet, counts[facet])).filter(Boolean);
    if (FACETS.some((facet) => filters[facet].length)) {
      const clear = element("button", "rs-clear", t("Bỏ các bộ lọc"));
      clear.type = "button";
      clear.addEventListener("click", () => this.change(noFilters(), true));
      shown.unshift(clear);
    }
    const focused = document.activeElement?.id;
    this.place.replaceChildren(...shown);
    if (focused && focused.startsWith("rs-f-")) document.getElementById(focused)?.focus();
  }

  #facet(facet, counts) {
    for (const value of this.filters[facet]) if (!counts.has(value)) counts.set(value, 0);
    const values = [...counts].sort((a, b) => this.#compare(facet, a, b));
    if (!values.length) return null;
    const unfolded = this.unfolded.has(facet);
    const chosen = this.filters[facet];
    const shown = values.filter(([value], i) => unfolded || i < VALUES || chosen.includes(value));
    const box = element("fieldset", "rs-facet", element("legend", "", facetTitle(facet)));
    box.append(...shown.map(([value, count], i) => this.#value(facet, value, count, i)));
    if (values.length > shown.length || (unfolded && values.length > VALUES)) {
      const more = element("button", "rs-unfold", unfolded
        ? t("Thu gọn")
        : t("Tất cả %(count)s", { count: number(values.length) }));
      more.type = "button";
      more.id = `rs-f-${facet}-more`;
      more.setAttribute("aria-expanded", String(unfolded));
      more.addEventListener("click", () => {
        if (unfolded) this.unfolded.delete(facet);
        else this.unfolded.add(facet);
        this.show(this.catalogue, this.answers, this.filters);
      });
      box.append(more);
    }
    return box;
  }

  #compare(facet, [one, ones], [two, twos]) {
    if (facet === "year") return one < two ? 1 : -1;
    if (ones !== twos) return twos - ones;
    return this.#label(facet, one).localeCompare(this.#label(facet, two), "vi");
  }

  #label(facet, value) {
    return labelOf(this.catalogue, facet, value);
  }

  #value(facet, value, count, at) {
    const box = element("input", "");
    box.type = "checkbox";
    box.id = `rs-f-${facet}-${at}`;
    box.value = value;
    box.name = PARAMETERS[facet];
    box.checked = this.filters[facet].includes(value);
    box.addEventListener("change", () => {
      const others = this.filters[facet].filter((each) => each !== value);
      this.change({ ...this.filters, [facet]: box.checked ? [...others, value] : others });
    });
    const name = this.#label(facet, value);
    const label = element("label", "", box, facet === "unit" ? kept(name) : name, " ");
    label.append(element("span", "rs-count", number(count)));
    return label;
  }
}
