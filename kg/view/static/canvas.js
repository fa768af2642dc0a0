/**
 * The drawing: gives vis-network what is to be seen and says what was clicked. Positions come with the page.
 */
import { byId } from "./dom.js";
import { drawnEdges, entities, entityById, factById, typeById } from "./data.js";
import { edgeShown, entityShown, factShown } from "./filter.js";
import { fitting } from "./frame.js";
import { drawable, edgesOf, nodeOf } from "./links.js";
import { FACE, edgeLook, labelColor, nodeLook, palette } from "./looks.js";
import { route } from "./path.js";
import { drawn, ensureDrawn, places } from "./places.js";
import { chosen, set, state } from "./state.js";
import { t } from "./words.js";

const FAR = 900; // more edges than this: not drawn while the view moves

const nodes = new vis.DataSet();
const edges = new vis.DataSet();
/** @type {any} */
let network = null;
let queued = false;
/** @type {import("./looks.js").Scene} */
let scene = { near: null, at: "", hovered: "", shown: new Set(), color: palette() };

/** Makes the drawing. Call once, when the page is laid out. */
export function start() {
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const many = drawnEdges.length > FAR;
  update();
  network = new vis.Network(byId("canvas"), { nodes, edges }, {
    autoResize: true,
    physics: false,
    layout: { improvedLayout: false },
    interaction: {
      hover: true,
      keyboard: false,
      multiselect: false,
      selectConnectedEdges: false,
      hideEdgesOnDrag: many,
      hideEdgesOnZoom: many,
    },
    nodes: { scaling: { label: { drawThreshold: 6 } }, labelHighlightBold: false, chosen: false },
    edges: { chosen: false },
  });
  const inner = byId("canvas").firstElementChild; // a second stop for the Tab key, without a name
  inner?.removeAttribute("tabindex");
  network.on("afterDrawing", drawLabels);
  network.on("click", (/** @type {any} */ event) => choose(event.nodes[0], event.edges[0]));
  network.on("hoverNode", (/** @type {any} */ event) => hover(event.node));
  network.on("hoverEdge", (/** @type {any} */ event) => hover(event.edge));
  network.on("blurNode", () => hover(""));
  network.on("blurEdge", () => hover(""));
  network.on("dragEnd", (/** @type {any} */ event) => {
    for (const id of event.nodes) Object.assign(places.get(id) ?? {}, network.getPositions([id])[id]);
  });
  motion = () => (still.matches ? false : { duration: 350, easingFunction: "easeInOutQuad" });
  fit(true);
}

/** @type {() => false | {duration: number, easingFunction: string}} */
let motion = () => false;

/**
 * The labels of edges, each at the free place that was found for it: vis-network knows only the middle.
 * @param {CanvasRenderingContext2D} context
 */
