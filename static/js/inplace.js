// A value that is changed where it stands: its box is swapped for one with a control. What cells and facts have in common.
import { snapshot } from "./changed.js";

const replaced = new Map(); // the box as it was, by the one that is being typed in
const drawn = new WeakMap(); // its form as it came
const sent = new WeakSet(); // boxes whose form is on its way
const CONTROL = "[aria-invalid=true], .input:not(.tokens), .tokens input:not([type=hidden]), [type=checkbox]";

const form = (box) => box.querySelector("form");

/** The box that an element being typed in stands in. */
export const editing = (element) => element?.closest?.("[data-editing]");

/** Fetch the control of `box` from `url`; `find` returns what stands in its place then. Returns the control. */
export async function open(box, url, find, values = {}) {
  await window.htmx.ajax("GET", url, { target: box, swap: "outerHTML settle:0ms", values }).catch(() => {});
  const opened = find();
  if (!opened || opened === box || editing(opened) !== opened) return null;
  replaced.set(opened, box);
  return begin(opened);
}

/** Remember the form of a box as it came, and return the control to type in. */
export function begin(box) {
  drawn.set(form(box), snapshot(form(box)));
  return box.querySelector(CONTROL);
}

/** A box has come in the place of one that was sent: with an error it stands for the same value, else it is the value. */
export function follow(after) {
  for (const [before, value] of replaced) {
    if (before.isConnected || before.id !== after.id) continue;
    replaced.delete(before);
    if (editing(after) === after) replaced.set(after, value);
  }
}

/** Put back the box as it was, and return it. */
export function close(box) {
  const before = replaced.get(box);
  if (!before) return null;
  replaced.delete(box);
  box.replaceWith(before);
  return before;
}

/** What a key asks of a box that is being typed in: "leave", "save", or nothing. In one line the browser itself saves. */
export function wish(event) {
  if (event.isComposing || event.defaultPrevented) return "";
  if (event.key === "Escape") return "leave";
  if (event.key !== "Enter") return "";
  return event.target.matches("select") || (event.target.matches("textarea") && (event.ctrlKey || event.metaKey)) ? "save" : "";
}

/** Send the form of a box, once. */
export function send(box) {
  if (!sent.has(box)) form(box)?.requestSubmit();
}

/** Mark a box as being on its way, or as back. */
export function sending(box, on) {
  if (box) sent[on ? "add" : "delete"](box);
}

/** The focus has left a box: with nothing typed it closes, else it is sent. A window left for another changes nothing. */
export function left(event) {
  const box = editing(event.target);
  if (!replaced.has(box) || sent.has(box) || box.contains(event.relatedTarget) || !document.hasFocus()) return;
  if (drawn.get(form(box)) !== snapshot(form(box))) send(box);
  else setTimeout(() => box.isConnected && !box.contains(document.activeElement) && close(box));
}
