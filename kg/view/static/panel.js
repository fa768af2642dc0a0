/**
 * The side panel: an entity, a fact, an article, or, where nothing is chosen, the articles of the graph.
 */
import { later } from "./canvas.js";
import { articleById, articles, entityById, factById, facts, factsIn, factsOf, push, relations, sourced, statusById, terms, typeById } from "./data.js";
import { byId, h, sign } from "./dom.js";
import { factShown } from "./filter.js";
import { route } from "./path.js";
import { expand, folded, STEP } from "./places.js";
import { entry, filler, hue, quotes } from "./quote.js";
import { copy } from "./save.js";
import { question } from "./sparql.js";
import { chosen, set, state } from "./state.js";
import { date, kindName, pick, roleName, t } from "./words.js";

// What one asks of a person first; then what there is most of.
const FOREMOST = ["holds_post", "personnel_change"];
const FIRST = 30; // facts at once; a hub may have thousands

let whole = false;

/** @param {boolean} [all] every fact at once, for paper */
export function showPanel(all = false) {
  whole = all;
  const { sort, id } = chosen();
  const panel = byId("panel");
  const entity = sort === "n" ? entityById.get(id) : undefined;
  const fact = sort === "f" ? factById.get(id) : undefined;
  const article = sort === "a" ? articleById.get(id) : undefined;
  const parts = entity ? entityView(entity) : fact ? factView(fact) : article ? articleView(article) : overview();
  const back = sort ? h("button.back", { type: "button", "aria-label": t("close"), title: t("close"), onclick: () => set({ chosen: "" }) }, "×") : null;
  panel.replaceChildren(...[back, ...parts].filter((p) => p !== null));
  panel.scrollTop = 0;
  document.body.classList.toggle("chosen", sort !== "");
}

/** @param {string} text */
const title = (text) => h("h2", { tabindex: "-1" }, text);

/** @param {import("./data.js").Entity} entity */
function entityView(entity) {
  const own = factsOf.get(entity.id) ?? [];
  const out = relations.filter(([from, , to]) => from === entity.id || to === entity.id);
  const props = entity.props.flatMap(([name, fillers]) => entry(pick(terms[name], name), fillers));
  return [
    h("p.eyebrow", {}, sign(entity.type), pick(typeById.get(entity.type)?.label, entity.type)),
    title(entity.name),
    entity.aliases.length ? h("p.aliases", {}, h("span", {}, t("aliases") + " "), entity.aliases.join(" · ")) : null,
    h("p.actions", {}, neighbours(entity), starter(entity)),
    ...wayView(),
    props.length ? h("dl.roles", {}, ...props) : null,
    ...factList(own),
    out.length ? h("h3", {}, t("relations")) : null,
    out.length
      ? h("ul.relations", {}, ...out.map(([from, name, to]) =>
          h("li", {}, from === entity.id ? "" : filler({ n: from }), h("em", {}, pick(terms[name], name)), to === entity.id ? "" : filler({ n: to }))))
      : null,
    noSources(),
    query("n", entity.id),
  ];
}

/** Marks where a way begins, or forgets it. @param {import("./data.js").Entity} entity */
function starter(entity) {
  if (state.start === entity.id) return h("button", { type: "button", id: "way", onclick: () => set({ start: "" }) }, t("noWay"));
  return h("button", { type: "button", id: "way", onclick: () => {
    set({ start: entity.id });
    byId("search").focus();
  } }, t("wayFrom"));
}

/** The way from the marked start to here, step by step. */
function wayView() {
  if (!state.start) return [];
  const start = filler({ n: state.start });
  const steps = route();
  if (!steps) return [h("p.none", {}, t("wayHint"))];
  const forget = h("button", { type: "button", onclick: () => set({ start: "" }) }, t("noWay"));
  if (!steps.length) return [h("h3", {}, t("way")), h("p.none", {}, start, ": ", t("noRoute")), forget];
  return [
    h("h3", {}, t("way")),
    h("ol.way", {}, h("li", {}, start), ...steps.map(({ to, fact, name }) =>
      h("li", { "data-fact": fact?.id }, fact ? h("button.link", { type: "button", onclick: () => set({ chosen: "f:" + fact.id }) }, kindName(fact.kind)) : h("em", {}, pick(terms[name], name)),
        " → ", filler({ n: to }), ...(fact ? quotes(fact).slice(0, 1) : [])))),
    forget,
  ];
}

/** @param {import("./data.js").Entity} entity */
function neighbours(entity) {
  const left = folded(entity.id);
  if (!left) return null;
  const draw = () => {
    expand(entity.id);
    if (!state.open.includes(entity.id) || left > STEP) set({ open: [...state.open, entity.id] });
    showPanel();
    later();
  };
  return h("button.more", { type: "button", id: "neighbours", onclick: draw }, left > STEP ? t("someNeighbours", { n: STEP, all: left }) : t("neighbours"));
}

/** @param {import("./data.js").Fact} fact */
function factView(fact) {
  return [h("p.eyebrow", {}, t("kinds")), title(kindName(fact.kind)), card(fact, true), noSources(), ...sources(fact), query("f", fact.id)];
}

