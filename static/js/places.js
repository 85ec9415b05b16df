// The map icon beside a street opens the location picker. What it needs is fetched then: most forms are filled in without.
import { each } from "./each.js";

let opening = false;

each("[data-points]", async (element) => (await import(element.dataset.script)).show(element));

each("[data-places], [data-unmark]", (button) => (button.hidden = false));

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

/** Takes the point off an address, and says so where it stood. */
document.addEventListener("click", (event) => {
  const off = event.target.closest("[data-unmark]");
  if (!off) return;
  for (const name of ["latitude", "longitude"]) off.form.elements[name].value = "";
  off.closest("[data-marked]").hidden = true;
  off.form.elements.street.focus();
});
