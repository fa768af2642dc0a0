/**
 * Facts as a file for spreadsheets.
 */
import { articles, iriOf, statusById } from "./data.js";
import { said } from "./quote.js";
import { kindName, pick, plain, roleName, t } from "./words.js";

/** A cell: quoted where it must be; what a spreadsheet would take for a formula gets an apostrophe. @param {string} text */
function cell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+%?$/.test(text) ? "'" + text : text;
  return /[",\n\r;]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

/** One line for each sentence that states a fact. @param {import("./data.js").Fact[]} facts @returns {string} */
export function csv(facts) {
  const head = ["kind", "details", "status", "quote", "publisher", "date", "article", "startChar", "endChar"].map((key) => t(key));
  const lines = [[...head, "IRI"]];
  for (const fact of facts) {
    const details = fact.roles.map(([role, fillers]) => `${roleName(fact.kind, role)}: ${fillers.map(plain).join(", ")}`).join("; ");
    const about = [kindName(fact.kind), details, pick(statusById.get(fact.status)?.label, fact.status)];
    for (const one of fact.ev.length ? fact.ev : [undefined]) {
      const article = one && articles[one.art];
      lines.push([
        ...about,
        one ? said(one) : "",
        article ? article.publisher.map(plain).join(", ") : "",
        article?.date ?? "",
        article?.headline ?? "",
        ...(one && one.at[0] >= 0 ? one.at.map(String) : ["", ""]),
        iriOf(fact.id),
      ]);
    }
  }
  // The mark at the beginning tells Excel that it is UTF-8.
  return "\ufeff" + lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}