/** The question that gives what the panel shows, to copy. @param {"n" | "f" | "a"} sort @param {string} id */
function query(sort, id) {
  const text = question(sort, id);
  if (!text) return null;
  return h(
    "details.query",
    {},
    h("summary", {}, t("sparql")),
    h("button", { type: "button", "data-copy": sort, onclick: () => copy(text) }, t("copy")),
    h("pre", { tabindex: "0", "aria-label": t("sparql") }, text),
  );
}

/** The articles of a fact in full. @param {import("./data.js").Fact} fact */
function sources(fact) {
  const own = [...new Set(fact.arts)].map((i) => articles[i]);
  return own.length ? [h("h3", {}, t("source")), ...own.map((a) => h("section.article", {}, h("h4", {}, a.headline || t("noHeadline")), meta(a)))] : [];
}

/** @param {import("./data.js").Article} article */
function articleView(article) {
  return [
    h("p.eyebrow", {}, t("article")),
    title(article.headline || t("noHeadline")),
    article.abstract ? h("p.abstract", { lang: "vi" }, article.abstract) : null,
    meta(article),
    ...factList(factsIn.get(articles.indexOf(article)) ?? []),
    query("a", article.id),
  ];
}

function overview() {
  if (!facts.length && !entityById.size && !articles.length) return [title(t("empty"))];
  return [
    title(t("overview")),
    h("p.start", {}, t("start")),
    noSources(),
    ...list(articles, (a) =>
      h(
        "section.article",
        {},
        h("h3", {}, h("button.link", { type: "button", onclick: () => set({ chosen: "a:" + a.id }) }, a.headline || t("noHeadline"))),
        a.abstract ? h("p.abstract", { lang: "vi" }, a.abstract) : null,
        meta(a),
      ), "moreRows"),
  ];
}

function noSources() {
  return facts.length && !sourced ? h("p.none", {}, t("noSources")) : null;
}

/** @param {import("./data.js").Article} article */
function meta(article) {
  const rows = [
    ...(article.date ? [h("dt", {}, t("date")), h("dd", {}, h("time", { datetime: article.date }, date(article.date)))] : []),
    ...(article.publisher.length ? entry(t("publisher"), article.publisher) : []),
    ...(article.authors.length ? entry(t("author"), article.authors) : []),
    ...(article.about.length ? entry(t("about"), article.about) : []),
    ...(article.captions.length ? [h("dt", {}, t("captions")), ...article.captions.map((c) => h("dd", { lang: "vi" }, c))] : []),
  ];
  return rows.length ? h("dl.meta", {}, ...rows) : null;
}

/** @param {import("./data.js").Fact[]} own */
function factList(own) {
  if (!own.length) return [];
  const shown = own.filter(factShown);
  /** @type {Map<string, import("./data.js").Fact[]>} */
  const groups = new Map();
  for (const fact of shown) push(groups, fact.kind, fact);
  const rank = (/** @type {string} */ kind) => (FOREMOST.includes(kind) ? FOREMOST.indexOf(kind) : FOREMOST.length);
  const ordered = [...groups].sort(([a, x], [b, y]) => rank(a) - rank(b) || y.length - x.length);
  return [
    h("h3", {}, t("factsOf", { n: shown.length })),
    ...ordered.map(([kind, facts]) =>
      h("section.kind", { "data-group": kind }, h("h4", {}, kindName(kind), " ", h("small", {}, t("count", { n: facts.length }))), ...list(inTime(facts), (f) => card(f), "moreFacts")),
    ),
  ];
}

/** The newest first; what has no time stays in the order of the text, behind. @param {import("./data.js").Fact[]} facts */
function inTime(facts) {
  return [...facts].sort((a, b) => (a.when === b.when ? 0 : a.when < b.when ? 1 : -1));
}

/**
 * The first of many things, and a button for the next.
 * @template T @param {T[]} all @param {(one: T) => HTMLElement} draw @param {string} more
 * @returns {HTMLElement[]}
 */
function list(all, draw, more) {
  const box = h("div.list");
  const step = whole ? all.length : FIRST;
  let at = 0;
  const next = () => {
    const first = at;
    box.querySelector(":scope > button.more")?.remove();
    box.append(...all.slice(at, at + step).map(draw));
    at += step;
    if (at < all.length) box.append(h("button.more", { type: "button", onclick: next }, t(more, { n: Math.min(step, all.length - at) })));
    if (first) box.children[first]?.querySelector("button")?.focus();
  };
  next();
  return [box];
}

/** @param {import("./data.js").Fact} fact @param {boolean} [alone] the card is the panel's subject */
function card(fact, alone = false) {
  const roles = fact.roles.flatMap(([role, fillers]) => entry(roleName(fact.kind, role), fillers, hue(fact, role)));
  return h(
    "article.fact",
    { "data-fact": fact.id, "data-kind": fact.kind },
    h(
      "header",
      {},
      alone ? null : h("button.link", { type: "button", "aria-label": `${kindName(fact.kind)}: ${t("openFact")}`, onclick: () => set({ chosen: "f:" + fact.id }) }, t("openFact")),
      fact.said > 1 ? h("small.said", {}, t("said", { n: fact.said })) : null,
      h("span.status", { "data-status": fact.status }, pick(statusById.get(fact.status)?.label, fact.status)),
    ),
    h("dl.roles", {}, ...roles),
    ...quotes(fact),
    alone && fact.rule ? h("p.rule", {}, `${t("rule")}: `, h("code", {}, fact.rule)) : null,
  );
}
