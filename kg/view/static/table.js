/**
 * All facts as a table that can be sorted: the same as the drawing, for those who read or listen.
 */
import { articles, facts, sourced, statusById } from "./data.js";
import { csv } from "./csv.js";
import { byId, h } from "./dom.js";
import { factShown } from "./filter.js";
import { articleLink, filler, said } from "./quote.js";
import { download, fileName } from "./save.js";
import { set, state } from "./state.js";
import { kindName, pick, plain, roleName, t } from "./words.js";

const PAGE = 250;
const COLUMNS = ["kind", "subject", "details", "status", "quote", "article"];
let order = "";
let down = false;
let rows = PAGE;

/** @param {import("./data.js").Fact} fact the role that the fact begins with, and the others */
function split(fact) {
  const at = Math.max(fact.roles.findIndex(([, fillers]) => fillers.some((f) => f.n !== undefined)), 0);
  return { first: fact.roles[at], others: fact.roles.filter((_, i) => i !== at) };
}

/** @param {import("./data.js").Fact} fact @param {string} column @returns {string} what to sort by */
function key(fact, column) {
  const { first, others } = split(fact);
  switch (column) {
    case "kind":
      return kindName(fact.kind);
    case "subject":
      return first ? first[1].map(plain).join(", ") : "";
    case "details":
      return others.map(([, fillers]) => fillers.map(plain).join(", ")).join("; ");
    case "status":
      return pick(statusById.get(fact.status)?.label, fact.status);
    case "quote":
      return fact.ev.length ? String(1e9 + fact.ev[0].at[0]) : "";
    default: {
      const article = articles[fact.arts[0]];
      return article ? article.date + article.headline : "";
    }
  }
}

export function showTable() {
  const box = byId("table");
  box.hidden = state.view !== "table";
  byId("stage").hidden = state.view === "table";
  if (box.hidden) return box.replaceChildren();
  const focus = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.column : undefined;
  const shown = facts.filter(factShown);
  if (order) {
    const collator = new Intl.Collator(state.lang, { numeric: true });
    const keys = new Map(shown.map((f) => [f, key(f, order)]));
    shown.sort((a, b) => collator.compare(keys.get(a) ?? "", keys.get(b) ?? "") * (down ? -1 : 1));
  }
  const columns = sourced ? COLUMNS : COLUMNS.filter((c) => c !== "quote" && c !== "article");
  box.replaceChildren(
    h(
      "table",
      {},
      h("caption", {}, t("tableCaption", { shown: shown.length, all: facts.length }), " ",
        h("button", { type: "button", id: "csv", onclick: () => download(fileName(document.title) + ".csv", csv(shown), "text/csv;charset=utf-8") }, t("csv"))),
      h("thead", {}, h("tr", {}, ...columns.map(head))),
      h("tbody", {}, ...shown.slice(0, rows).map((f) => row(f, columns))),
    ),
    shown.length > rows ? h("button.more", { type: "button", onclick: () => { rows += PAGE; showTable(); } }, t("moreRows", { n: Math.min(PAGE, shown.length - rows) })) : "",
  );
  const again = focus && box.querySelector(`[data-column="${focus}"]`);
  if (again instanceof HTMLElement) again.focus();
}

/** @param {string} column */
function head(column) {
  const sorted = order !== column ? "none" : down ? "descending" : "ascending";
  const turn = () => {
    [order, down] = order === column ? [column, !down] : [column, false];
    showTable();
  };
  return h("th", { scope: "col", "aria-sort": sorted }, h("button", { type: "button", "data-column": column, onclick: turn }, t(column), h("i", { "aria-hidden": "true" }, sorted === "none" ? "" : down ? " ↓" : " ↑")));
}

/** @param {import("./data.js").Fact} fact @param {string[]} columns */
function row(fact, columns) {
  const { first, others } = split(fact);
  const open = () => set({ chosen: "f:" + fact.id });
  const article = articles[fact.arts[0]];
  /** @type {Record<string, () => (Node | string)[]>} */
  const cells = {
    kind: () => [h("button.link", { type: "button", title: t("openFact"), onclick: open }, kindName(fact.kind))],
    subject: () => (first ? separated(first[1]) : []),
    details: () => others.map(([role, fillers]) => h("p", {}, h("em", {}, roleName(fact.kind, role) + ": "), ...separated(fillers))),
    status: () => [h("span.status", { "data-status": fact.status }, pick(statusById.get(fact.status)?.label, fact.status))],
    quote: () => [h("q", { lang: "vi" }, fact.ev.map(said).join(" … "))],
    article: () => (article ? [articleLink(article)] : []),
  };
  return h(
    "tr",
    { "data-fact": fact.id, "aria-current": state.chosen === "f:" + fact.id ? "true" : undefined },
    ...columns.map((c, i) => h(i ? "td" : "th", { scope: i ? undefined : "row", "data-label": t(c), class: c }, ...cells[c]())),
  );
}

/** @param {import("./data.js").Filler[]} fillers @returns {(Node | string)[]} */
function separated(fillers) {
  return fillers.flatMap((f, i) => (i ? [", ", filler(f)] : [filler(f)]));
}
