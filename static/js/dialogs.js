// Opens and closes <dialog>: data-dialog="id" on what opens, data-close inside. A link keeps its href for those without script.
import { beside, plain } from "./clicks.js";

function open(event, opener) {
  const dialog = document.getElementById(opener.dataset.dialog);
  if (!dialog || !plain(event)) return;
  event.preventDefault();
  opener.closest("details[open]")?.removeAttribute("open");
  if (!dialog.open) dialog.showModal();
  dialog.addEventListener("close", () => opener.focus(), { once: true });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) return open(event, opener);
  const dialog = event.target.closest("dialog.dialog");
  if (!dialog) return;
  if (event.target.closest("[data-close]") || beside(event, dialog)) {
    event.preventDefault();
    dialog.close();
  }
});
