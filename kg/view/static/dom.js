/**
 * Builds elements. Text only ever goes in as text: nothing here, or anywhere in the page, parses HTML.
 */

/**
 * @param {string} tag "p", or "p.class.other"
 * @param {Record<string, any>} [props] attributes; "on…" listeners; undefined and false are left out
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

/** @param {string} id @returns {HTMLElement} */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page lacks #${id}`);
  return found;
}

/** The coloured sign of an entity type. @param {string} type @returns {HTMLElement} */
export function sign(type) {
  return h("i.sign", { "data-type": type, "aria-hidden": "true" });
}
