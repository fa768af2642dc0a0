/**
 * How large the drawing is with its names, and how it is brought into the frame.
 */
import { FACE } from "./looks.js";

const EDGE = 14; // free at each side of the frame, in pixels of the screen
const FOOT = 34; // the line of keys stands there

/** @type {CanvasRenderingContext2D | null} */
let ruler = null;

/**
 * The room that a node takes around its centre, its name included, as vis-network draws it.
 * @param {import("./data.js").DrawnNode} node @returns {{half: number, up: number, down: number}}
 */
function room(node) {
  ruler ??= document.createElement("canvas").getContext("2d");
  const texts = Object.values(node.labels ?? { all: node.label });
  let [wide, high] = [0, 0];
  for (const text of texts) {
    const lines = text.split("\n");
    if (ruler) ruler.font = `${node.font.size}px ${FACE}`;
    wide = Math.max(wide, ...lines.map((line) => ruler?.measureText(line).width ?? 0));
    high = Math.max(high, lines.length * node.font.size * 1.25);
  }
  if (node.group === "fact") return { half: wide / 2 + 9, up: high / 2 + 6, down: high / 2 + 6 };
  return { half: Math.max(node.size, wide / 2 + 3), up: node.size + 3, down: node.size + 6 + high };
}

/**
 * Where to look from, and how near, so that every node stands in the frame with its whole name.
 * @param {import("./data.js").DrawnNode[]} nodes @param {Map<string, {x: number, y: number}>} places
 * @param {{width: number, height: number}} frame in pixels
 * @returns {{position: {x: number, y: number}, scale: number}}
 */
export function fitting(nodes, places, frame) {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const node of nodes) {
    const at = places.get(node.id);
    if (!at) continue;
    const { half, up, down } = room(node);
    [left, right] = [Math.min(left, at.x - half), Math.max(right, at.x + half)];
    [top, bottom] = [Math.min(top, at.y - up), Math.max(bottom, at.y + down)];
  }
  if (left > right) return { position: { x: 0, y: 0 }, scale: 1 };
  const [width, height] = [Math.max(frame.width - 2 * EDGE, 50), Math.max(frame.height - EDGE - FOOT, 50)];
  const scale = Math.min(width / (right - left), height / (bottom - top), 1.25);
  return { position: { x: (left + right) / 2, y: (top + bottom) / 2 + (FOOT - EDGE) / 2 / scale }, scale };
}
