/**
 * The shortest way between two things, over facts that the filters let through.
 */
import { entities, factsOf, relations } from "./data.js";
import { factShown, relationsShown } from "./filter.js";
import { chosen, state } from "./state.js";

/** @typedef {{from: string, to: string, fact: import("./data.js").Fact | null, name: string}} Step `name`: of a direct relation */

/** The way from the marked start to what is chosen: null without a start, empty where none leads there. @returns {Step[] | null} */
export function route() {
  const { sort, id } = chosen();
  if (!state.start || sort !== "n" || state.start === id) return null;
  return way(state.start, id);
}

/** @param {string} from @param {string} to @returns {Step[]} */
function way(from, to) {
  /** @type {Map<string, Step | null>} */
  const came = new Map([[from, null]]);
  let edge = [from];
  while (edge.length && !came.has(to)) {
    /** @type {string[]} */
    const next = [];
    for (const at of edge) {
      for (const step of steps(at)) {
        if (came.has(step.to)) continue;
        came.set(step.to, step);
        next.push(step.to);
      }
    }
    edge = next;
  }
  const found = [];
  for (let step = came.get(to); step; step = came.get(step.from)) found.unshift(step);
  return found;
}

/** @param {string} at @returns {Step[]} */
function steps(at) {
  const found = [];
  for (const fact of factsOf.get(at) ?? []) {
    if (factShown(fact)) for (const m of fact.members) found.push({ from: at, to: entities[m].id, fact, name: "" });
  }
  if (relationsShown()) {
    for (const [from, name, to] of relations) {
      if (from === at || to === at) found.push({ from: at, to: from === at ? to : from, fact: null, name });
    }
  }
  return found;
}
