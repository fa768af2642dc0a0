/**
 * The graph that the page carries, with the indices that the other parts ask.
 *
 * @typedef {{vi: string, en: string}} Label
 * @typedef {{n?: string, t?: string, v?: number, s?: string, d?: string, c?: string, b?: boolean}} Filler
 * @typedef {{id: string, type: string, name: string, aliases: string[], props: [string, Filler[]][]}} Entity
 * @typedef {{id: string, kind: string, status: string, rule: string, roles: [string, Filler[]][], ev: number[]}} Fact
 * @typedef {{art: number, at: [number, number], parts: [string, number, string][]}} Evidence
 * @typedef {{id: string, headline: string, date: string, publisher: Filler[], authors: Filler[], about: Filler[],
 *   abstract: string, captions: string[]}} Article
 * @typedef {{id: string, class: string, label: Label, comment: Label, roles: Record<string, Label>}} Kind
 * @typedef {{id: string, group: string, label: string, labels?: Label, size: number, weight: number, kind?: string,
 *   status?: string, font: {size: number, bold: boolean}, x?: number, y?: number}} DrawnNode
 * @typedef {{id: string, from: string, to: string, label: string, labels: Label, fact: string, kind: string,
 *   status: string, quiet?: 1 | 2, spot?: number, smooth?: {type: string, roundness: number}}} DrawnEdge
 */

const found = JSON.parse(document.getElementById("data")?.textContent ?? "{}");

export const lang = /** @type {"vi" | "en"} */ (found.lang);
export const ui = /** @type {Record<string, Record<string, string>>} */ (found.ui);
export const types = /** @type {{id: string, label: Label}[]} */ (found.types);
export const statuses = /** @type {{id: string, label: Label}[]} */ (found.statuses);
export const kinds = /** @type {Kind[]} */ (found.kinds);
export const terms = /** @type {Record<string, Label>} */ (found.terms);
export const entities = /** @type {Entity[]} */ (found.nodes);
export const facts = /** @type {Fact[]} */ (found.facts);
export const evidence = /** @type {Evidence[]} */ (found.evidence);
export const articles = /** @type {Article[]} */ (found.articles);
export const relations = /** @type {[string, string, string][]} */ (found.relations);
export const drawnNodes = /** @type {DrawnNode[]} */ (found.network.nodes);
export const drawnEdges = /** @type {DrawnEdge[]} */ (found.network.edges);

/** An IRI comes in two parts. @param {[string, string]} parts */
const joined = ([scheme, rest]) => `${scheme}:${rest}`;
export const prefixes = /** @type {[string, string][]} */ (Object.entries(found.prefixes).map(([name, parts]) => [name, joined(parts)]));
/** The IRI of an entity, a fact or an article; "" for a blank node. @param {string} id @returns {string} */
export const iriOf = (id) => (found.iris[id] ? joined(found.iris[id]) : found.base[0] ? joined(found.base) + id : "");

export const entityById = new Map(entities.map((e) => [e.id, e]));
export const factById = new Map(facts.map((f) => [f.id, f]));
export const articleById = new Map(articles.map((a) => [a.id, a]));
export const kindById = new Map(kinds.map((k) => [k.id, k]));
export const typeById = new Map(types.map((t) => [t.id, t]));
export const statusById = new Map(statuses.map((s) => [s.id, s]));
export const weightOf = new Map(drawnNodes.map((n) => [n.id, n.weight]));

/** @type {Map<string, Fact[]>} */
export const factsOf = new Map();
/** @type {Map<number, Fact[]>} */
export const factsIn = new Map();
for (const fact of facts) {
  const members = new Set(fact.roles.flatMap(([, fillers]) => fillers.map((f) => f.n ?? "")));
  for (const id of members) if (id) push(factsOf, id, fact);
  for (const at of new Set(fact.ev.map((i) => evidence[i].art))) push(factsIn, at, fact);
}

/** @template K, V @param {Map<K, V[]>} map @param {K} key @param {V} value */
function push(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
