// The editor: asks /sparql and shows what comes back. All text goes in as text, never as markup.
const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("data")).textContent || "{}");
const form = /** @type {HTMLFormElement} */ (document.getElementById("ask"));
const query = /** @type {HTMLTextAreaElement} */ (document.getElementById("query"));
const named = /** @type {HTMLSelectElement} */ (document.getElementById("named"));
const told = /** @type {HTMLElement} */ (document.getElementById("told"));
const result = /** @type {HTMLElement} */ (document.getElementById("result"));
const base = data.prefixes.d;

/** @param {string} accept @returns {Promise<Response>} */
const ask = (accept) =>
  fetch("/sparql", {
    method: "POST",
    headers: { "Content-Type": "application/sparql-query", Accept: accept },
    body: query.value,
  });

/** @param {string} iri @returns {string} */
const short = (iri) => {
  const found = Object.entries(data.prefixes)
    .filter(([, space]) => iri.startsWith(/** @type {string} */ (space)))
    .sort((a, b) => /** @type {string} */ (b[1]).length - /** @type {string} */ (a[1]).length)[0];
  return found ? `${found[0]}:${iri.slice(/** @type {string} */ (found[1]).length)}` : iri;
};

/** @param {{type: string, value: string} | undefined} term @returns {Node} */
const cell = (term) => {
  if (!term) return document.createTextNode("");
  if (term.type !== "uri" || !term.value.startsWith(base)) {
    return document.createTextNode(term.type === "uri" ? short(term.value) : term.value);
  }
  const link = document.createElement("a");
  const local = term.value.slice(base.length);
  link.href = `/${local.startsWith("article-") ? "article" : "id"}/${encodeURIComponent(local)}?lang=${document.documentElement.lang}`;
  link.textContent = short(term.value);
  return link;
};

/** @param {{head: {vars: string[]}, results: {bindings: Record<string, {type: string, value: string}>[]}}} found */
const table = (found) => {
  const made = document.createElement("table");
  const head = made.createTHead().insertRow();
  for (const name of found.head.vars) {
    const th = document.createElement("th");
    th.textContent = name;
    head.append(th);
  }
  const body = made.createTBody();
  for (const row of found.results.bindings) {
    const line = body.insertRow();
    for (const name of found.head.vars) line.insertCell().append(cell(row[name]));
  }
  return made;
};

const show = async () => {
  told.textContent = data.words.running;
  result.replaceChildren();
  try {
    const answer = await ask("application/sparql-results+json, text/turtle;q=0.9");
    const text = await answer.text();
    if (!answer.ok) throw new Error(text.trim());
    if ((answer.headers.get("Content-Type") || "").startsWith("text/turtle")) {
      const pre = document.createElement("pre");
      pre.textContent = text;
      told.textContent = "";
      result.append(pre);
      return;
    }
    const found = JSON.parse(text);
    if ("boolean" in found) {
      told.textContent = found.boolean ? data.words.yes : data.words.no;
      return;
    }
    const count = found.results.bindings.length;
    told.textContent = count ? `${data.words.rows}: ${count}` : data.words.empty;
    if (count) result.append(table(found));
    result.focus();
  } catch (error) {
    const line = document.createElement("p");
    line.className = "error";
    line.textContent = error instanceof Error ? error.message : String(error);
    told.textContent = "";
    result.append(line);
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void show();
});
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
named.addEventListener("change", () => {
  const chosen = data.queries.find((/** @type {{name: string}} */ q) => q.name === named.value);
  if (chosen) query.value = chosen.text;
});
/** @type {HTMLElement} */ (document.getElementById("csv")).addEventListener("click", async () => {
  const answer = await ask("text/csv");
  if (!answer.ok) return show();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = `${named.value || "query"}.csv`;
  link.click();
  URL.revokeObjectURL(link.href);
});
