/**
 * How nodes and edges look, in the colours of the style sheet.
 */
import { state } from "./state.js";

/**
 * What the look depends on: `near` is what is lit (null: all of it), `shown` the nodes that the filters let through.
 * @typedef {{near: Set<string> | null, at: string, hovered: string, shown: Set<string>, color: (name: string) => string}} Scene
 */

/** Shape of each type, and whether it is hollow: types differ in more than colour. @type {Record<string, [string, boolean]>} */
const SHAPES = {
  Person: ["dot", false],
  Organization: ["square", false],
  Place: ["hexagon", false],
  Event: ["diamond", false],
  Initiative: ["triangleDown", false],
  Award: ["star", false],
  Indicator: ["triangle", false],
  Service: ["hexagon", true],
  System: ["square", true],
  Dataset: ["triangle", true],
  Document: ["triangleDown", true],
  Group: ["dot", true],
  Topic: ["diamond", true],
};
/** @type {Record<string, number[]>} */
export const DASHES = { planned: [7, 5], reported: [2, 4], negated: [10, 4, 2, 4], former: [4, 4] };
export const FACE = "system-ui, Segoe UI, Roboto, Noto Sans, Helvetica Neue, Arial, sans-serif";

/** The colours of the style sheet as they are now. @returns {(name: string) => string} */
export function palette() {
  const css = getComputedStyle(document.documentElement);
  /** @type {Map<string, string>} */
  const known = new Map();
  return (name) => {
    const value = known.get(name) ?? css.getPropertyValue("--" + name).trim();
    known.set(name, value);
    return value;
  };
}

/** @param {string} hex "#rrggbb" @param {number} part @returns {string} */
function alpha(hex, part) {
  const value = parseInt(hex.slice(1), 16);
  return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, ${part})`;
}

/** @param {import("./data.js").DrawnNode} node @param {Scene} scene @returns {object} in the terms of vis-network */
export function nodeLook(node, { near, at, shown, color }) {
  const faded = near !== null && !near.has(node.id);
  const tag = node.group === "fact";
  const [shape, hollow] = tag ? ["box", true] : SHAPES[node.group] ?? ["dot", false];
  const [main, paper] = [tag ? color("line") : color("type-" + node.group), color("paper")];
  const self = node.id === at;
  return {
    id: node.id,
    label: tag && node.labels ? node.labels[state.lang] : node.label,
    shape,
    size: node.size,
    hidden: !shown.has(node.id),
    opacity: faded ? 0.16 : 1,
    borderWidth: self ? 4 : tag ? 1 : hollow ? 2.5 : 1.5,
    color: { background: tag ? color("soft") : hollow ? paper : main, border: self ? color("accent") : hollow ? main : paper },
    margin: tag ? { top: 4, bottom: 4, left: 7, right: 7 } : undefined,
    shapeProperties: { borderRadius: 9 },
    font: {
      face: FACE,
      size: node.font.size,
      color: faded ? alpha(color("ink"), 0.2) : color("ink"),
      strokeWidth: tag ? 0 : 4,
      strokeColor: paper,
      vadjust: 0,
    },
  };
}

/** True while the edge, or an end of it, is looked at. @param {import("./data.js").DrawnEdge} edge @param {Scene} scene */
function looked(edge, { near, hovered }) {
  return (near?.has(edge.id) ?? false) || (hovered !== "" && [edge.id, edge.from, edge.to].includes(hovered));
}

/** @param {import("./data.js").DrawnEdge} edge @param {Scene} scene @param {boolean} hidden @returns {object} */
export function edgeLook(edge, scene, hidden) {
  const { near, color } = scene;
  const over = looked(edge, scene);
  return {
    id: edge.id,
    from: edge.from,
    to: edge.to,
    hidden,
    width: (over ? 2 : edge.fact ? 1.3 : 0.8) + Math.min(Math.log2(edge.times ?? 1) * 0.35, 2.5),
    dashes: DASHES[edge.status] ?? false,
    smooth: edge.smooth ?? { enabled: false },
    arrows: { to: { enabled: true, scaleFactor: edge.fact ? 0.5 : 0.35 } },
    arrowStrikethrough: false,
    color: { color: over ? color("accent") : color("line"), hover: color("accent"), opacity: near && !near.has(edge.id) ? 0.12 : 1 },
  };
}

/**
 * The colour of an edge's label, or "" where it is not to be seen now.
 * @param {import("./data.js").DrawnEdge} edge @param {Scene} scene @returns {string}
 */
export function labelColor(edge, scene) {
  const over = looked(edge, scene);
  if (scene.near && !scene.near.has(edge.id)) return "";
  if (edge.quiet === 2 ? scene.hovered !== edge.id : edge.quiet && !over) return "";
  return over ? scene.color("accent") : alpha(scene.color("ink"), 0.8);
}
