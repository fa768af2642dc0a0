/**
 * Where drawn nodes stand, and how more of them unfold.
 */
import { drawnNodes, entities, entityById } from "./data.js";
import { entityShown } from "./filter.js";
import { drawable, edgesOf, nodeOf } from "./links.js";

export const STEP = 24; // nodes that unfold at once

/** Where each drawn node stands. @type {Map<string, {x: number, y: number}>} */
export const places = new Map();
for (const n of drawnNodes) if (n.x !== undefined && n.y !== undefined) places.set(n.id, { x: n.x, y: n.y });
const ranked = [...entities].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));

/** Every drawn node. @returns {import("./data.js").DrawnNode[]} */
export function drawn() {
  return [...places.keys()].map(nodeOf).filter((n) => n !== undefined);
}

/**
 * Puts a node beside a drawn neighbour, on a spiral; the same ones on the same places every time.
 * @param {string} id an entity or a fact that shall be in the drawing @param {string} [beside]
 */
export function ensureDrawn(id, beside) {
  if (places.has(id) || !drawable(id)) return;
  const anchor = beside ?? edgesOf(id).map((e) => (e.from === id ? e.to : e.from)).find((n) => places.has(n));
  const centre = places.get(anchor ?? "") ?? { x: 0, y: 0 };
  for (let k = 1; k < 3000; k++) {
    const radius = 120 + 56 * Math.sqrt(k);
    const spot = { x: Math.round(centre.x + 1.2 * radius * Math.cos(k * 2.4)), y: Math.round(centre.y + radius * Math.sin(k * 2.4)) };
    let free = true;
    for (const p of places.values()) {
      if (Math.abs(p.x - spot.x) < 160 && Math.abs(p.y - spot.y) < 92) {
        free = false;
        break;
      }
    }
    if (!free && k < 2999) continue;
    places.set(id, spot);
    break;
  }
  edgesOf(id);
}

/** The neighbours of an entity that are not drawn, the weightiest first, with the tags between. @param {string} id */
function hiddenNeighbours(id) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const edge of edgesOf(id)) {
    const other = edge.from === id ? edge.to : edge.from;
    if (entityById.has(other)) {
      if (!places.has(other)) found.set(other, []);
      continue;
    }
    for (const arm of edgesOf(other)) {
      const end = arm.from === other ? arm.to : arm.from;
      if (end !== id && (!places.has(end) || !places.has(other))) found.set(end, [...(found.get(end) ?? []), other]);
    }
  }
  const weight = (/** @type {string} */ n) => entityById.get(n)?.weight ?? 0;
  return [...found].sort(([a], [b]) => weight(b) - weight(a) || (a < b ? -1 : 1));
}

/** How many neighbours are still folded. @param {string} id @returns {number} */
export function folded(id) {
  return hiddenNeighbours(id).length;
}

/** Draws the next neighbours of an entity, those behind a fact's tag too. @param {string} id */
export function expand(id) {
  ensureDrawn(id);
  for (const [other, tags] of hiddenNeighbours(id).slice(0, STEP)) {
    ensureDrawn(other, id);
    for (const tag of tags) ensureDrawn(tag, id);
  }
}

/** Draws the next entities that the filters let through, the weightiest first. @param {number} count @returns {number} how many */
export function unfold(count) {
  let added = 0;
  for (const entity of ranked) {
    if (added >= count) break;
    if (places.has(entity.id) || !entityShown(entity)) continue;
    ensureDrawn(entity.id);
    added++;
  }
  return added;
}
