// Asks the server about a value while it is typed: data-check-url. The form's own validation stays the judge.
import { each } from "./each.js";
import { absolve, blame, place } from "./faults.js";

const PAUSE = 400;

function accept(input, answer) {
  absolve(input);
  if (answer.value && document.activeElement !== input) input.value = answer.value;
}

/** While one types, only what will not go away by typing on is said: an email that is taken, or an error already shown. */
function worthSaying(input, answer, done) {
  return done || answer.link || input.getAttribute("aria-invalid") === "true";
}

async function ask(input, done) {
  const value = input.value.trim();
  const url = new URL(input.dataset.checkUrl, location.href);
  url.searchParams.set("value", value);
  if (input.dataset.checkId) url.searchParams.set("id", input.dataset.checkId);
  const response = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!response?.ok || input.value.trim() !== value) return;
  const answer = await response.json();
  if (answer.ok) accept(input, answer);
  else if (worthSaying(input, answer, done)) blame(input, answer.message, answer.link);
}

each("input[data-check-url]", (input) => {
  let waiting = 0;
  let asked = input.value;
  place(input).setAttribute("aria-live", "polite");
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    if (input.value.trim()) waiting = setTimeout(() => ask(input, false), PAUSE);
  });
  input.addEventListener("blur", () => {
    clearTimeout(waiting);
    if (!input.value.trim() || input.value === asked) return;
    asked = input.value;
    ask(input, true);
  });
});
