// How many SMS a text costs, while it is typed: textarea[data-segments="id"]. Counts as contacts/messaging/segments.py does.
import { each } from "./each.js";

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");

/** Return what `text` takes: septets or code units, SMS, and what still fits into the last one. */
export function count(text) {
  const chars = [...text];
  const unicode = !chars.every((char) => BASIC.has(char) || EXTENDED.has(char));
  const [single, part] = unicode ? [70, 67] : [160, 153];
  const sizes = chars.map((char) => ((unicode ? char.length > 1 : EXTENDED.has(char)) ? 2 : 1));
  const used = sizes.reduce((sum, size) => sum + size, 0);
  if (used <= single) return { unicode, used, segments: Math.ceil(used / single), room: single - used };
  let [segments, filled] = [1, 0];
  for (const size of sizes) {
    if (filled + size > part) [segments, filled] = [segments + 1, 0];
    filled += size;
  }
  return { unicode, used, segments, room: part - filled };
}

function tell(text, place) {
  const told = count(text.value.normalize("NFC").trim());
  const words = { ...told, segments: told.segments || 1 };
  place.textContent = place.dataset.words.replace(/\{(\w+)\}/g, (_whole, name) => words[name]);
}

each("textarea[data-segments]", (text) => {
  const place = document.getElementById(text.dataset.segments);
  if (place) text.addEventListener("input", () => tell(text, place));
});
