// Choosing people, or a company: input[data-picker] becomes tokens (with data-single one), and a list of what the server finds.
// What is sent stays values with commas between; with data-whole it is one value, blanks and commas included.
import { each } from "./each.js";
import { token } from "./token.js";

const PAUSE = 150;
const apart = (text) => text.split(/[\s,;]+/).filter(Boolean);
const whole = (text) => [text.trim()].filter(Boolean);

function option(one, id) {
  const row = Object.assign(document.createElement("li"), { id, role: "option" });
  row.append(one.name, Object.assign(document.createElement("small"), { textContent: one.about }));
  row.setAttribute("aria-selected", "false");
  return row;
}

class Picker {
  constructor(input) {
    this.input = input;
    this.split = "whole" in input.dataset ? whole : apart;
    this.placeholder = input.placeholder;
    this.names = new Map(Object.entries(JSON.parse(input.dataset.names || "{}")));
    this.sent = Object.assign(document.createElement("input"), { type: "hidden", name: input.name });
    this.words = this.split(input.value);
    this.found = [];
    this.at = -1;
    this.build();
    this.listen();
    this.draw();
  }

  build() {
    const { input } = this;
    this.box = Object.assign(document.createElement("div"), { className: "input tokens" });
    this.list = Object.assign(document.createElement("ul"), { className: "found", id: `${input.id}_found`, role: "listbox", hidden: true });
    this.list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
    this.status = Object.assign(document.createElement("p"), { className: "visually-hidden", role: "status" });
    input.removeAttribute("name");
    input.classList.remove("input");
    input.value = "";
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id })) input.setAttribute(name, value);
    const focused = document.activeElement === input;
    // What is sent stands there before the input moves: moving takes the focus, and whoever then looks finds nothing changed.
    this.sent.value = this.words.join(", ");
    this.box.append(this.sent);
    input.before(this.box);
    this.box.prepend(input);
    this.box.after(this.list, this.status);
    if (focused) input.focus();
  }

  draw() {
    this.box.querySelectorAll(".tag").forEach((tag) => tag.remove());
    const tags = this.words.map((word) => {
      const tag = token(this.names.get(word) ?? word, this.input.dataset.remove, () => {
        this.words = this.words.filter((other) => other !== word);
        this.draw();
        this.input.focus();
      });
      tag.title = word;
      tag.toggleAttribute("data-unknown", !this.names.has(word));
      return tag;
    });
    this.box.prepend(...tags);
    this.input.placeholder = tags.length ? "" : this.placeholder;
    this.keep();
  }

  keep() {
    const typed = this.split(this.input.value);
    this.sent.value = [...(this.split === whole && typed.length ? [] : this.words), ...typed].join(", ");
    this.sent.dispatchEvent(new Event("change", { bubbles: true }));
  }

  take(words) {
    if ("single" in this.input.dataset) this.words = [];
    for (const word of words) if (!this.words.includes(word)) this.words.push(word);
    this.input.value = "";
    this.close();
    this.draw();
  }

  choose({ value, name }) {
    this.names.set(value, name);
    this.take([value]);
  }

  async search() {
    const query = this.input.value.trim();
    if (!query) return this.close();
    const url = new URL(this.input.dataset.picker, location.href);
    url.searchParams.set("q", query);
    const response = await fetch(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || this.input.value.trim() !== query) return;
    const { found } = await response.json();
    this.found = found.filter(({ value }) => !this.words.includes(value));
    this.show();
  }

  show() {
    this.list.replaceChildren(...this.found.map((one, place) => option(one, `${this.list.id}_${place}`)));
    this.list.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.status.textContent = this.found.length ? "" : this.input.dataset.nothing;
    this.mark(this.found.length ? 0 : -1);
  }

  close() {
    this.found = [];
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  mark(place) {
    this.at = place;
    [...this.list.children].forEach((row, other) => row.setAttribute("aria-selected", String(other === place)));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
    this.list.children[place].scrollIntoView({ block: "nearest" });
  }

  listen() {
    let waiting = 0;
    this.input.addEventListener("input", () => {
      this.keep();
      clearTimeout(waiting);
      waiting = setTimeout(() => this.search(), PAUSE);
    });
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.left());
    // The pointer must not take the focus away before the click has chosen.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target.closest("[role=option]");
      if (row) this.choose(this.found[[...this.list.children].indexOf(row)]);
    });
    this.box.addEventListener("click", (event) => event.target === this.box && this.input.focus());
  }

  pressed(event) {
    if (event.isComposing) return;
    const { key } = event;
    const open = this.found.length > 0;
    if (open && ["ArrowDown", "ArrowUp"].includes(key)) this.mark((this.at + (key === "ArrowDown" ? 1 : -1) + this.found.length) % this.found.length);
    else if (open && key === "Enter") this.choose(this.found[this.at]);
    else if (open && key === "Escape") this.close();
    else if (["Enter", ...(this.split === whole ? [] : [","])].includes(key) && this.input.value.trim()) this.take(this.split(this.input.value));
    else if (key === "Backspace" && !this.input.value && this.words.length) {
      this.words.pop();
      this.draw();
      return;
    } else return;
    event.preventDefault();
  }

  /** A whole address that was typed counts when one goes on, and so does one name; half a person's name stays to be finished. */
  left() {
    const typed = this.split(this.input.value);
    if (typed.length && (this.split === whole || typed.every((word) => word.includes("@")))) this.take(typed);
    else this.close();
  }
}

each("input[data-picker]", (input) => new Picker(input));
