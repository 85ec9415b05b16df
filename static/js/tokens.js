// Words that become tokens: data-tokens on an input whose value is words with commas between. That stays what is sent.
import { each } from "./each.js";
import { token } from "./token.js";

const split = (text) => text.split(",").map((word) => word.trim().replace(/\s+/g, " ")).filter(Boolean);

each("input[data-tokens]", (input) => {
  const box = Object.assign(document.createElement("div"), { className: "input tokens" });
  const sent = Object.assign(document.createElement("input"), { type: "hidden", name: input.name });
  let words = split(input.value);

  const keep = () => {
    sent.value = [...words, ...split(input.value)].join(", ");
    sent.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const draw = () => {
    box.querySelectorAll(".tag").forEach((tag) => tag.remove());
    const tags = words.map((word) => token(word, input.dataset.tokens, () => {
      words = words.filter((other) => other !== word);
      draw();
      input.focus();
    }));
    box.prepend(...tags);
    keep();
  };
  const take = () => {
    const known = new Set(words.map((word) => word.toLowerCase()));
    for (const word of split(input.value)) if (!known.has(word.toLowerCase())) words.push(word);
    input.value = "";
    draw();
  };

  input.removeAttribute("name");
  input.classList.remove("input");
  input.value = "";
  input.replaceWith(box);
  box.append(input, sent);
  draw();

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if ((event.key === "Enter" || event.key === ",") && input.value.trim()) {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !input.value && words.length) {
      words.pop();
      draw();
    }
  });
  input.addEventListener("input", (event) => {
    const offered = !event.inputType || event.inputType === "insertReplacementText";
    if (input.value.includes(",") || (offered && [...(input.list?.options ?? [])].some((option) => option.value === input.value))) take();
    else keep();
  });
  input.addEventListener("blur", () => input.value.trim() && take());
  // A cross leaves the focus where it is: taking the typed word first would draw all tokens anew under the pointer.
  box.addEventListener("mousedown", (event) => event.target.closest(".tag") && event.preventDefault());
  box.addEventListener("click", (event) => event.target === box && input.focus());
});
