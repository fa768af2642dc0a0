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
  /** Only facts of this paper; "" for all. */
  paper: "",
  /** The period, as precise as the timeline: "2019", "2019-06" or "2019-06-08"; "" for open. */
  since: "",
  until: "",
  /** Only facts that so many articles say. */
  least: 1,
  /** What stands in the search field. */
  q: "",
  /** Where a way begins; "" for none. */
  start: "",
  /** Shown within another page: the drawing and what is chosen, no more. */
  embed: false,
  /** How often more was unfolded. */
  more: 0,
  hidden: { types: new Set(), kinds: new Set(), statuses: new Set() },
};

/** @typedef {keyof typeof state} Part */

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
  const hash = address();
  if (hash === (location.hash || "#")) return;
  if (step) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
}

/** What stands behind the page's address for what is seen now. @returns {string} */
export function address() {
  const pairs = [];
  if (state.chosen) pairs.push(["at", state.chosen]);
  if (state.view !== "graph") pairs.push(["view", state.view]);
  if (state.lang !== lang) pairs.push(["lang", state.lang]);
  if (state.theme) pairs.push(["theme", state.theme]);
  if (state.open.length) pairs.push(["open", state.open.join(",")]);
  for (const key of /** @type {const} */ (["paper", "since", "until", "q", "start"])) if (state[key]) pairs.push([key, state[key]]);
  if (state.least > 1) pairs.push(["least", String(state.least)]);
  if (state.embed) pairs.push(["embed", "1"]);
  if (state.more) pairs.push(["more", String(state.more)]);
  for (const [group, names] of Object.entries(state.hidden)) {
    if (names.size) pairs.push(["no-" + group, [...names].sort().join(",")]);
  }
  return "#" + pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&");
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
      paper: found.get("paper") ?? "",
      since: /^\d{4}(-\d\d){0,2}$/.test(found.get("since") ?? "") ? found.get("since") : "",
      until: /^\d{4}(-\d\d){0,2}$/.test(found.get("until") ?? "") ? found.get("until") : "",
      least: Math.max(parseInt(found.get("least") ?? "", 10) || 1, 1),
      q: (found.get("q") ?? "").slice(0, 200),
      start: entityById.has(found.get("start") ?? "") ? found.get("start") : "",
      embed: found.get("embed") === "1",
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
