/**
 * The keyboard: `/` to search, arrows from node to node, Enter to read, Esc to go back.
 */
import { fit, nameOf, visible, zoom } from "./canvas.js";
import { byId } from "./dom.js";
import { entityById } from "./data.js";
import { say } from "./say.js";
import { chosen, set } from "./state.js";
import { t } from "./words.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function startKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target instanceof HTMLInputElement;
    if (event.key === "/" && !typing) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "Escape" && !typing && chosen().id) {
      const inPanel = byId("panel").contains(document.activeElement);
      set({ chosen: "" });
      say(t("cleared"));
      if (inPanel) byId("canvas").focus();
    }
  });
  byId("canvas").addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const way = WAYS[/** @type {keyof WAYS} */ (event.key)];
    if (way) step(way[0], way[1]);
    else if (event.key === "Enter" && chosen().id) byId("panel").querySelector("h2")?.focus();
    else if (event.key === "Enter") step(0, 0);
    else if (event.key === "+" || event.key === "=") zoom(1.3);
    else if (event.key === "-") zoom(1 / 1.3);
    else if (event.key === "0") fit();
    else return;
    event.preventDefault();
  });
}

/** To the nearest node that way; to the weightiest where none is chosen. @param {number} dx @param {number} dy */
function step(dx, dy) {
  const all = visible();
  const from = all.find((n) => n.id === chosen().id);
  let best = "";
  if (!from) {
    best = all.map((n) => n.id).sort((a, b) => (entityById.get(b)?.weight ?? 0) - (entityById.get(a)?.weight ?? 0))[0] ?? "";
  } else {
    let least = Infinity;
    for (const n of all) {
      const [x, y] = [n.x - from.x, n.y - from.y];
      const along = x * dx + y * dy;
      const cost = along + 2.5 * Math.abs(x * dy - y * dx);
      if (along > 0 && Math.abs(x * dy - y * dx) < along * 2 && cost < least) [least, best] = [cost, n.id];
    }
  }
  if (!best) return;
  set({ chosen: (entityById.has(best) ? "n:" : "f:") + best });
  say(t("selected", { name: nameOf(best) }));
}
