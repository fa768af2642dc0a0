/**
 * Starts the page and ties its parts to the state.
 */
import { fit, later, onScreen, showChosen, start, visible, zoom } from "./canvas.js";
import { articles, entities, entityById, facts } from "./data.js";
import { byId } from "./dom.js";
import { entityShown, filtered, FILTERS } from "./filter.js";
import { startKeys } from "./keys.js";
import { showLegend } from "./legend.js";
import { showPanel } from "./panel.js";
import { route } from "./path.js";
import { ensureDrawn, expand, places, STEP, unfold } from "./places.js";
import { showSearch, startSearch } from "./search.js";
import { showEmbedded, showShare, startShare } from "./share.js";
import { chosen, onChange, readAddress, set, state } from "./state.js";
import { showTable } from "./table.js";
import { t } from "./words.js";

/** Everything that stands in the template itself, in the chosen language. */
function showWords() {
  document.documentElement.lang = state.lang;
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = t(element.getAttribute("data-t") ?? "");
  for (const name of ["placeholder", "label", "title"]) {
    for (const element of document.querySelectorAll(`[data-t-${name}]`)) {
      element.setAttribute(name === "label" ? "aria-label" : name, t(element.getAttribute(`data-t-${name}`) ?? ""));
    }
  }
  byId("summary").textContent = t("summary", { articles: articles.length, nodes: entities.length, facts: facts.length });
}

function showChoices() {
  for (const lang of ["vi", "en"]) byId("lang-" + lang).setAttribute("aria-pressed", String(state.lang === lang));
  for (const view of ["graph", "table"]) byId("view-" + view).setAttribute("aria-pressed", String(state.view === view));
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  document.body.classList.toggle("tabled", state.view === "table");
  byId("skip").hidden = state.view === "table";
}

/** @param {Set<string>} changed */
function show(changed) {
  if (changed.has("lang")) showWords();
  if (changed.has("lang") || changed.has("view")) showShare();
  showEmbedded();
  showChoices();
  if (changed.has("lang") || changed.has("hidden") || FILTERS.some((part) => changed.has(part))) showLegend();
  const sifted = FILTERS.some((part) => changed.has(part));
  if (sifted && filtered()) fill();
  if (changed.has("q")) showSearch();
  const { sort, id } = chosen();
  const drawn = changed.has("chosen") && state.view === "graph";
  // Before the panel, which offers to draw the neighbours that are not there.
  if (drawn && (sort === "n" || sort === "f")) ensureDrawn(id);
  for (const step of route() ?? []) [step.from, step.to].forEach((end) => ensureDrawn(end));
  if (sifted || changed.has("lang") || changed.has("chosen") || changed.has("start")) showPanel();
  if (drawn) showChosen();
  showTable();
  later();
}

/** Filters may leave little of what is drawn: then the weightiest of the rest come in. */
function fill() {
  const left = [...places.keys()].filter((id) => entityById.has(id) && entityShown(/** @type {any} */ (entityById.get(id)))).length;
  if (left < STEP / 2) unfold(STEP - left);
}

/** What the address says was unfolded. */
function unfoldAgain() {
  state.open.forEach(expand);
  if (state.more) unfold(state.more * STEP);
}

function ready() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  readAddress();
  if (matchMedia("(max-width: 1080px)").matches) byId("filters").removeAttribute("open");
  unfoldAgain();
  start();
  startSearch();
  startKeys();
  startShare();
  onChange(show);
  show(new Set(["lang", "hidden", "chosen", "q"]));
  addEventListener("popstate", readAddress);
  addEventListener("hashchange", readAddress);
  dark.addEventListener("change", later);
  byId("zoom-in").addEventListener("click", () => zoom(1.35));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.35));
  byId("fit").addEventListener("click", () => fit());
  byId("unfold").addEventListener("click", () => {
    unfold(STEP);
    set({ more: state.more + 1 });
    fit();
  });
  byId("view-graph").addEventListener("click", () => set({ view: "graph" }));
  byId("view-table").addEventListener("click", () => set({ view: "table" }));
  byId("skip").addEventListener("click", () => {
    set({ view: "table" });
    byId("table").focus();
  });
  byId("lang-vi").addEventListener("click", () => set({ lang: "vi" }));
  byId("lang-en").addEventListener("click", () => set({ lang: "en" }));
  byId("theme").addEventListener("click", () => {
    const isDark = state.theme ? state.theme === "dark" : dark.matches;
    set({ theme: isDark ? "light" : "dark" });
  });
  // For whoever drives the page from outside: where things are, and how many.
  Object.assign(window, { kgView: { onScreen, fit, nodes: () => visible().map((n) => n.id) } });
  document.documentElement.dataset.ready = "yes";
}

ready();
