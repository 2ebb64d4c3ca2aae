// How long the search of the browser takes over the catalogue of a built site, query by query:
// the middle of fifteen rounds in Node.js, whose engine is Chromium's. Several folders of scripts
// are asked turn by turn, so that a change is compared under the same conditions.
//
// Example: node benchmarks/search.mjs site site_src/theme/assets/search /tmp/before/search

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [site, ...folders] = process.argv.slice(2);
if (!folders.length) {
  console.error("give a built site, then one or more folders of scripts; see the head of this file");
  process.exit(2);
}
const ROUNDS = 15;
const QUERIES = [
  "xa", "quy", "quyet dinh", "ubnd", "uy ban nhan dan xa", "van ban", "2025", "12/qd-ubnd",
  "nghi quyet hoi dong nhan dan", "văn bản", "Ủy ban nhân dân xã", "xã an bình", "khong co gi ca",
];

const data = {};
globalThis.registrySearchData = (name, content) => { data[name] = content; };
for (const name of fs.readdirSync(path.join(site, "search"))) {
  if (/^catalogue.*\.js$/.test(name)) {
    (0, eval)(fs.readFileSync(path.join(site, "search", name), "utf8"));
  }
}
const index = data["catalogue.js"];

const ways = [];
for (const folder of folders) {
  const module = (name) => import(pathToFileURL(path.resolve(folder, name)).href);
  const [{ Catalogue }, { parse }, { useAbbreviations }] = await Promise.all(
    ["catalogue.js", "query.js", "fold.js"].map(module),
  );
  useAbbreviations(index.abbreviations);
  const start = performance.now();
  const catalogue = new Catalogue(index, index.shards.map(({ file }) => data[file]));
  console.log(`${folder}: ${catalogue.rows.length} rows, ready after ${Math.round(performance.now() - start)} ms`);
  ways.push({ search: (typed) => catalogue.search(parse(typed)), times: new Map() });
}

const middle = (values) => values.sort((one, two) => one - two)[values.length >> 1];
for (let round = 0; round < ROUNDS; round += 1) {
  for (const query of QUERIES) {
    for (const { search, times } of ways) {
      const start = performance.now();
      search(query);
      times.set(query, [...(times.get(query) || []), performance.now() - start]);
    }
  }
}
for (const query of QUERIES) {
  const answers = ways.map(({ search }) => search(query).map(({ row, score, same }) => [row, score, same]));
  const alike = answers.every((one) => JSON.stringify(one) === JSON.stringify(answers[0]));
  const times = ways.map(({ times }) => `${middle(times.get(query)).toFixed(1).padStart(6)} ms`);
  console.log(query.padEnd(30), ...times, String(answers[0].length).padStart(7), alike ? "" : "DIFFERENT");
}
