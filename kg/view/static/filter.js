/**
 * Which entities and facts the filters let through.
 */
import { entities, facts, factsOf, relations } from "./data.js";
import { state } from "./state.js";

const related = new Set(relations.flatMap(([from, , to]) => [from, to]));

/** @param {{kind: string, status: string}} fact @returns {boolean} */
export function factShown(fact) {
  return !state.hidden.kinds.has(fact.kind) && !state.hidden.statuses.has(fact.status);
}

/**
 * An entity stays while its type is on and, where it has facts, one of them is on.
 * @param {{id: string, type: string}} entity @returns {boolean}
 */
export function entityShown(entity) {
  if (state.hidden.types.has(entity.type)) return false;
  const own = factsOf.get(entity.id);
  const filtered = state.hidden.kinds.size || state.hidden.statuses.size;
  if (!filtered) return true;
  return own ? own.some(factShown) : related.has(entity.id) && !state.hidden.kinds.size;
}

/** Direct relations are no kind of fact: they go when facts are filtered by kind. @returns {boolean} */
export function relationsShown() {
  return state.hidden.kinds.size === 0;
}

/** @returns {{entities: number, facts: number}} how many are on */
export function counts() {
  return { entities: entities.filter(entityShown).length, facts: facts.filter(factShown).length };
}
