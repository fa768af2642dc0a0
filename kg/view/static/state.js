/**
 * What the reader has chosen; the address keeps it, so a link brings back the same view.
 */
import { articleById, entityById, factById, kindById, lang, statusById, typeById } from "./data.js";

export const state = {
  /** @type {"vi" | "en"} */
  lang,
  /** @type {"graph" | "table"} */
  view: "graph",
  /** @type {"" | "light" | "dark"} */
  theme: "",
  /** "n:<entity>", "f:<fact>", "a:<article>" or "" */
  chosen: "",
  /** Entities whose neighbours were unfolded, in that order. @type {string[]} */
  open: [],
  /** How often more was unfolded. */
  more: 0,
  hidden: { types: new Set(), kinds: new Set(), statuses: new Set() },
};

/** @typedef {"lang" | "view" | "theme" | "chosen" | "hidden" | "open" | "more"} Part */

/** @type {((changed: Set<Part>) => void)[]} */
const listeners = [];

/** @param {(changed: Set<Part>) => void} listener called after each change with the parts that changed */
export function onChange(listener) {
  listeners.push(listener);
}

/** @param {Partial<typeof state>} change @param {boolean} [fromAddress] */
export function set(change, fromAddress = false) {
  const parts = /** @type {Part[]} */ (Object.keys(change));
  const changed = new Set(parts.filter((p) => (typeof change[p] === "object" ? true : state[p] !== change[p])));
  if (!changed.size) return;
  Object.assign(state, change);
  if (!fromAddress) writeAddress(changed.has("chosen"));
  for (const listener of listeners) listener(changed);
}

/** @param {"types" | "kinds" | "statuses"} group @param {Iterable<string>} hidden */
export function hide(group, hidden) {
  set({ hidden: { ...state.hidden, [group]: new Set(hidden) } });
}

/** The chosen thing. @returns {{sort: string, id: string}} sort is "n", "f", "a" or "" */
export function chosen() {
  const colon = state.chosen.indexOf(":");
  return colon < 0 ? { sort: "", id: "" } : { sort: state.chosen.slice(0, colon), id: state.chosen.slice(colon + 1) };
}

/** @param {boolean} step a step that "back" undoes */
function writeAddress(step) {
  const pairs = [];
  if (state.chosen) pairs.push(["at", state.chosen]);
  if (state.view !== "graph") pairs.push(["view", state.view]);
  if (state.lang !== lang) pairs.push(["lang", state.lang]);
  if (state.theme) pairs.push(["theme", state.theme]);
  if (state.open.length) pairs.push(["open", state.open.join(",")]);
  if (state.more) pairs.push(["more", String(state.more)]);
  for (const [group, names] of Object.entries(state.hidden)) {
    if (names.size) pairs.push(["no-" + group, [...names].sort().join(",")]);
  }
  const hash = "#" + pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
  if (hash === (location.hash || "#")) return;
  if (step) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}

/** Takes what the address says; unknown names in it are passed over. */
export function readAddress() {
  const found = new Map();
  for (const pair of location.hash.slice(1).split("&")) {
    const [key, value = ""] = pair.split("=");
    try {
      found.set(key, decodeURIComponent(value));
    } catch {
      found.delete(key); // a broken escape: as if it were not there
    }
  }
  const names = (/** @type {string} */ group, /** @type {Map<string, unknown>} */ known) =>
    new Set((found.get("no-" + group) ?? "").split(",").filter((/** @type {string} */ n) => known.has(n)));
  const at = found.get("at") ?? "";
  const known = /** @type {Record<string, Map<string, unknown>>} */ ({ n: entityById, f: factById, a: articleById });
  const theme = found.get("theme");
  set(
    {
      chosen: known[at[0]]?.has(at.slice(2)) && at[1] === ":" ? at : "",
      view: found.get("view") === "table" ? "table" : "graph",
      lang: found.get("lang") === "en" ? "en" : found.get("lang") === "vi" ? "vi" : lang,
      open: (found.get("open") ?? "").split(",").filter((/** @type {string} */ id) => entityById.has(id)).slice(0, 40),
      more: Math.min(parseInt(found.get("more") ?? "", 10) || 0, 40),
      theme: theme === "dark" || theme === "light" ? theme : "",
      hidden: {
        types: names("types", typeById),
        kinds: names("kinds", kindById),
        statuses: names("statuses", statusById),
      },
    },
    true,
  );
}
