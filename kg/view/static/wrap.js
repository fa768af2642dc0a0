/**
 * Names in lines of about one length, as the maker of the page wraps those that it draws.
 */

/** @param {string} text @param {number} width in characters @param {number} most lines @returns {string} */
export function wrap(text, width, most) {
  let lines = broken(text, width);
  if (lines.length > most) {
    const last = lines[most - 1];
    const cut = last.length < width ? last : last.slice(0, width - 1);
    return [...lines.slice(0, most - 1), cut.replace(/[ ,;:]+$/, "") + "…"].join("\n");
  }
  for (; width > 4; width--) {
    const closer = broken(text, width - 1);
    if (closer.length !== lines.length || Math.max(0, ...closer.map((l) => l.length)) >= width) break;
    lines = closer;
  }
  return lines.join("\n");
}

/** @param {string} text @param {number} width @returns {string[]} */
function broken(text, width) {
  /** @type {string[]} */
  const lines = [];
  for (let word of text.split(/\s+/).filter(Boolean)) {
    for (; word.length > width + 4; word = word.slice(width)) lines.push(word.slice(0, width));
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = last + " " + word;
    else lines.push(word);
  }
  return lines;
}
