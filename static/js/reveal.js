// The eye beside a password: shows and hides what was typed.
import { each } from "./each.js";

each("button[data-reveal]", (button) => {
  const input = document.getElementById(button.getAttribute("aria-controls"));
  if (!input) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    button.ariaPressed = String(!shown);
  });
  input.form?.addEventListener("submit", () => (input.type = "password"));
});
