// The second tier: which records hold a word in their text, asked of Pagefind on demand.
// Every word is asked for apart and whole, so that the answer does not depend on Pagefind's
// own notion of what is similar; ranking and facets stay with the catalogue.

/** The texts of the site, or null if they were not indexed. */
export async function loadTexts(base, catalogue) {
  if (!catalogue.index.texts) return null;
  const answer = await fetch(new URL(`search/${catalogue.index.texts}`, base));
  const tied = await answer.json();
  const folders = Array.from({ length: tied.blocks }, (_, block) =>
    new URL(`search/pagefind/${block}/`, base));
  const pagefind = await import(new URL("pagefind.js", folders[0]).href);
  await pagefind.options({ basePath: folders[0].pathname, baseUrl: "/" });
  // One after the other, into one instance: instances of their own would share its memory.
  for (const { pathname } of folders.slice(1)) await pagefind.mergeIndex(pathname);
  const rows = new Map();
  for (const [shard, ids] of Object.entries(tied.rows)) {
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
    const { results } = await this.pagefind.search(`"${word}"`);
    for (const { id } of results) {
      const row = this.rows.get(id);
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
