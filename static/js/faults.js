// What is wrong with a field, beside it: said by the server, by a check, or by what a button asks for. It leaves as soon
// as the field is changed; what is still wrong then, the form says when it is sent.

const box = (input) => document.getElementById(`${input.id}_error`);

/** Return the place for errors of a field, made where there is none. */
export function place(input) {
  if (box(input)) return box(input);
  const made = Object.assign(document.createElement("div"), { id: `${input.id}_error`, className: "errors" });
  input.closest(".field").append(made);
  return made;
}

/** Say what is wrong with a field, perhaps with a link to its cause. */
export function blame(input, message, link) {
  const line = Object.assign(document.createElement("p"), { className: "error" });
  const text = document.createElement("span");
  text.append(message);
  if (link) text.append(" ", Object.assign(document.createElement("a"), { href: link.url, textContent: link.text }));
  line.append(text);
  const there = place(input);
  there.replaceChildren(line);
  input.setAttribute("aria-invalid", "true");
  const described = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean));
  input.setAttribute("aria-describedby", [...described.add(there.id)].join(" "));
}

/** Take away what was wrong with a field. */
export function absolve(input) {
  box(input)?.replaceChildren();
  input.removeAttribute("aria-invalid");
  settle(input.form);
}

/** Of several controls under one legend the error belongs to all. */
function absolveGroup(group) {
  group.querySelector(".errors")?.replaceChildren();
  for (const control of group.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
}

/** With its last field put right, the head of a form no longer says that fields need another look. */
function settle(form) {
  const head = form?.querySelector("[data-errors]");
  if (!head || form.querySelector(".field .error")) return;
  for (const line of head.querySelectorAll("p")) if (line.querySelector("a[href^='#']")) line.remove();
  if (!head.querySelector("p")) head.hidden = true;
}

function edited(event) {
  const field = event.isTrusted ? event.target.closest?.(".field") : null;
  if (!field?.querySelector(".error")) return;
  // A check asks the server about what is typed: it says itself when the error has gone.
  if (event.target.matches("[data-check-url]") && event.target.value.trim()) return;
  absolveGroup(field);
  settle(event.target.form);
}

// A button that needs an answer in another field: data-demands="its id", data-missing="what to say".
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-demands]");
  const input = button && document.getElementById(button.dataset.demands);
  if (!input || input.value.trim()) return;
  event.preventDefault();
  blame(input, button.dataset.missing);
  input.focus();
});

for (const kind of ["input", "change"]) document.addEventListener(kind, edited);
