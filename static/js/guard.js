// Asks before a page is left with something typed: forms with data-guard, and the side panel's.
import { changed, forget, remember } from "./changed.js";
import { each } from "./each.js";

each("form[data-guard]", remember);

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) forget(event.target);
});

window.addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("form[data-guard], #panel form")].some(changed)) event.preventDefault();
});
