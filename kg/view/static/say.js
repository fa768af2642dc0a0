/**
 * Lines for those who listen, and for a moment on the screen.
 */
import { byId } from "./dom.js";

/** @param {string} text @returns {void} */
export function say(text) {
  byId("live").textContent = text;
}
