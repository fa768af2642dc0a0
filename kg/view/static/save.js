/**
 * What leaves the page: text to the clipboard, files to the disk.
 */
import { say } from "./say.js";
import { t } from "./words.js";

/** @param {string} name of the file @param {BlobPart} content @param {string} type */
export function download(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/** @param {string} text @returns {Promise<void>} */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Pages from a disk may not have the clipboard: the old way, through a selected field.
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    const before = document.activeElement;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
    if (before instanceof HTMLElement) before.focus();
  }
  say(t("copied"));
}

/** A name for a file: letters and digits of any language, nothing that a disk refuses. @param {string} text @returns {string} */
export function fileName(text) {
  return text.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "vnkg";
}
