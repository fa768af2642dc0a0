/**
 * Legend and filters in one: each line names a type, a kind or a status, and turns it on and off.
 */
import { byId, h, sign } from "./dom.js";
import { entities, facts, kinds, statuses, types } from "./data.js";
import { counts, filtered, papers } from "./filter.js";
import { periodView } from "./period.js";
import { hide, set, state } from "./state.js";
import { capital, number, pick, t } from "./words.js";

/** @typedef {"types" | "kinds" | "statuses"} Group */

/** How many of each. @param {{type?: string, kind?: string, status?: string}[]} things @param {"type" | "kind" | "status"} key */
function tally(things, key) {
  const found = new Map();
  for (const thing of things) found.set(thing[key], (found.get(thing[key]) ?? 0) + 1);
  return found;
}

const tallies = { types: tally(entities, "type"), kinds: tally(facts, "kind"), statuses: tally(facts, "status") };

export function showLegend() {
  const focus = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.row : undefined;
  const groups = [section("types", types), periodView(), sourceView(), section("statuses", statuses), section("kinds", kinds)];
  const some = filtered();
  const all = h("button.all", { type: "button", hidden: !some, onclick: clear }, t("all"));
  byId("legend").replaceChildren(all, ...groups.filter((g) => g !== null));
  const now = counts();
  byId("filter-count").textContent = some
    ? `${number(now.entities)}/${number(entities.length)} · ${number(now.facts)}/${number(facts.length)}`
    : "";
  const again = focus && byId("legend").querySelector(`[data-row="${CSS.escape(focus)}"]`);
  if (again instanceof HTMLElement) again.focus();
}

const paperNames = [...tally(papers.filter(Boolean).map((paper) => ({ type: paper })), "type")].sort(([, a], [, b]) => b - a);
const mostSaid = facts.reduce((high, f) => Math.max(high, f.said), 1);

/** Who says it, and how many. */
function sourceView() {
  const some = [
    ...(paperNames.length > 1 ? [picker("paper", [["", t("allPapers")], ...paperNames.map(([name, n]) => [name, `${name} (${number(n)})`])], state.paper, (paper) => set({ paper }))] : []),
    ...(mostSaid > 1 ? [picker("least", [1, 2, 3, 5, 10].filter((n) => n <= mostSaid).map((n) => [String(n), n > 1 ? t("atLeast", { n }) : t("anyNumber")]), String(state.least), (n) => set({ least: Number(n) }))] : []),
  ];
  return some.length ? h("section.sources", {}, h("h2", {}, t("sources")), ...some) : null;
}

/** @param {string} name @param {string[][]} options value and text @param {string} value @param {(value: string) => void} take */
function picker(name, options, value, take) {
  const select = /** @type {HTMLSelectElement} */ (h("select", { id: name, "data-row": "sources:" + name, "aria-label": t("filter-" + name) },
    ...options.map(([v, text]) => h("option", { value: v, selected: v === value }, text))));
  select.addEventListener("change", () => take(select.value));
  return select;
}

function clear() {
  set({ hidden: { types: new Set(), kinds: new Set(), statuses: new Set() }, paper: "", since: "", until: "", least: 1 });
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
