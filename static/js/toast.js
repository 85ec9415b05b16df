// Toasts stay ten seconds, and as long as one points at them or stands in them. Those that report a failure stay.
import { each } from "./each.js";

const STAY = 10_000;
const box = () => document.getElementById("toasts"); // a fragment may bring another one

/** Say a line of text that the server had no chance to say. */
export function say(text) {
  const toast = box().querySelector("template").content.cloneNode(true).firstElementChild;
  toast.querySelector("[data-text]").textContent = text;
  box().append(toast);
  stay(toast);
}

/** Put the box over everything: in the top layer, and inside an open dialog, because the page behind one is inert. */
function raise() {
  const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
  move(dialog ?? document.body);
  if (!box().showPopover) return;
  box().popover = "manual";
  if (box().matches(":popover-open")) box().hidePopover();
  box().showPopover();
}

function move(home) {
  if (box().parentElement !== home) home.append(box());
}

function stay(toast) {
  let timer = 0;
  const leave = () => toast.remove();
  const hold = () => clearTimeout(timer);
  const count = () => {
    hold();
    if (!["bad", "warn"].includes(toast.dataset.tone)) timer = setTimeout(leave, STAY);
  };
  const close = toast.querySelector("[data-toast-close]");
  close.hidden = false;
  close.addEventListener("click", leave);
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("pointerleave", count);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("focusout", count);
  raise();
  // Put in again, so that a screen reader says what was there when the page came.
  toast.parentElement.append(toast);
  count();
}

/** What is swapped or closes must not take the box away with it. */
function rescue(event) {
  if (event.target.contains(box())) move(document.body);
}

/** A dialog that opens or closes leaves the box on the wrong side of it. */
function follow(event) {
  if (event.target.matches?.("dialog") && box().querySelector("[data-toast]")) raise();
}

if (box()) {
  each("#toasts > [data-toast]", stay);
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, () => say(box().dataset.failed));
  }
  document.addEventListener("htmx:beforeSwap", rescue);
  document.addEventListener("close", rescue, true);
  document.addEventListener("close", follow, true);
  document.addEventListener("toggle", follow, true);
}
