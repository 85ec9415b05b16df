// What maps need is fetched when there is one: the location picker beside a street, the map of a list.
import { each } from "./each.js";

let opening = false;

each("[data-points]", async (element) => (await import(element.dataset.script)).show(element));
each("[data-places]", (button) => (button.hidden = false));

document.addEventListener("click", async (event) => {
  const opener = event.target.closest("[data-places]");
  if (!opener || opening) return;
  opening = true;
  opener.ariaBusy = "true";
  try {
    const { open } = await import(opener.dataset.script);
    await open(opener);
  } finally {
    opening = false;
    opener.ariaBusy = null;
  }
});
