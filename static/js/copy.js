// Copies what a field holds: button[data-copy="id of the field"], which says data-copied when it is done.
import { each } from "./each.js";
import { say } from "./toast.js";

/** An address without https has no clipboard of its own: the old way selects and copies. */
async function copy(input) {
  input.select();
  if (navigator.clipboard) return navigator.clipboard.writeText(input.value);
  document.execCommand("copy");
}

each("button[data-copy]", (button) => {
  const input = document.getElementById(button.dataset.copy);
  if (!input) return;
  button.hidden = false;
  button.addEventListener("click", () => copy(input).then(() => say(button.dataset.copied), () => input.select()));
});
