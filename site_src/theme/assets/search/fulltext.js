// The second tier: which records hold a word in their text, asked of Pagefind on demand.
// Every word is asked for apart and whole, so that the answer does not depend on Pagefind's
// own notion of what is similar; ranking and facets stay with the catalogue.

/** The texts of the site, or null if they were not indexed. */
export async function loadTexts(base, catalogue) {
  if (!catalogue.index.texts) return null;
  const folder = new URL("search/pagefind/", base);
  const [pagefind, answer] = await Promise.all([
    import(new URL("pagefind.js", folder).href),
    fetch(new URL(`search/${catalogue.index.texts}`, base)),
  ]);
  await pagefind.options({ basePath: folder.pathname, baseUrl: "/" });
  await pagefind.init();
  const rows = new Map();
  for (const [shard, ids] of Object.entries(await answer.json())) {
    ids.forEach((id, i) => {
      if (id) rows.set(id, catalogue.firstRow[shard] + i);
    });
  }
  return new Texts(base, catalogue, pagefind, rows);
}

class Texts {
  constructor(base, catalogue, pagefind, rows) {
    this.base = base;
    this.catalogue = catalogue;
    this.pagefind = pagefind;
    this.rows = rows;
    this.known = new Map();
  }

  /** For each word the set of rows whose text holds it. */
  async find(words) {
    const found = new Map();
    for (const word of words) {
      if (!this.known.has(word)) this.known.set(word, await this.#ask(word));
      found.set(word, this.known.get(word));
    }
    return found;
  }

  async #ask(word) {
    const rows = new Set();
    const answer = await this.pagefind.search(`"${word}"`);
    for (const result of answer.results) {
      const row = this.rows.get(result.id);
      if (row !== undefined) rows.add(row);
    }
    return rows;
  }

  /** The text of a row, in its original spelling. */
  async text(row) {
    const name = `search/texts/${this.catalogue.rows[row].key}.txt`;
    const answer = await fetch(new URL(name, this.base));
    return answer.ok ? (await answer.text()).replace(/\s+/gu, " ").trim() : "";
  }
}
