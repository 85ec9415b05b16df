// Toasts stay ten seconds, and as long as one points at them or stands in them. Those that report a failure stay.
import { each } from "./each.js";

const STAY = 10_000;
const box = document.getElementById("toasts");

/** Say a line of text that the server had no chance to say. */
export function say(text) {
  const toast = box.querySelector("template").content.cloneNode(true).firstElementChild;
  toast.querySelector("[data-text]").textContent = text;
  box.append(toast);
  stay(toast);
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
  // Put in again, so that a screen reader says what was there when the page came.
  toast.parentElement.append(toast);
  count();
}

if (box) {
  each("#toasts > [data-toast]", stay);
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, () => say(box.dataset.failed));
  }
}
