// Search from every page: the dialog's field asks as one types, arrows choose among the answers, Enter opens. A late answer is dropped.
import { each } from "./each.js";

const PAUSE = 120;

class Finder {
  constructor(form) {
    this.form = form;
    this.dialog = form.closest("dialog");
    this.input = form.elements.q;
    this.answer = this.dialog.querySelector("[data-answer]");
    this.status = this.dialog.querySelector("[role=status]");
    this.asked = null;
    this.shown = null;
    this.at = -1;
    this.entered = null;
    this.listen();
  }

  get options() {
    return [...this.answer.querySelectorAll("[role=option]")];
  }

  get query() {
    return this.input.value.trim();
  }

  listen() {
    let waiting = 0;
    this.input.addEventListener("focus", () => {
      this.input.select();
      if (this.shown === null) this.ask();
    });
    this.input.addEventListener("input", (event) => {
      clearTimeout(waiting);
      this.entered = null;
      if (!event.isComposing) waiting = setTimeout(() => this.ask(), PAUSE);
    });
    this.input.addEventListener("compositionend", () => this.ask());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.dialog.addEventListener("close", () => this.left());
    this.answer.addEventListener("pointermove", (event) => {
      const place = this.options.indexOf(event.target.closest("[role=option]"));
      if (place >= 0 && place !== this.at) this.mark(place, false);
    });
    this.answer.addEventListener("click", (event) => event.target.closest("[role=option][data-panel]") && this.dialog.close());
  }

  async ask() {
    const query = this.query;
    if (query === this.shown && !this.asked) return;
    this.asked?.abort();
    const asking = new AbortController();
    this.asked = asking;
    this.form.toggleAttribute("data-busy", true);
    const url = new URL(this.form.action);
    url.search = new URLSearchParams({ q: query, in: this.form.dataset.finder });
    try {
      const response = await fetch(url, { headers: { "HX-Request": "true", "HX-Current-URL": location.href }, signal: asking.signal });
      const away = response.headers.get("HX-Redirect");
      if (away) return location.assign(away);
      if (!response.ok) throw new Error(response.status);
      const text = await response.text();
      if (this.asked !== asking) return;
      this.rest();
      this.show(query, text);
    } catch {
      if (this.asked !== asking) return;
      this.rest();
      this.fail();
    }
  }

  rest() {
    this.asked = null;
    this.form.removeAttribute("data-busy");
  }

  show(query, markup) {
    this.answer.replaceChildren(...new DOMParser().parseFromString(markup, "text/html").body.childNodes);
    this.answer.scrollTop = 0;
    this.shown = query;
    this.options.forEach((option, place) => (option.id = `finder-${place}`));
    const list = this.answer.querySelector("[role=listbox]");
    this.status.textContent = list.dataset.said;
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.mark(query && this.options.length && !this.answer.querySelector("[data-nothing]") ? 0 : -1);
    window.htmx?.process(this.answer);
    const how = this.entered;
    this.entered = null;
    if (how) this.open(how);
  }

  fail() {
    this.shown = null;
    this.entered = null;
    const words = Object.assign(document.createElement("p"), { className: "nothing", textContent: this.form.dataset.failed });
    const list = Object.assign(document.createElement("div"), { id: "finder-list", role: "listbox", ariaLabel: this.input.getAttribute("aria-label") });
    this.answer.replaceChildren(words, list);
    this.status.textContent = words.textContent;
    this.mark(-1);
  }

  mark(place, follow = true) {
    this.at = place;
    const { options } = this;
    options.forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", options[place].id);
    if (follow) options[place].scrollIntoView({ block: "nearest" });
  }

  pressed(event) {
    if (event.isComposing) return;
    const count = this.options.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) this.mark((Math.max(this.at, step < 0 ? 0 : -1) + step + count) % count);
    else if (event.key === "Enter") this.open(event.ctrlKey || event.metaKey ? "beside" : "here");
    else return;
    event.preventDefault();
  }

  /** Without a choice the words go to the page of results; while an answer is on its way, Enter waits for it. */
  open(how) {
    const option = this.options[this.at];
    if (this.query && (this.asked || this.query !== this.shown)) {
      this.entered = how;
      this.ask();
    } else if (option && how === "beside") window.open(option.href, "_blank", "noopener");
    else if (option) option.click();
    else if (this.query) this.form.submit();
  }

  submitted(event) {
    event.preventDefault();
    this.open("here");
  }

  left() {
    this.asked?.abort();
    this.rest();
    this.entered = null;
    this.shown = null;
  }
}

each("form[data-finder]", (form) => new Finder(form));
