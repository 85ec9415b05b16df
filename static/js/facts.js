// Facts changed in place: a click, Enter or F2 opens one, Enter saves (in a text Ctrl+Enter), Esc leaves it as it was.
import { plain } from "./clicks.js";
import { begin, close, editing, follow, left, open, send, sending, wish } from "./inplace.js";

const VALUE = "a.fact-value";
const opening = new WeakSet();

const link = (box) => box.querySelector(VALUE);
const here = (element) => element?.closest?.("[data-facts]");

/** What was swapped took the focus with it; who has gone on to something else is not called back. */
const lost = () => !document.activeElement || document.activeElement === document.body;

async function change(box) {
  if (opening.has(box)) return;
  opening.add(box);
  await open(box, link(box).href, () => document.getElementById(box.id));
  opening.delete(box);
}

/** Leave it as it was; where a colleague saved the same field, show what it reads now. */
function leave(box) {
  if (box.dataset.asks) return window.htmx.ajax("GET", box.dataset.asks, { target: box, swap: "outerHTML", select: `#${box.id}` });
  const before = close(box);
  if (before) link(before).focus();
}

document.addEventListener("click", (event) => {
  if (!here(event.target) || !window.htmx || !plain(event)) return;
  const value = event.target.closest(VALUE);
  const cancel = event.target.closest("[data-leave]");
  if (!value && !cancel) return;
  event.preventDefault();
  if (value) change(value.closest("[data-fact]"));
  else leave(editing(cancel));
});

document.addEventListener("keydown", (event) => {
  if (!here(event.target)) return;
  const box = editing(event.target);
  const wanted = box ? wish(event) : "";
  if (event.key === "F2" && event.target.matches(VALUE)) event.target.click();
  else if (wanted === "leave") leave(box);
  else if (wanted === "save") send(box);
  else return;
  event.preventDefault();
});

// A press on Save or Cancel is no leaving of the field, also where buttons take no focus.
document.addEventListener("mousedown", (event) => {
  if (here(event.target) && event.target.closest("[data-editing] .foot")) event.preventDefault();
});

/** With a question open, only the buttons answer it. */
document.addEventListener("focusout", (event) => {
  if (here(event.target) && !editing(event.target)?.dataset.asks) left(event);
});

document.addEventListener("submit", (event) => here(event.target) && sending(editing(event.target), true));
document.addEventListener("htmx:afterRequest", (event) => here(event.target) && sending(editing(event.target), false));

document.addEventListener("htmx:load", (event) => {
  const box = event.target;
  if (!box.matches?.("[data-fact]")) return;
  follow(box);
  const control = editing(box) ? begin(box) : link(box);
  if (!lost()) return;
  control?.focus();
  if (control?.matches("input:not([type=checkbox])")) control.select();
});
