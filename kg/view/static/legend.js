/**
 * Legend and filters in one: each line names a type, a kind or a status, and turns it on and off.
 */
import { byId, h, sign } from "./dom.js";
import { entities, facts, kinds, statuses, types } from "./data.js";
import { counts } from "./filter.js";
import { hide, set, state } from "./state.js";
import { capital, number, pick, t } from "./words.js";

/** @typedef {"types" | "kinds" | "statuses"} Group */

/** @param {{type?: string, kind?: string, status?: string}[]} things @param {"type" | "kind" | "status"} key */
function tally(things, key) {
  const found = new Map();
  for (const thing of things) found.set(thing[key], (found.get(thing[key]) ?? 0) + 1);
  return found;
}

const tallies = { types: tally(entities, "type"), kinds: tally(facts, "kind"), statuses: tally(facts, "status") };

export function showLegend() {
  const focus = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.row : undefined;
  const groups = [section("types", types), section("kinds", kinds), section("statuses", statuses)];
  const filtered = Object.values(state.hidden).some((names) => names.size);
  const all = h("button.all", { type: "button", hidden: !filtered, onclick: clear }, t("all"));
  byId("legend").replaceChildren(...groups.filter((g) => g !== null), all);
  const now = counts();
  byId("filter-count").textContent = filtered
    ? `${number(now.entities)}/${number(entities.length)} · ${number(now.facts)}/${number(facts.length)}`
    : "";
  const again = focus && byId("legend").querySelector(`[data-row="${CSS.escape(focus)}"]`);
  if (again instanceof HTMLElement) again.focus();
}

function clear() {
  set({ hidden: { types: new Set(), kinds: new Set(), statuses: new Set() } });
  byId("filters").querySelector("button")?.focus();
}

/** @param {Group} group @param {{id: string, label: import("./data.js").Label, comment?: import("./data.js").Label}[]} rows */
function section(group, rows) {
  if (!rows.length) return null;
  const hidden = state.hidden[group];
  const ordered = group === "kinds" ? [...rows].sort((a, b) => (tallies.kinds.get(b.id) ?? 0) - (tallies.kinds.get(a.id) ?? 0)) : rows;
  return h(
    "section",
    {},
    h("h2", {}, t(group)),
    h(
      "ul",
      {},
      ...ordered.map(({ id, label, comment }) => {
        const name = capital(pick(label, id));
        const on = !hidden.has(id);
        const mark = group === "types" ? sign(id) : group === "statuses" ? h("i.stroke", { "data-status": id }) : null;
        const others = rows.map((r) => r.id).filter((r) => r !== id);
        return h(
          "li",
          {},
          h(
            "button.row",
            { type: "button", "aria-pressed": String(on), "data-row": `${group}:${id}`, title: pick(comment) || undefined, onclick: () => flip(group, id) },
            mark,
            h("span", {}, name),
            h("small", {}, number(tallies[group].get(id) ?? 0)),
          ),
          h("button.only", { type: "button", "data-row": `${group}:${id}:only`, "aria-label": t("onlyTitle", { name }), title: t("onlyTitle", { name }), onclick: () => hide(group, others) }, t("only")),
        );
      }),
    ),
  );
}

/** @param {Group} group @param {string} id */
function flip(group, id) {
  const names = new Set(state.hidden[group]);
  if (!names.delete(id)) names.add(id);
  hide(group, names);
}
