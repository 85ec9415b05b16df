// Words that become tokens: data-tokens on an input whose value is words with commas between. That stays what is sent.
// With data-quoted a word may hold a comma: it stands between quotation marks then, as tesoro/words.py reads it.
import { each } from "./each.js";
import { token } from "./token.js";

const PARTS = /[,;|\n]/;
const QUOTED = /[^\S\n]*"((?:[^"]|"")*)"[^\S\n]*(?=[,;|\n]|$)/y;
const PLAIN = /[^,;|\n]*/y;

const commas = {
  pieces: (text) => text.split(","),
  isOpen: () => false,
  write: (word) => word,
};

const quotes = {
  pieces(text) {
    const found = [];
    let place = 0;
    while (place <= text.length) {
      QUOTED.lastIndex = PLAIN.lastIndex = place;
      const quoted = QUOTED.exec(text);
      found.push(quoted ? quoted[1].replaceAll('""', '"') : PLAIN.exec(text)[0]);
      place = (quoted ? QUOTED : PLAIN).lastIndex + 1;
    }
    return found;
  },
  // The second quotation mark is still to come.
  isOpen: (text) => text.trimStart().startsWith('"') && text.split('"').length % 2 === 0,
  write: (word) => (word.startsWith('"') || PARTS.test(word) ? `"${word.replaceAll('"', '""')}"` : word),
};

each("input[data-tokens]", (input) => {
  const way = "quoted" in input.dataset ? quotes : commas;
  const split = (text) => way.pieces(text).map((word) => word.trim().replace(/\s+/g, " ")).filter(Boolean);
  const box = Object.assign(document.createElement("div"), { className: "input tokens" });
  const sent = Object.assign(document.createElement("input"), { type: "hidden", name: input.name });
  let words = split(input.value);

  const keep = () => {
    sent.value = [...words, ...split(input.value)].map(way.write).join(", ");
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
    const ends = event.key === "Enter" || (event.key === "," && !way.isOpen(input.value));
    if (ends && input.value.trim()) {
      event.preventDefault();
      take();
    } else if (event.key === "Backspace" && !input.value && words.length) {
      words.pop();
      draw();
    }
  });
  input.addEventListener("input", (event) => {
    const offered = !event.inputType || event.inputType === "insertReplacementText";
    const parts = !way.isOpen(input.value) && way.pieces(input.value).length > 1;
    if (parts || (offered && [...(input.list?.options ?? [])].some((option) => option.value === input.value))) take();
    else keep();
  });
  input.addEventListener("blur", () => input.value.trim() && take());
  // A cross leaves the focus where it is: taking the typed word first would draw all tokens anew under the pointer.
  box.addEventListener("mousedown", (event) => event.target.closest(".tag") && event.preventDefault());
  box.addEventListener("click", (event) => event.target === box && input.focus());
});
