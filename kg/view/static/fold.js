/**
 * Searching without tone marks. Folding is for finding only; it never decides that two names are one.
 */

/** @param {string} text @returns {string} lower case, without marks; every look-alike of đ is d */
export function fold(text) {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[đĐðÐɖƉ]/g, "d")
    .toLowerCase();
}

/** @type {Map<string, string>} */
const foldedNames = new Map();

/** A name's words as searching compares them; folded once. @param {string} name @returns {string} */
function wordsOf(name) {
  let text = foldedNames.get(name);
  if (text === undefined) {
    text = " " + fold(name).replace(/[^\p{L}\p{N}]+/gu, " ").trim() + " ";
    foldedNames.set(name, text);
  }
  return text;
}

/**
 * How well a name answers a query: 0 not at all; more is better. All words of the query must occur; words that start
 * a word of the name count more, and so does a query whose tone marks agree.
 * @param {string} query @param {string[]} names the name and its aliases @returns {number}
 */
export function score(query, names) {
  const plain = query.normalize("NFC").toLowerCase().trim();
  const words = fold(plain).split(/\s+/).map((w) => w.replace(/[^\p{L}\p{N}]+/gu, " ").trim()).filter(Boolean);
  if (!words.length) return 0;
  let best = 0;
  names.forEach((name, i) => {
    const own = wordsOf(name);
    let points = 0;
    for (const word of words) {
      if (own.includes(" " + word)) points += 2;
      else if (own.includes(word)) points += 1;
      else return;
    }
    if (!points) return;
    if (own.startsWith(" " + words.join(" "))) points += 3;
    if (own.trim() === words.join(" ")) points += 4;
    if (name.normalize("NFC").toLowerCase().includes(plain)) points += 3;
    best = Math.max(best, points - (i ? 1 : 0) + 1);
  });
  return best;
}
