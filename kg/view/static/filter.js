/**
 * Which entities and facts the filters let through.
 */
import { articles, entities, entityById, factById, facts, factsOf, relations } from "./data.js";
import { state } from "./state.js";

const related = new Set(relations.flatMap(([from, , to]) => [from, to]));

/** The paper of each article, "" for unknown. */
export const papers = articles.map((a) => a.publisher.map((p) => entityById.get(p.n ?? "")?.name ?? p.t ?? "").filter(Boolean).join(", "));

/** The parts of the state that are filters. */
export const FILTERS = /** @type {const} */ (["hidden", "paper", "since", "until", "least"]);

/** @returns {boolean} true while something is filtered away */
export function filtered() {
  return Object.values(state.hidden).some((names) => names.size) || narrowed();
}

/** @returns {boolean} true while facts are filtered by more than kind and status */
function narrowed() {
  return state.paper !== "" || state.since !== "" || state.until !== "" || state.least > 1;
}

/** @param {string} when a date as precise as it is @returns {boolean} */
function inPeriod(when) {
  const { since, until } = state;
  if (!since && !until) return true;
  if (!when) return false;
  const from = Math.min(when.length, since.length);
  const to = Math.min(when.length, until.length);
  return when.slice(0, from) >= since.slice(0, from) && (!until || when.slice(0, to) <= until.slice(0, to));
}

/** @param {import("./data.js").Fact} fact @returns {boolean} */
export function factShown(fact) {
  if (state.hidden.kinds.has(fact.kind) || state.hidden.statuses.has(fact.status)) return false;
  if (!narrowed()) return true;
  if (fact.said < state.least || (state.paper && !fact.arts.some((at) => papers[at] === state.paper))) return false;
  return inPeriod(fact.when);
}

/**
 * An entity stays while its type is on and, where it has facts, one of them is on.
 * @param {{id: string, type: string}} entity @returns {boolean}
 */
export function entityShown(entity) {
  if (state.hidden.types.has(entity.type)) return false;
  const own = factsOf.get(entity.id);
  if (!state.hidden.kinds.size && !state.hidden.statuses.size && !narrowed()) return true;
  return own ? own.some(factShown) : related.has(entity.id) && relationsShown();
}

/** Direct relations are no kind of fact and said by nobody: they go when facts are filtered by these. @returns {boolean} */
export function relationsShown() {
  return state.hidden.kinds.size === 0 && !narrowed();
}

/** An edge stays while one of the facts that it stands for is on. @param {import("./data.js").DrawnEdge} edge @returns {boolean} */
export function edgeShown(edge) {
  const fact = factById.get(edge.fact);
  if (!fact) return relationsShown();
  if (factShown(fact) || (edge.times ?? 1) < 2) return factShown(fact);
  return (factsOf.get(edge.from) ?? []).some(
    (f) => f.kind === edge.kind && f.status === edge.status && factShown(f) && f.members.some((m) => entities[m].id === edge.to),
  );
}

/** @returns {{entities: number, facts: number}} how many are on */
export function counts() {
  return { entities: entities.filter(entityShown).length, facts: facts.filter(factShown).length };
}
