/**
 * Words, numbers and dates in the language that the reader chose.
 */
import { entityById, kindById, terms, ui } from "./data.js";
import { state } from "./state.js";

/**
 * A text of the page. "{n}" becomes a value, "{n|fact|facts}" a number and the noun in the form that goes with it.
 * @param {string} key @param {Record<string, string | number>} [values] @returns {string}
 */
export function t(key, values = {}) {
  const text = ui[state.lang][key] ?? key;
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) => {
    const value = values[name];
    if (value === undefined) return whole;
    const shown = typeof value === "number" ? number(value) : value;
    return one === undefined ? shown : `${shown} ${value === 1 ? one : many}`;
  });
}

/** @param {import("./data.js").Label | undefined} label @param {string} [other] @returns {string} */
export function pick(label, other = "") {
  return label?.[state.lang] || label?.vi || other;
}

const NUMBERS = { vi: new Intl.NumberFormat("vi-VN", { maximumFractionDigits: 6 }), en: new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 }) };

/** @param {number} value @returns {string} */
export function number(value) {
  return NUMBERS[state.lang].format(value);
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/**
 * A date as precise as it is: "2019-06-08T20:24:00+07:00", "2019-06", "2019", "--06-08", "2020/2025".
 * @param {string} text @returns {string}
 */
export function date(text) {
  if (text.includes("/")) return text.split("/").map(date).join(" – ");
  const m = /^(-|\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d))?/.exec(text);
  if (!m) return text;
  const [year, month, day] = [m[1] === "-" ? "" : m[1], Number(m[2] ?? 0), Number(m[3] ?? 0)];
  if (month > 12) return text;
  if (state.lang === "vi") {
    const parts = [day || "", month || "", year].filter(Boolean).join("/");
    return m[4] ? `${m[4]} ${parts}` : parts;
  }
  const parts = [day || "", month ? MONTHS[month - 1] : "", year].filter(Boolean).join(" ");
  return m[4] ? `${parts}, ${m[4]}` : parts;
}

/** A filler as text. @param {import("./data.js").Filler} filler @returns {string} */
export function plain(filler) {
  if (filler.n !== undefined) return entityById.get(filler.n)?.name ?? filler.n;
  if (filler.c !== undefined) return pick(terms[filler.c], filler.c);
  if (filler.v !== undefined) return (filler.s ? filler.s + " " : "") + number(filler.v);
  if (filler.d !== undefined) return date(filler.d);
  if (filler.b !== undefined) return t(filler.b ? "yes" : "no");
  return filler.t ?? "";
}

/** @param {string} kind @param {string} role @returns {string} */
export function roleName(kind, role) {
  return pick(kindById.get(kind)?.roles[role] ?? terms[role], role);
}

/** @param {string} kind @returns {string} */
export function kindName(kind) {
  return capital(pick(kindById.get(kind)?.label, kind));
}

/** @param {string} text @returns {string} */
export function capital(text) {
  return text.charAt(0).toLocaleUpperCase(state.lang) + text.slice(1);
}
