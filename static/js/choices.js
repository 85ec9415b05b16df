// A list whose choices depend on the answer of another field: data-choices-of="its name", data-choices='{"answer":
// {"choices": [["value", "Words"]], "offered": "group"}}'. What is chosen stays where the other list has it, else the first
// is. A hidden field "offered" tells the server from which list one has chosen.
import { each } from "./each.js";
import { absolve } from "./faults.js";

function fill(select, choices) {
  const chosen = select.value;
  const first = select.selectedIndex <= 0;
  select.replaceChildren(...choices.map(([value, words]) => new Option(words, value)));
  const kept = !first && choices.some(([value]) => value === chosen);
  select.value = kept ? chosen : choices[0][0];
}

each("select[data-choices]", (select) => {
  const asked = select.form?.elements[select.dataset.choicesOf];
  if (!asked) return;
  const lists = JSON.parse(select.dataset.choices);
  const offered = select.form.elements.offered;
  asked.addEventListener("change", () => {
    const list = lists[asked.value];
    if (!list || list.offered === offered?.value) return;
    fill(select, list.choices);
    if (offered) offered.value = list.offered;
    absolve(select);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
});
