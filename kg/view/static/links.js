/**
 * Nodes and edges of the drawing: those that come with places, and those that are made when they are unfolded.
 */
import { drawnEdges, drawnNodes, entities, entityById, facts, kinds, links, push, statuses } from "./data.js";
import { wrap } from "./wrap.js";

/** @typedef {import("./data.js").DrawnNode} DrawnNode */
/** @typedef {import("./data.js").DrawnEdge} DrawnEdge */

/** @type {Map<string, DrawnNode>} */
const made = new Map(drawnNodes.map((n) => [n.id, n]));
/** @type {Map<string, DrawnEdge[]>} */
const known = new Map();
for (const edge of drawnEdges) attach(edge);
/** @type {Map<number, number[]> | null} */
let index = null; // number of a node to its links that are not edges yet
const heaviest = entities.reduce((most, e) => Math.max(most, e.weight), 1);

/** @param {DrawnEdge} edge */
function attach(edge) {
  for (const end of new Set([edge.from, edge.to])) push(known, end, edge);
}

/** @param {number} end number of an entity, or of a fact behind those @returns {string} */
const idOf = (end) => (end < entities.length ? entities[end].id : facts[end - entities.length].id);

const numberOf = new Map(entities.map((e, i) => [e.id, i]));
for (const [fact] of links.tags) numberOf.set(facts[fact].id, entities.length + fact);
/** @type {Map<number, import("./data.js").Label>} */
const tagLabels = new Map(links.tags.map(([fact, label]) => [fact, labelAt(label)]));

/** @param {number} at @returns {import("./data.js").Label} */
function labelAt(at) {
  const [vi, en] = links.labels[at];
  return { vi, en };
}

/** True for what can be drawn. @param {string} id @returns {boolean} */
export const drawable = (id) => made.has(id) || numberOf.has(id);

/** A node of the drawing. @param {string} id of an entity or of a fact with a tag @returns {DrawnNode | undefined} */
export function nodeOf(id) {
  const before = made.get(id);
  const number = numberOf.get(id);
  if (before || number === undefined) return before;
  const entity = entityById.get(id);
  const node = entity ? entityNode(entity) : tagNode(number - entities.length);
  made.set(id, node);
  return node;
}

/** As the page's maker draws them: the weightier the larger. @param {import("./data.js").Entity} entity @returns {DrawnNode} */
function entityNode({ id, type, name, weight }) {
  const share = weight > 1 ? Math.sqrt(weight / heaviest) : 0;
  return {
    id,
    group: type,
    label: wrap(name, share < 0.5 ? 18 : 22, 3),
    size: Math.round((8 + 18 * share) * (type === "Award" ? 1.3 : 1)),
    font: { size: Math.round(15 + 8 * share), bold: share >= 0.5 },
    weight,
  };
}

/** @param {number} fact @returns {DrawnNode} */
function tagNode(fact) {
  const { id, kind, status } = facts[fact];
  const labels = tagLabels.get(fact) ?? { vi: kind, en: kind };
  return { id, group: "fact", kind, status, label: labels.vi, labels, size: 4, font: { size: 13, bold: false }, weight: 0 };
}

/** Every edge at a node, those that are not drawn too. @param {string} id @returns {DrawnEdge[]} */
export function edgesOf(id) {
  if (!index) {
    index = new Map();
    for (let i = 0; i < links.from.length; i++) {
      push(index, links.from[i], i);
      if (links.to[i] !== links.from[i]) push(index, links.to[i], i);
    }
  }
  const number = numberOf.get(id) ?? -1;
  const waiting = index.get(number);
  if (waiting) {
    index.delete(number);
    for (const i of waiting) if (!done.has(i)) attach(edge(i));
  }
  return known.get(id) ?? [];
}

const done = new Set();

/** @param {number} i @returns {DrawnEdge} */
function edge(i) {
  done.add(i);
  const fact = facts[links.fact[i]];
  const made = {
    id: "u" + i, from: idOf(links.from[i]), to: idOf(links.to[i]), label: "", labels: labelAt(links.label[i]),
    fact: fact?.id ?? "", kind: fact?.kind ?? kinds[0]?.id ?? "", status: fact?.status ?? statuses[0]?.id ?? "asserted", quiet: /** @type {1} */ (1),
  };
  drawnEdges.push(made);
  return made;
}
