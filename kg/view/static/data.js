/**
 * The graph that the page carries, with the indices that the other parts ask.
 *
 * @typedef {{vi: string, en: string}} Label
 * @typedef {{n?: string, t?: string, v?: number, s?: string, d?: string, c?: string, b?: boolean}} Filler
 * @typedef {{id: string, type: string, name: string, weight: number, aliases: string[], props: [string, Filler[]][]}} Entity
 * @typedef {{art: number, at: [number, number], parts: [string, number, string][]}} Evidence
 * @typedef {{id: string, headline: string, date: string, publisher: Filler[], authors: Filler[], about: Filler[],
 *   abstract: string, captions: string[]}} Article
 * @typedef {{id: string, class: string, label: Label, comment: Label, roles: Record<string, Label>}} Kind
 * @typedef {{id: string, group: string, label: string, labels?: Label, size: number, weight: number, kind?: string,
 *   status?: string, font: {size: number, bold: boolean}, x?: number, y?: number}} DrawnNode
 * @typedef {{id: string, from: string, to: string, label: string, labels: Label, fact: string, kind: string,
 *   status: string, quiet?: 1 | 2, times?: number, spot?: number, smooth?: {type: string, roundness: number}}} DrawnEdge
 */

const found = JSON.parse(document.getElementById("data")?.textContent ?? "{}");

export const lang = /** @type {"vi" | "en"} */ (found.lang);
export const ui = /** @type {Record<string, Record<string, string>>} */ (found.ui);
export const types = /** @type {{id: string, label: Label}[]} */ (found.types);
export const statuses = /** @type {{id: string, label: Label}[]} */ (found.statuses);
export const kinds = /** @type {Kind[]} */ (found.kinds);
export const terms = /** @type {Record<string, Label>} */ (found.terms);
export const entities = /** @type {Entity[]} */ (
  found.nodes.map((/** @type {[string, number, string, number, string[]?, any[]?]} */ [id, type, name, weight, aliases = [], props = []]) => ({ id, type: types[type].id, name, weight, aliases, props }))
);
/** True where the graph carries the sentences behind its facts. */
export const sourced = Boolean(found.sourced);
export const articles = /** @type {Article[]} */ (found.articles);
export const relations = /** @type {[string, string, string][]} */ (found.relations);
export const drawnNodes = /** @type {DrawnNode[]} */ (found.network.nodes);
export const drawnEdges = /** @type {DrawnEdge[]} */ (found.network.edges);
export const links = /** @type {{from: number[], to: number[], label: number[], fact: number[], tags: [number, number][], labels: [string, string][]}} */ (found.links);

/** @type {string[] | null} */
let bodies = null;

/**
 * A fact: what filters ask is at hand; its roles, rule and evidence are read when they are asked for.
 */
export class Fact {
  /** @param {number} i its place in the columns that the page carries */
  constructor(i) {
    const columns = found.facts;
    this.i = i;
    this.id = /** @type {string} */ (columns.id[i]);
    this.kind = kinds[columns.kind[i]].id;
    this.status = statuses[columns.status[i]].id;
    this.members = /** @type {number[]} */ (columns.of[i]); // numbers of `entities`
    this.arts = /** @type {number[]} */ (columns.art[i]); // numbers of `articles`
    this.time = /** @type {string} */ (columns.time[i]); // when it is set; "" for unknown
    this.said = /** @type {number} */ (columns.said[i]); // how many articles say the same
    /** @type {{rule: string, roles: [string, Filler[]][], ev: Evidence[]} | null} */
    this.read = null;
  }

  body() {
    if (!this.read) {
      bodies ??= (document.getElementById("facts")?.textContent ?? "").split("\n");
      const [rule, roles, ev] = JSON.parse(bodies[this.i]);
      this.read = { rule, roles, ev: ev.map((/** @type {[number, number, number, any[]]} */ [art, start, end, parts]) => ({ art, at: [start, end], parts })) };
    }
    return this.read;
  }

  get rule() {
    return this.body().rule;
  }

  get roles() {
    return this.body().roles;
  }

  get ev() {
    return this.body().ev;
  }

  /** When it is set, else when it was reported; "" for unknown. */
  get when() {
    return this.time || articles[this.arts[0]]?.date || "";
  }
}

export const facts = /** @type {Fact[]} */ (found.facts.id.map((/** @type {string} */ _, /** @type {number} */ i) => new Fact(i)));

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

/** @type {Map<string, Fact[]>} */
export const factsOf = new Map();
/** @type {Map<number, Fact[]>} */
export const factsIn = new Map();
for (const fact of facts) {
  for (const member of fact.members) push(factsOf, entities[member].id, fact);
  for (const at of fact.arts) push(factsIn, at, fact);
}

/** @template K, V @param {Map<K, V[]>} map @param {K} key @param {V} value */
export function push(map, key, value) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
