// Asks the server about a value while it is typed: data-check-url. The form's own validation stays the judge.
import { each } from "./each.js";

const PAUSE = 400;

function place(input) {
  const id = `${input.id}_error`;
  let box = document.getElementById(id);
  if (!box) {
    box = document.createElement("div");
    box.id = id;
    box.className = "errors";
    input.closest(".field").append(box);
  }
  return box;
}

function accept(input, answer) {
  document.getElementById(`${input.id}_error`)?.replaceChildren();
  input.removeAttribute("aria-invalid");
  if (answer.value && document.activeElement !== input) input.value = answer.value;
}

function refuse(input, answer) {
  const line = document.createElement("p");
  line.className = "error";
  const text = document.createElement("span");
  text.append(answer.message);
  if (answer.link) {
    const link = Object.assign(document.createElement("a"), { href: answer.link.url, textContent: answer.link.text });
    text.append(" ", link);
  }
  line.append(text);
  const box = place(input);
  box.replaceChildren(line);
  input.setAttribute("aria-invalid", "true");
  const described = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  input.setAttribute("aria-describedby", [...described.add(box.id)].join(" "));
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
  else if (worthSaying(input, answer, done)) refuse(input, answer);
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
