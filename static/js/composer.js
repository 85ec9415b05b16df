// The composer on Activities: another kind comes in the place of the one that is open, after a question when something was typed.
import { plain } from "./clicks.js";
import { changed } from "./changed.js";
import { mayDiscard } from "./discard.js";
import { first } from "./first.js";

const composer = () => document.getElementById("composer");

async function ask(event) {
  const kind = event.target.closest?.("#composer .kinds a");
  if (!kind) return;
  const current = kind.ariaCurrent === "true";
  if (!current && !changed(composer())) return;
  event.preventDefault();
  if (current) return first(composer())?.focus();
  if (await mayDiscard()) event.detail.issueRequest(true);
}

/** "Write a note" leads to the form that is there, or brings it back; on other tabs the link leads to Activities. */
function toNote(event) {
  const link = event.target.closest("a[data-compose]");
  if (!link || !plain(event)) return;
  const field = document.getElementById("note-body");
  const kind = composer()?.querySelector("[data-kind=note]");
  if (!field && !kind) return;
  event.preventDefault();
  if (field) field.focus();
  else kind.click();
}

document.addEventListener("htmx:confirm", ask);
document.addEventListener("click", toNote);
document.addEventListener("htmx:load", (event) => {
  const lost = !document.activeElement || document.activeElement === document.body;
  if (event.target.id === "composer" && lost) first(event.target)?.focus();
});
