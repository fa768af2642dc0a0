/**
 * The question in SPARQL whose answer is what the panel shows.
 */
import { iriOf, kindById, prefixes } from "./data.js";
import { state } from "./state.js";

const NOT_ROLES = ["rdf:type", "vk:status", "vk:statedIn", "prov:wasDerivedFrom", "prov:wasGeneratedBy"];

/** @param {string[]} names @param {(name: string) => string} term @param {(list: string) => string} line */
function without(names, term, line) {
  return names.length ? ["  " + line(names.map(term).sort().join(", "))] : [];
}

/**
 * Every fact of an entity or of an article, or one fact, with the roles, the sentence and its article; what the
 * filters hide is left out.
 * @param {"n" | "f" | "a"} sort @param {string} id @returns {string} "" for what has no IRI
 */
export function question(sort, id) {
  const iri = iriOf(id);
  if (!iri || /[\u0000-\u0020<>"{}|^`\\]/.test(iri)) return "";
  const kinds = [...state.hidden.kinds].map((k) => kindById.get(k)?.class ?? "").filter(Boolean);
  const lines = [
    ...prefixes.map(([name, namespace]) => `PREFIX ${name}: <${namespace}>`),
    "SELECT DISTINCT ?fact ?kind ?status ?role ?value ?quote ?headline ?published WHERE {",
    ...(sort === "n"
      ? [`  { ?fact ?any <${iri}> } UNION { BIND(<${iri}> AS ?fact) }`]
      : sort === "a"
        ? [`  ?fact prov:wasDerivedFrom/oa:hasSource <${iri}> .`]
        : [`  BIND(<${iri}> AS ?fact)`]),
    "  ?fact a ?kind ; vk:status ?status ; ?role ?value .",
    '  FILTER(STRSTARTS(STR(?kind), STR(vk:)))',
    ...without(NOT_ROLES, String, (list) => `FILTER(?role NOT IN (${list}))`),
    ...(sort === "f" ? [] : without(kinds, String, (list) => `FILTER(?kind NOT IN (${list}))`)),
    ...(sort === "f" ? [] : without([...state.hidden.statuses], (s) => "vk:" + s, (list) => `FILTER(?status NOT IN (${list}))`)),
    "  OPTIONAL {",
    "    ?fact prov:wasDerivedFrom ?evidence .",
    "    ?evidence oa:hasSelector/oa:exact ?quote ; oa:hasSource ?article .",
    "    OPTIONAL { ?article schema:headline ?headline }",
    "    OPTIONAL { ?article schema:datePublished ?published }",
    "  }",
    "} ORDER BY ?kind ?fact ?role",
  ];
  return lines.join("\n") + "\n";
}
