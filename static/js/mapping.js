// The mapping of an import, while one chooses: states of columns, what must be mapped, how many are. The server decides.
import { each } from "./each.js";

function redraw(form) {
  const selects = [...form.querySelectorAll("select[name^=column-]")];
  const givers = new Map();
  for (const select of selects) if (select.value) givers.set(select.value, [...(givers.get(select.value) ?? []), select]);
  for (const select of selects) state(form, select, givers.get(select.value) ?? []);
  for (const item of document.querySelectorAll("[data-checklist] [data-needs]")) {
    const column = item.querySelector("[data-column]");
    const giver = givers.get(item.dataset.needs)?.[0];
    item.toggleAttribute("data-missing", !giver);
    column.textContent = giver ? giver.closest("tr").querySelector(".medium").textContent : column.dataset.none;
  }
  for (const count of document.querySelectorAll("[data-mapped]")) count.textContent = String(selects.filter((select) => select.value).length);
}

function drawn(select, shown) {
  return (shown.first ??= { value: select.value, tone: shown.dataset.tone, look: shown.cloneNode(true), twice: shown.dataset.tone === "bad" });
}

/** A column shows what the server said of it, until another field is chosen for it, or its field for another column. */
function state(form, select, givers) {
  const row = select.closest("tr");
  const shown = row.querySelector(".state");
  const first = drawn(select, shown);
  const twice = givers.length > 1;
  row.toggleAttribute("data-skip", !select.value);
  select.ariaInvalid = twice ? "true" : null;
  if (!twice && !first.twice && select.value === first.value) {
    shown.dataset.tone = first.tone;
    shown.replaceChildren(...first.look.cloneNode(true).childNodes);
    return;
  }
  const tone = twice ? "bad" : select.value ? "good" : "none";
  shown.dataset.tone = tone;
  shown.replaceChildren(form.querySelector(`template[data-icon=${tone}]`).content.cloneNode(true));
  shown.append(twice ? form.dataset.twice : select.value ? form.dataset.chosen : form.dataset.leftOut);
}

each("form[data-mapping]", (form) => {
  for (const select of form.querySelectorAll("select[name^=column-]")) drawn(select, select.closest("tr").querySelector(".state"));
  form.addEventListener("change", (event) => event.target.matches("select[name^=column-]") && redraw(form));
});
