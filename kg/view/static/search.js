/**
 * The search field: a list of entities and facts, moved through by the arrow keys.
 */
import { byId, h, sign } from "./dom.js";
import { entities, facts, typeById } from "./data.js";
import { fold, score } from "./fold.js";
import { set, state } from "./state.js";
import { said } from "./quote.js";
import { kindName, pick, plain, t } from "./words.js";

const MOST = 12;
let at = -1;
/** @type {{key: string, element: HTMLElement}[]} */
let shown = [];

const field = () => /** @type {HTMLInputElement} */ (byId("search"));

export function startSearch() {
  const input = field();
  input.addEventListener("input", find);
  input.addEventListener("focus", find);
  // At once: a delayed close would empty the list of the next search. A press on the list itself keeps the focus.
  input.addEventListener("blur", close);
  byId("results").addEventListener("mousedown", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && shown.length) {
      event.preventDefault();
      take(shown[Math.max(at, 0)].key);
    } else if (event.key === "Escape") {
      if (input.value) set({ q: (input.value = "") });
      else input.blur();
      close();
    }
  });
}

/** Brings back what the address says was sought. */
export function showSearch() {
  if (document.activeElement !== field()) field().value = state.q;
}

function find() {
  const query = field().value;
  set({ q: query.trim() });
  if (!query.trim()) return close();
  const found = entities
    .map((e) => ({ e, points: score(query, [e.name, ...e.aliases]) }))
    .filter((r) => r.points > 0)
    .sort((a, b) => b.points - a.points || b.e.weight - a.e.weight);
  const list = found.slice(0, MOST).map(({ e }) =>
    option("n:" + e.id, sign(e.type), h("b", {}, e.name), h("small", {}, pick(typeById.get(e.type)?.label))),
  );
  shown = list;
  at = -1;
  byId("results").hidden = false;
  field().setAttribute("aria-expanded", "true");
  field().removeAttribute("aria-activedescendant");
  clearTimeout(waiting);
  const words = fold(query.normalize("NFC")).split(/\s+/).filter(Boolean);
  if (list.length < MOST && words.length) scan(words, 0);
  else showResults(true);
}

let waiting = 0;
const SLICE = 40; // milliseconds at a time: typing goes on while many facts are read

/** Adds facts that hold all words. @param {string[]} words @param {number} from number of a fact */
function scan(words, from) {
  const end = performance.now() + SLICE;
  let i = from;
  for (; i < facts.length && shown.length < MOST; i++) {
    if (i > from && i % 64 === 0 && performance.now() > end) break;
    const fact = facts[i];
    const text = factText(fact);
    if (words.every((w) => text.folded.includes(w))) {
      shown.push(option("f:" + fact.id, h("i.quote", { "aria-hidden": "true" }, "“"), h("b", {}, text.short), h("small", {}, kindName(fact.kind))));
    }
  }
  const done = i >= facts.length || shown.length >= MOST;
  showResults(done);
  if (!done) waiting = setTimeout(() => scan(words, i), 0);
}

/** @param {boolean} done nothing more is looked for */
function showResults(done) {
  const none = done ? t("noResult", { q: field().value.trim() }) : "…";
  byId("results").replaceChildren(...(shown.length ? shown.map((o) => o.element) : [h("p", {}, none)]));
  if (done) byId("live").textContent = t("results", { n: shown.length });
}

/** @type {Map<string, {folded: string, short: string}>} */
const texts = new Map();

/** @param {import("./data.js").Fact} fact */
function factText(fact) {
  let text = texts.get(fact.id);
  if (!text) {
    const quote = fact.ev.map(said).join(" ");
    const roles = fact.roles.flatMap(([, fillers]) => fillers.map(plain)).join(" · ");
    text = { folded: fold(quote + " " + roles), short: roles };
    texts.set(fact.id, text);
  }
  return text;
}

/** @param {string} key @param {...(HTMLElement)} parts */
function option(key, ...parts) {
  const element = h("div", { role: "option", "aria-selected": "false", "data-key": key, onmousedown: () => take(key) }, ...parts);
  return { key, element };
}

/** @param {number} by */
function move(by) {
  if (!shown.length) return;
  at = (at + by + shown.length) % shown.length;
  shown.forEach(({ element }, i) => {
    element.id = "option-" + i;
    element.setAttribute("aria-selected", String(i === at));
  });
  field().setAttribute("aria-activedescendant", "option-" + at);
  shown[at].element.scrollIntoView({ block: "nearest" });
}

/** @param {string} key */
function take(key) {
  field().value = "";
  close();
  set({ chosen: key, q: "" });
  byId("panel").querySelector("h2")?.focus();
}

function close() {
  clearTimeout(waiting);
  shown = [];
  byId("results").hidden = true;
  field().setAttribute("aria-expanded", "false");
}
