/**
 * The ways out of the page: link, pictures, dossier, a frame for another page.
 */
import { byId, h } from "./dom.js";
import { showPanel } from "./panel.js";
import { savePicture } from "./picture.js";
import { copy } from "./save.js";
import { address, set, state } from "./state.js";
import { t } from "./words.js";

/** The list of ways, closed after each. */
export function showShare() {
  const box = byId("share-list");
  const way = (/** @type {string} */ id, /** @type {() => void} */ go) =>
    h("button", { type: "button", id: "share-" + id, onclick: () => {
      /** @type {HTMLDetailsElement} */ (byId("share")).open = false;
      go();
    } }, t("share-" + id));
  box.replaceChildren(
    way("link", () => copy(location.href)),
    ...(state.view === "graph" ? [way("png", () => savePicture("png")), way("svg", () => savePicture("svg"))] : []),
    way("print", print_),
    way("embed", () => copy(frame())),
  );
}

/** The markup that shows this view within another page. @returns {string} */
function frame() {
  const here = location.href.replace(/#.*$/, "");
  const link = here + address() + (address().length > 1 ? "&" : "") + "embed=1";
  const iframe = h("iframe", { src: "about:blank", width: 800, height: 560, loading: "lazy", title: document.title });
  iframe.setAttribute("src", link);
  return iframe.outerHTML;
}

/** What is open in the panel, whole, as a dossier on paper. */
function print_() {
  document.body.classList.toggle("dossier", state.chosen !== "");
  showPanel(true);
  addEventListener("afterprint", () => {
    document.body.classList.remove("dossier");
    showPanel();
  }, { once: true });
  print();
}

/** In another page: the drawing and a way to the whole page. */
export function showEmbedded() {
  document.body.classList.toggle("embedded", state.embed);
  byId("whole").hidden = !state.embed;
}

export function startShare() {
  byId("whole").addEventListener("click", () => set({ embed: false }));
  document.addEventListener("click", (event) => {
    const share = /** @type {HTMLDetailsElement} */ (byId("share"));
    if (event.target instanceof Node && !share.contains(event.target)) share.open = false;
  });
  byId("share").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    /** @type {HTMLDetailsElement} */ (byId("share")).open = false;
    byId("share").querySelector("summary")?.focus();
    event.stopPropagation();
  });
}
