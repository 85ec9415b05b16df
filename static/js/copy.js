// Copies what a field holds: button[data-copy="id of the field"], which says data-copied when it is done.
import { each } from "./each.js";
import { say } from "./toast.js";

/** Whether the browser's clipboard took it: an address without https has none, and a visitor may have forbidden it. */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Copy the old way where the new one fails. What could not be copied at all is selected, for Ctrl+C. */
async function copy(input) {
  const done = await written(input.value);
  input.select();
  return done || document.execCommand("copy");
}

each("button[data-copy]", (button) => {
  const input = document.getElementById(button.dataset.copy);
  if (!input) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copy(input)) say(button.dataset.copied);
  });
});