function drawLabels(context) {
  if (network.getScale() * 12 < 6) return;
  context.font = `12px ${FACE}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const edge of drawnEdges) {
    const color = edgeDrawn(edge) && !edgeHidden(edge) && labelColor(edge, scene);
    if (!color) continue;
    const { x, y } = along(edge, edge.spot ?? 0.5);
    const lines = edge.labels[state.lang].split("\n");
    const width = Math.max(...lines.map((line) => context.measureText(line).width));
    context.fillStyle = scene.color("paper");
    context.fillRect(x - width / 2 - 2, y - lines.length * 7.5, width + 4, lines.length * 15);
    context.fillStyle = color;
    lines.forEach((line, i) => context.fillText(line, x, y + (i - (lines.length - 1) / 2) * 15));
  }
}

/**
 * A point of an edge, from centre to centre, on the curve that vis-network draws: labels were given their places so.
 * @param {import("./data.js").DrawnEdge} edge @param {number} part @returns {{x: number, y: number}}
 */
function along(edge, part) {
  const [a, b] = [places.get(edge.from), places.get(edge.to)];
  if (!a || !b) return { x: 0, y: 0 };
  let via = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  if (edge.smooth) {
    const { type, roundness } = edge.smooth;
    const angle = Math.atan2(a.y - b.y, b.x - a.x) + (0.5 * (type === "curvedCW" ? roundness : -roundness) + 0.5) * Math.PI;
    const reach = (0.5 * roundness + 0.5) * Math.hypot(b.x - a.x, b.y - a.y);
    via = { x: a.x + reach * Math.sin(angle), y: a.y + reach * Math.cos(angle) };
  }
  const [u, v, w] = [(1 - part) ** 2, 2 * part * (1 - part), part ** 2];
  return { x: u * a.x + v * via.x + w * b.x, y: u * a.y + v * via.y + w * b.y };
}

/** @param {string} [node] @param {string} [edge] what was clicked */
function choose(node, edge) {
  if (node) return set({ chosen: (factById.has(node) && !entityById.has(node) ? "f:" : "n:") + node });
  const one = edge && drawnEdges.find((e) => e.id === edge);
  if (one) return set({ chosen: one.fact ? "f:" + one.fact : "n:" + one.from });
  set({ chosen: "" });
}

/** Only what is under the pointer changes: a large drawing follows at once. @param {string} id a node, an edge, or "" */
function hover(id) {
  const touched = [scene.hovered, id].flatMap((one) => (drawable(one) ? edgesOf(one) : drawnEdges.filter((e) => e.id === one)));
  scene = { ...scene, hovered: id };
  byId("canvas").classList.toggle("over", id !== "");
  edges.update(touched.filter(edgeDrawn).map((e) => edgeLook(e, scene, edgeHidden(e))));
}

/** Brings the drawing up to date, once for all changes of one moment. */
export function later() {
  if (queued) return;
  queued = true;
  requestAnimationFrame(() => {
    queued = false;
    update();
  });
}

/** What is lit: the chosen thing and what it touches; null where nothing is chosen. @returns {Set<string> | null} */
function lit() {
  const { sort, id } = chosen();
  if (sort !== "n" && sort !== "f") return null;
  const near = new Set([id]);
  const way = route();
  for (const step of way ?? []) {
    near.add(step.from).add(step.to);
    if (step.fact) near.add(step.fact.id);
    const ends = [step.from, step.to, step.fact?.id ?? ""];
    for (const edge of edgesOf(step.from)) if (ends.includes(edge.from) && ends.includes(edge.to)) near.add(edge.id);
    for (const edge of edgesOf(step.to)) if (ends.includes(edge.from) && ends.includes(edge.to)) near.add(edge.id);
  }
  if (way?.length) return near;
  const own = sort === "f" ? drawnEdges.filter((e) => e.fact === id) : edgesOf(id);
  for (const edge of own) {
    if (!edgeShown(edge)) continue;
    near.add(edge.id).add(edge.from).add(edge.to);
    if (sort === "n" && !entityById.has(edge.fact) && places.has(edge.fact)) {
      for (const arm of edgesOf(edge.fact)) near.add(arm.id).add(arm.from).add(arm.to);
    }
  }
  if (sort === "f" && !own.length) {
    for (const [, fillers] of factById.get(id)?.roles ?? []) for (const f of fillers) if (f.n) near.add(f.n);
  }
  return near;
}

/** @param {import("./data.js").DrawnNode} node */
function nodeShown(node) {
  const entity = entityById.get(node.id);
  const fact = factById.get(node.id);
  return entity ? entityShown(entity) : fact !== undefined && factShown(fact);
}

/** @param {import("./data.js").DrawnEdge} edge */
function edgeDrawn(edge) {
  return places.has(edge.from) && places.has(edge.to);
}

/** @param {import("./data.js").DrawnEdge} edge */
function edgeHidden(edge) {
  return !edgeShown(edge) || !scene.shown.has(edge.from) || !scene.shown.has(edge.to);
}

function update() {
  const drawnNow = drawn();
  const shown = new Set(drawnNow.filter(nodeShown).map((n) => n.id));
  scene = { ...scene, near: lit(), at: chosen().id, shown, color: palette() };
  nodes.update(drawnNow.map((n) => ({ ...nodeLook(n, scene), ...places.get(n.id) })));
  edges.update(drawnEdges.filter(edgeDrawn).map((e) => edgeLook(e, scene, edgeHidden(e))));
  const all = entities.length;
  const count = drawnNow.filter((n) => entityById.has(n.id)).length;
  byId("note").hidden = count === all;
  byId("note-text").textContent = count === all ? "" : t("more", { shown: count, all });
}

/** Brings a node, or the middle of a fact, into view. */
export function showChosen() {
  const { sort, id } = chosen();
  if (!network || (sort !== "n" && sort !== "f")) return;
  const ids = sort === "n" || drawable(id) ? [id] : (factById.get(id)?.roles ?? []).flatMap(([, fs]) => fs.map((f) => f.n ?? ""));
  ids.forEach((one) => ensureDrawn(one));
  update();
  const spots = ids.map((i) => places.get(i)).filter((p) => p !== undefined);
  if (!spots.length) return;
  const x = spots.reduce((sum, p) => sum + p.x, 0) / spots.length;
  const y = spots.reduce((sum, p) => sum + p.y, 0) / spots.length;
  const view = network.getViewPosition();
  const scale = Math.max(network.getScale(), 0.75);
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const sheet = getComputedStyle(byId("panel")).position === "fixed" ? height * 0.25 : 0;
  // With what it touches, where that can be read at once.
  const near = drawn().filter((n) => scene.near?.has(n.id) && scene.shown.has(n.id));
  const margin = 70;
  const seen = near.every((n) => {
    const at = network.canvasToDOM(places.get(n.id));
    return at.x > margin && at.x < width - margin && at.y > 20 && at.y < height - 2 * sheet - margin;
  });
  if (seen && network.getScale() > 0.6) return;
  const all = fitting(near, places, { width, height: height - 2 * sheet });
  if (near.length > 1 && all.scale > 0.6) {
    const around = Math.min(all.scale, Math.max(network.getScale(), 1));
    return network.moveTo({ position: { x: all.position.x, y: all.position.y + sheet / around }, scale: around, animation: motion() });
  }
  const inside = Math.abs(x - view.x) * scale < width * 0.36 && Math.abs(y - view.y) * scale < height * 0.32;
  if (inside && !sheet && scale === network.getScale()) return;
  network.moveTo({ position: { x, y: y + sheet / scale }, scale, animation: motion() });
}

/** All of it in the frame; a large drawing keeps a size at which names can be read, with the weightiest in the middle. @param {boolean} [first] */
export function fit(first = false) {
  if (!network || !places.size) return;
  const frame = { width: byId("canvas").clientWidth, height: byId("canvas").clientHeight };
  const all = drawn().filter((n) => first || scene.shown.has(n.id));
  const view = fitting(all, places, frame);
  if (!first || view.scale >= 0.42) return network.moveTo({ ...view, animation: first ? false : motion() });
  const heaviest = all.sort((a, b) => b.weight - a.weight)[0];
  let middle = places.get(heaviest.id) ?? { x: 0, y: 0 };
  for (let turn = 0; turn < 6; turn++) {
    // To where most stands around it, so that the frame is not half empty.
    const { x, y } = middle;
    const near = [...places.values()].filter((p) => Math.abs(p.x - x) < frame.width && Math.abs(p.y - y) < frame.height);
    middle = { x: near.reduce((sum, p) => sum + p.x, 0) / near.length, y: near.reduce((sum, p) => sum + p.y, 0) / near.length };
  }
  network.moveTo({ position: middle, scale: 0.5 });
}

/** @param {number} factor */
export function zoom(factor) {
  if (network) network.moveTo({ scale: Math.min(Math.max(network.getScale() * factor, 0.05), 4), animation: motion() });
}

/** Where a node or the middle of an edge is on the screen, for whoever drives the page. @param {string} id */
export function onScreen(id) {
  const edge = drawable(id) ? undefined : drawnEdges.find((e) => e.fact === id);
  const at = edge ? along(edge, 0.5) : places.get(id);
  if (!network || !at) return null;
  const dom = network.canvasToDOM(at);
  const frame = byId("canvas").getBoundingClientRect();
  return { x: frame.left + dom.x, y: frame.top + dom.y, shown: !(nodes.get(id) ?? edges.get(edge?.id ?? ""))?.hidden };
}

/** Visible nodes with their places. @returns {{id: string, x: number, y: number}[]} */
export function visible() {
  return [...places].filter(([id]) => !nodes.get(id)?.hidden).map(([id, p]) => ({ id, ...p }));
}

/**
 * What is within the frame, in pixels of the screen, for a picture.
 * @returns {{width: number, height: number, scale: number, nodes: {node: import("./data.js").DrawnNode, x: number, y: number}[],
 *   edges: {edge: import("./data.js").DrawnEdge, a: Point, b: Point, via: Point, label: Point | null}[]}}
 * @typedef {{x: number, y: number}} Point
 */
export function drawnView() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const scale = network.getScale();
  const spot = (/** @type {Point} */ p) => network.canvasToDOM(p);
  const inside = (/** @type {Point} */ p) => p.x > -60 && p.y > -60 && p.x < width + 60 && p.y < height + 60;
  const found = drawn().filter((n) => scene.shown.has(n.id)).map((node) => ({ node, ...spot(places.get(node.id) ?? { x: 0, y: 0 }) })).filter(inside);
  const edges = drawnEdges.filter((e) => edgeDrawn(e) && !edgeHidden(e)).map((edge) => {
    const [a, b, middle] = [along(edge, 0), along(edge, 1), along(edge, 0.5)];
    const via = { x: 2 * middle.x - (a.x + b.x) / 2, y: 2 * middle.y - (a.y + b.y) / 2 };
    return { edge, a: spot(a), b: spot(b), via: spot(via), label: labelColor(edge, scene) ? spot(along(edge, edge.spot ?? 0.5)) : null };
  }).filter(({ a, b }) => inside(a) || inside(b));
  return { width, height, scale, nodes: found, edges };
}

/** The name to read out for a node. @param {string} id */
export function nameOf(id) {
  const entity = entityById.get(id);
  const node = nodeOf(id);
  return entity ? `${entity.name}, ${typeById.get(entity.type)?.label[state.lang] ?? ""}` : node?.labels?.[state.lang] ?? "";
}
