/**
 * The sentence that states a fact, with the stretch lit and the words of each role marked.
 */
import { articleById, articles, entityById, sourced } from "./data.js";
import { h, sign } from "./dom.js";
import { set } from "./state.js";
import { date, plain, roleName, t } from "./words.js";

/** @param {import("./data.js").Fact} fact @returns {HTMLElement[]} */
export function quotes(fact) {
  if (!sourced) return [];
  if (!fact.ev.length) return [h("p.none", {}, t("noEvidence"))];
  return fact.ev.map((one) => quote(one, fact));
}

/** The words of the text that state a fact. @param {import("./data.js").Evidence} one @returns {string} */
export const said = (one) => one.parts.filter((p) => p[1]).map((p) => p[0]).join("");

/** @param {import("./data.js").Evidence} one @param {import("./data.js").Fact} fact */
function quote(one, fact) {
  const line = h("p", { lang: "vi" });
  let mark = null;
  for (const [text, inside, role] of one.parts) {
    const words = role ? h("span.role", { "data-role": role, "data-hue": hue(fact, role), title: roleName(fact.kind, role) }, text) : text;
    if (inside) {
      if (!mark) line.append((mark = h("mark")));
      mark.append(words);
    } else {
      mark = null;
      line.append(words);
    }
  }
  const article = articles[one.art];
  return h(
    "blockquote",
    {},
    line,
    h(
      "footer",
      {},
      article ? articleLink(article) : t("noArticle"),
      article?.publisher.length ? h("cite", {}, article.publisher.map(plain).join(", ")) : null,
      article?.date ? h("time", { datetime: article.date }, date(article.date)) : null,
      one.at[0] >= 0 ? h("span.chars", {}, t("chars", { start: one.at[0], end: one.at[1] })) : null,
    ),
  );
}

/** @param {import("./data.js").Article} article */
export function articleLink(article) {
  return h("button.link", { type: "button", onclick: () => set({ chosen: "a:" + article.id }) }, article.headline || t("noHeadline"));
}

/** A filler as an element: an entity or an article is a way to it. @param {import("./data.js").Filler} filler */
export function filler(filler) {
  if (filler.n !== undefined && entityById.has(filler.n)) {
    const id = filler.n;
    return h("button.link.entity", { type: "button", "data-node": id, onclick: () => set({ chosen: "n:" + id }) }, sign(entityById.get(id)?.type ?? ""), plain(filler));
  }
  const article = filler.n === undefined ? undefined : articleById.get(filler.n);
  return article ? articleLink(article) : h("span", {}, plain(filler));
}

/** The colour of a role within its fact: a number of the style sheet's. @param {import("./data.js").Fact} fact @param {string} role @returns {string | undefined} */
export function hue(fact, role) {
  const at = fact.roles.findIndex(([name]) => name === role);
  return at < 0 ? undefined : String(at % 8);
}

/**
 * @param {string} name @param {import("./data.js").Filler[]} fillers @param {string} [colour] of the role
 * @returns {HTMLElement[]} a term and its values
 */
export function entry(name, fillers, colour) {
  return [h("dt", { "data-hue": colour }, name), ...fillers.map((f) => h("dd", {}, filler(f)))];
}
