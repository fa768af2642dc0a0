/**
 * What is seen of the drawing as a picture of its own, with its title, a legend and the articles that it rests on.
 */
import { drawnView } from "./canvas.js";
import { articles, entities, entityById, factById, typeById } from "./data.js";
import { papers } from "./filter.js";
import { DASHES, FACE, palette } from "./looks.js";
import { download, fileName } from "./save.js";
import { state } from "./state.js";
import { capital, date, pick, t } from "./words.js";

const SVG = "ht" + "tp://www.w3.org/2000/svg"; // in two: the page names no address
const SOURCES = 6;
/** Corners of each type's sign, from -1 to 1; none is a circle. @type {Record<string, string>} */
const CORNERS = {
  Organization: "-.9,-.9 .9,-.9 .9,.9 -.9,.9", System: "-.9,-.9 .9,-.9 .9,.9 -.9,.9",
  Place: "-.5,-.87 .5,-.87 1,0 .5,.87 -.5,.87 -1,0", Service: "-.5,-.87 .5,-.87 1,0 .5,.87 -.5,.87 -1,0",
  Event: "0,-1 1,0 0,1 -1,0", Topic: "0,-1 1,0 0,1 -1,0",
  Initiative: "-1,-.8 1,-.8 0,1", Document: "-1,-.8 1,-.8 0,1",
  Indicator: "0,-1 1,.8 -1,.8", Dataset: "0,-1 1,.8 -1,.8",
  Award: "0,-1 .26,-.3 1,-.28 .4,.17 .62,.9 0,.46 -.62,.9 -.4,.17 -1,-.28 -.26,-.3",
};
const HOLLOW = ["Service", "System", "Dataset", "Document", "Group", "Topic"];

/** @param {string} tag @param {Record<string, string | number>} props @param {...(SVGElement | string)} children @returns {SVGElement} */
function s(tag, props, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [key, value] of Object.entries(props)) element.setAttribute(key, String(typeof value === "number" ? Math.round(value * 100) / 100 : value));
  element.append(...children);
  return element;
}

/** @param {string} type @param {number} x @param {number} y @param {number} size @param {(name: string) => string} color */
function signOf(type, x, y, size, color) {
  const look = { fill: HOLLOW.includes(type) ? color("paper") : color("type-" + type), stroke: color("type-" + type), "stroke-width": 2 };
  const corners = CORNERS[type];
  if (!corners) return s("circle", { cx: x, cy: y, r: size, ...look });
  const points = corners.split(" ").map((c) => c.split(",").map(Number)).map(([a, b]) => `${(x + a * size).toFixed(1)},${(y + b * size).toFixed(1)}`);
  return s("polygon", { points: points.join(" "), ...look });
}

/** @param {string} text @param {number} x @param {number} y @param {Record<string, string | number>} props */
function lines(text, x, y, props) {
  const size = Number(props["font-size"]);
  return s("text", { "text-anchor": "middle", ...props }, ...text.split("\n").map((line, i) => s("tspan", { x, y: y + i * size * 1.22 }, line)));
}

