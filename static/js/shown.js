// A field that belongs to some answers of another: it is shown when one of them is given. "source=portals|website"
// With data-needed it is demanded then.
import { each } from "./each.js";

// A box that is not ticked has no answer.
const answer = (asked) => (asked.type === "checkbox" && !asked.checked ? "" : asked.value);

each("[data-shown-by]", (input) => {
  const [name, answers] = input.dataset.shownBy.split("=");
  const asked = input.form?.elements[name];
  const field = input.closest(".field");
  if (!asked || !field) return;
  const show = () => {
    const wanted = answers.split("|").includes(answer(asked));
    field.hidden = !wanted && !field.querySelector(".error");
    if ("needed" in input.dataset) input.ariaRequired = String(wanted);
  };
  asked.addEventListener("change", show);
  show();
});
