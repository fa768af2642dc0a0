/**
 * When things fall: bars of articles and of dated facts, and two handles that choose a period.
 */
import { articles, facts } from "./data.js";
import { h } from "./dom.js";
import { set, state } from "./state.js";
import { date, t } from "./words.js";

/** @param {string} when @returns {string} the part that is a plain date, or "" */
const plainDate = (when) => /^\d{4}(?:-\d\d(?:-\d\d)?)?/.exec(when)?.[0] ?? "";
const told = articles.map((a) => plainDate(a.date)).filter(Boolean).sort();
const dated = facts.map((f) => plainDate(f.time)).filter(Boolean).sort();
const buckets = divide([...told, ...dated].sort());

/** Days, months or years, whichever give bars that can be seen. @param {string[]} all sorted @returns {string[]} */
function divide(all) {
  if (all.length < 2) return [];
  // A few dates lie far off (a law of long ago, a plan for 2050): they fall into the first and the last bar.
  const [first, last] = [all[Math.floor(all.length * 0.01)], all[Math.ceil(all.length * 0.99) - 1]];
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4));
  const size = years > 5 ? 4 : first.slice(0, 7) !== last.slice(0, 7) || first.length < 10 ? 7 : 10;
  const found = [];
  for (let at = new Date(first.padEnd(10, "-01").slice(0, 10) + "T00:00:00Z"); found.length < 400; ) {
    const name = at.toISOString().slice(0, size);
    found.push(name);
    if (name >= last.slice(0, size)) break;
    if (size === 4) at.setUTCFullYear(at.getUTCFullYear() + 1);
    else if (size === 7) at.setUTCMonth(at.getUTCMonth() + 1, 1);
    else at.setUTCDate(at.getUTCDate() + 1);
  }
  return found.length > 1 ? found : [];
}

/** @param {string[]} dates @returns {number[]} how many fall into each bucket */
function share(dates) {
  const size = buckets[0].length;
  const found = buckets.map(() => 0);
  for (const when of dates) {
    if (when.length < size) continue;
    const at = buckets.indexOf(when.slice(0, size));
    found[at >= 0 ? at : when < buckets[0] ? 0 : buckets.length - 1]++;
  }
  return found;
}

/** @returns {HTMLElement | null} null where there is only one time */
export function periodView() {
  if (!buckets.length) return null;
  const rows = [["articles", share(told)], ["facts", share(dated)]];
  const from = Math.max(buckets.indexOf(state.since), 0);
  const to = state.until && buckets.includes(state.until) ? buckets.indexOf(state.until) : buckets.length - 1;
  const bars = rows.filter(([, counts]) => /** @type {number[]} */ (counts).some(Boolean)).map(([name, counts]) => {
    const numbers = /** @type {number[]} */ (counts);
    const most = Math.max(...numbers);
    return h("div.bars", { "data-bars": name, role: "img", "aria-label": t(name === "articles" ? "whenArticles" : "whenFacts") },
      ...numbers.map((n, i) => {
        const bar = h("i", { title: `${date(buckets[i])}: ${n}`, class: i < from || i > to ? "out" : undefined });
        bar.style.height = n ? Math.max((100 * n) / most, 6) + "%" : "0";
        return bar;
      }));
  });
  return h("section.period", {}, h("h2", {}, t("period")), ...bars,
    handle("since", from, (i) => (i <= 0 ? "" : buckets[Math.min(i, to)])),
    handle("until", to, (i) => (i >= buckets.length - 1 ? "" : buckets[Math.max(i, from)])),
    h("p", {}, `${date(buckets[from])} – ${date(buckets[to])}`));
}

/** @param {"since" | "until"} name @param {number} at @param {(i: number) => string} value */
function handle(name, at, value) {
  const input = /** @type {HTMLInputElement} */ (h("input", {
    type: "range", min: 0, max: buckets.length - 1, value: at, id: name, "data-row": "period:" + name,
    "aria-label": t(name), "aria-valuetext": date(buckets[at]),
  }));
  input.addEventListener("change", () => set({ [name]: value(Number(input.value)) }));
  return input;
}
