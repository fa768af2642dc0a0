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
  if (list.length < MOST) {
    const words = fold(query.normalize("NFC")).split(/\s+/).filter(Boolean);
    const room = MOST - list.length;
    for (const fact of facts) {
      if (list.length >= found.length + room) break;
      const text = words.length && factText(fact);
      if (text && words.every((w) => text.folded.includes(w))) {
        list.push(option("f:" + fact.id, h("i.quote", { "aria-hidden": "true" }, "“"), h("b", {}, text.short), h("small", {}, kindName(fact.kind))));
      }
    }
  }
  shown = list;
  at = -1;
  const box = byId("results");
  box.replaceChildren(...(list.length ? list.map((o) => o.element) : [h("p", {}, t("noResult", { q: query.trim() }))]));
  box.hidden = false;
  field().setAttribute("aria-expanded", "true");
  field().removeAttribute("aria-activedescendant");
  byId("live").textContent = t("results", { n: list.length });
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
  shown = [];
  byId("results").hidden = true;
  field().setAttribute("aria-expanded", "false");
}