/** @returns {{element: SVGElement, width: number, height: number}} */
function draw() {
  const color = palette();
  const { width, height, scale, nodes, edges } = drawnView();
  const head = 58;
  const ink = color("ink");
  const items = [];
  for (const { edge, a, b, via, label } of edges) {
    items.push(s("path", { d: `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${via.x.toFixed(1)} ${via.y.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`, fill: "none", stroke: color("line"), "stroke-width": edge.times ? 2 : 1.2, ...(DASHES[edge.status] ? { "stroke-dasharray": DASHES[edge.status].join(" ") } : {}) }));
    if (label && scale > 0.5) items.push(lines(edge.labels[state.lang], label.x, label.y, { "font-size": 11 * scale, fill: color("mute"), stroke: color("paper"), "stroke-width": 3, "paint-order": "stroke" }));
  }
  for (const { node, x, y } of nodes) {
    const size = node.font.size * scale;
    const text = node.labels?.[state.lang] ?? node.label;
    if (node.group === "fact") {
      const rows = text.split("\n");
      const [w, tall] = [Math.max(...rows.map((r) => r.length)) * size * 0.56 + 14, rows.length * size * 1.22 + 8];
      items.push(s("rect", { x: x - w / 2, y: y - tall / 2, width: w, height: tall, rx: 8, fill: color("soft"), stroke: color("line") }));
      items.push(lines(text, x, y - tall / 2 + 3 + size, { "font-size": size, fill: ink }));
    } else {
      items.push(signOf(node.group, x, y, node.size * scale, color));
      items.push(lines(text, x, y + node.size * scale + size + 2, { "font-size": size, fill: ink, stroke: color("paper"), "stroke-width": 3, "paint-order": "stroke", "font-weight": node.font.bold ? 600 : 400 }));
    }
  }
  const legend = [...new Set(nodes.map((n) => n.node.group))].filter((g) => typeById.has(g));
  const at = new Set();
  for (const { edge } of edges) for (const article of factById.get(edge.fact)?.arts ?? []) at.add(article);
  const sources = [...at].sort((a, b) => a - b);
  const named = sources.slice(0, SOURCES).map((i) => [articles[i].headline || t("noHeadline"), papers[i], articles[i].date ? date(articles[i].date) : ""].filter(Boolean).join(" · "));
  if (sources.length > SOURCES) named.push(t("moreSources", { n: sources.length - SOURCES }));
  const foot = [];
  let [x, y] = [20, head + height + 26];
  for (const type of legend) {
    const name = capital(pick(typeById.get(type)?.label, type));
    const wide = name.length * 7.4 + 36;
    if (x + wide > width) [x, y] = [20, y + 22];
    foot.push(signOf(type, x + 6, y - 4, 6, color), s("text", { x: x + 18, y, "font-size": 13, fill: ink }, name));
    x += wide;
  }
  y += 28;
  const most = Math.floor((width - 110) / 6.6);
  if (named.length) foot.push(s("text", { x: 20, y, "font-size": 12, "font-weight": 700, fill: ink }, t("sources")));
  named.forEach((line) => {
    foot.push(s("text", { x: 100, y, "font-size": 12, fill: color("mute") }, line.length > most ? line.slice(0, most - 1) + "…" : line));
    y += 17;
  });
  const total = y + 10;
  const chosen = state.chosen.startsWith("n:") ? entityById.get(state.chosen.slice(2))?.name : articles.length === 1 ? articles[0].headline : "";
  const title = chosen || t("summary", { articles: articles.length, nodes: entities.length, facts: factById.size });
  const element = s("svg", { width, height: total, viewBox: `0 0 ${width} ${total}`, "font-family": FACE, role: "img", lang: state.lang },
    s("title", {}, title),
    s("rect", { width, height: total, fill: color("paper") }),
    s("svg", { x: 0, y: head, width, height, viewBox: `0 0 ${width} ${height}` }, ...items),
    s("text", { x: 20, y: 37, "font-size": 21, "font-weight": 700, fill: ink }, title.length > width / 13 ? title.slice(0, Math.floor(width / 13) - 1) + "…" : title),
    s("line", { x1: 20, x2: width - 20, y1: head, y2: head, stroke: ink }),
    s("line", { x1: 20, x2: width - 20, y1: head + height, y2: head + height, stroke: color("rule") }),
    ...foot);
  return { element, width, height: total };
}

/** @param {"svg" | "png"} form */
export async function savePicture(form) {
  const { element, width, height } = draw();
  const text = new XMLSerializer().serializeToString(element);
  const name = fileName(document.title) + "." + form;
  if (form === "svg") return download(name, text, "image/svg+xml");
  const image = new Image();
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d")?.drawImage(image, 0, 0, width * 2, height * 2);
  canvas.toBlob((blob) => blob && download(name, blob, "image/png"), "image/png");
}
