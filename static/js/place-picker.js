// The location picker: search for a place, or put the marker on it by mouse, finger or arrow keys; then the form is filled in.
import { draw, pin } from "./map.js";
import { PARTS, place } from "./placed.js";
import { say } from "./toast.js";

const TYPING = 250;
const MOVING = 700; // the marker has come to rest
const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const NEAR = 17;

function row(one, id) {
  const item = Object.assign(document.createElement("li"), { id, role: "option" });
  item.append(Object.assign(document.createElement("span"), { textContent: one.label }));
  if (one.about) item.append(Object.assign(document.createElement("small"), { textContent: one.about }));
  item.setAttribute("aria-selected", "false");
  return item;
}

class PlacePicker {
  constructor(dialog, form) {
    this.dialog = dialog;
    this.form = form;
    this.input = dialog.querySelector("[role=combobox]");
    this.list = dialog.querySelector("[role=listbox]");
    this.status = dialog.querySelector("[data-said]");
    this.address = dialog.querySelector("[data-address]");
    this.cut = dialog.querySelector("[data-cut]");
    this.use = dialog.querySelector("[data-use]");
    this.board = dialog.querySelector("[data-map]");
    this.found = [];
    this.at = -1;
    this.asking = null;
    this.waiting = 0;
    this.listen();
  }

  /** The address as the form has it. */
  get typed() {
    return PARTS.slice(0, 3).map((name) => this.form.elements[name].value.trim()).filter(Boolean).join(", ");
  }

  get point() {
    const [latitude, longitude] = ["latitude", "longitude"].map((name) => this.form.elements[name].value);
    return latitude && longitude ? { latitude: Number(latitude), longitude: Number(longitude) } : null;
  }

  /** Draw the map; without one, as when a file did not come, the search works still. */
  async show() {
    const point = this.point;
    if (point) Object.assign(this.board.dataset, point, { closeness: NEAR });
    this.dialog.showModal();
    this.input.value = this.typed;
    if (point) this.showAddress(this.typed, `${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}`);
    this.input.select();
    try {
      Object.assign(this, await draw(this.board, { keyboard: false }));
    } catch {
      this.board.hidden = true;
      this.say(this.dialog.dataset.noMap);
      return;
    }
    this.map.on("click", ({ latlng }) => this.put(latlng));
    if (point) this.mark(point);
  }

  listen() {
    this.input.addEventListener("input", (event) => {
      this.shut();
      clearTimeout(this.waiting);
      if (!event.isComposing) this.waiting = setTimeout(() => this.search(true), TYPING);
    });
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.search();
    });
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(this.found[[...this.list.children].indexOf(option)]);
    });
    const ask = this.dialog.querySelector("form");
    ask.addEventListener("focusout", (event) => ask.contains(event.relatedTarget) || this.shut());
    this.board.addEventListener("keydown", (event) => this.steered(event));
    this.use.addEventListener("click", () => this.take());
    this.dialog.addEventListener("close", () => this.left());
  }

  pressed(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    const { key } = event;
    if (open && ["ArrowDown", "ArrowUp"].includes(key)) this.highlight((this.at + (key === "ArrowDown" ? 1 : -1) + this.found.length) % this.found.length);
    else if (open && key === "Enter" && this.at >= 0) this.choose(this.found[this.at]);
    else if (open && key === "Escape") this.shut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** With the map in focus arrows move the marker, with Shift by a hair; plus and minus bring it nearer and take it away. */
  steered(event) {
    if (!this.map || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key];
    if (step) {
      const from = this.map.latLngToContainerPoint(this.marker?.getLatLng() ?? this.map.getCenter());
      const by = event.shiftKey ? 1 : 12;
      this.put(this.map.containerPointToLatLng([from.x + step[0] * by, from.y + step[1] * by]));
      this.map.panInside(this.marker.getLatLng(), { padding: [40, 40], animate: false });
    } else if (event.target === this.board && ["+", "-"].includes(event.key)) this.map.setZoom(this.map.getZoom() + (event.key === "+" ? 1 : -1), { animate: false });
    else if (event.target === this.board && event.key === "Enter") this.use.click();
    else return;
    event.preventDefault();
  }

  async ask(url) {
    this.asking?.abort();
    const asking = new AbortController();
    this.asking = asking;
    this.dialog.toggleAttribute("data-busy", true);
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" }, signal: asking.signal });
      if (response.redirected || !response.headers.get("content-type")?.includes("json")) throw new Error("no answer");
      return await response.json();
    } catch (fault) {
      return fault.name === "AbortError" ? null : { found: [], said: this.dialog.dataset.failed };
    } finally {
      if (this.asking === asking) this.dialog.toggleAttribute("data-busy", false);
    }
  }

  async search(typing = false) {
    clearTimeout(this.waiting);
    const query = this.input.value.trim();
    if (!query) return this.shut();
    const url = new URL(this.dialog.dataset.search, location.href);
    url.searchParams.set("q", query);
    if (typing) url.searchParams.set("typing", "1");
    if (!typing) this.say(this.dialog.dataset.searching);
    const answer = await this.ask(url);
    if (!answer) return;
    this.found = answer.found;
    this.list.replaceChildren(...this.found.map((one, place) => row(one, `place-${place}`)));
    this.list.hidden = this.found.length === 0;
    this.input.setAttribute("aria-expanded", String(this.found.length > 0));
    this.highlight(typing || !this.found.length ? -1 : 0);
    this.say(answer.said);
  }

  highlight(place) {
    this.at = place;
    [...this.list.children].forEach((item, other) => item.setAttribute("aria-selected", String(other === place)));
    if (place < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", this.list.children[place].id);
    this.list.children[place].scrollIntoView({ block: "nearest" });
  }

  shut() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.highlight(-1);
  }

  choose(one) {
    this.stop();
    this.shut();
    this.say(one.latitude === null ? this.dialog.dataset.nowhere : "");
    this.input.value = one.label;
    this.tell(one);
    if (one.latitude === null) {
      this.marker?.remove();
      this.marker = null;
    } else if (this.map) {
      this.mark(one);
      this.map.setView([one.latitude, one.longitude], Math.max(this.map.getZoom(), one.street ? NEAR : 14), { animate: false });
    }
    this.use.focus();
  }

  mark({ latitude, longitude }) {
    this.marker?.remove();
    this.marker = this.L.marker([latitude, longitude], { icon: pin(this.L), draggable: true, keyboard: false, autoPan: true }).addTo(this.map);
    this.marker.on("dragend", () => this.put(this.marker.getLatLng()));
  }

  /** Ask nothing more, and take no late answer. */
  stop() {
    clearTimeout(this.waiting);
    this.asking?.abort();
  }

  /** Put the marker somewhere, and ask what stands there once it rests. Nothing is taken over before it is known. */
  put(latlng) {
    this.stop();
    this.shut();
    const { lat, lng } = latlng.wrap();
    if (this.marker) this.marker.setLatLng(latlng);
    else this.mark({ latitude: lat, longitude: lng });
    this.say(this.dialog.dataset.looking);
    this.tell({ latitude: lat, longitude: lng, degrees: `${lat.toFixed(5)}, ${lng.toFixed(5)}` });
    this.use.disabled = true;
    this.waiting = setTimeout(() => this.askAt(lat, lng), MOVING);
  }

  async askAt(latitude, longitude) {
    const url = new URL(this.dialog.dataset.at, location.href);
    url.search = new URLSearchParams({ lat: latitude.toFixed(7), lon: longitude.toFixed(7) });
    const answer = await this.ask(url);
    if (!answer) return;
    this.say(answer.said);
    this.tell(answer.found[0] ?? this.chosen);
  }

  /** Show what would be taken over. */
  tell(one) {
    this.chosen = one;
    this.showAddress(one.address, one.degrees);
    this.cut.textContent = one.cut ?? "";
    this.cut.hidden = !one.cut;
    this.use.disabled = false;
  }

  showAddress(address, degrees) {
    this.address.replaceChildren(address || degrees);
    if (address && degrees) this.address.append(Object.assign(document.createElement("small"), { textContent: degrees }));
  }

  say(text) {
    this.status.textContent = text ?? "";
  }

  take() {
    place(this.form, this.chosen);
    if (this.chosen.cut) say(this.chosen.cut);
    this.taken = true;
    this.dialog.close();
  }

  left() {
    this.stop();
    this.map?.remove();
    this.dialog.remove();
  }
}

/** Open the picker for the form of the button that was pressed; the focus comes back to it, or to what was filled in. */
export async function open(opener) {
  const response = await fetch(opener.dataset.places, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok || response.redirected) return say(opener.dataset.failed);
  const dialog = new DOMParser().parseFromString(await response.text(), "text/html").querySelector("dialog");
  document.body.append(dialog);
  const picker = new PlacePicker(dialog, opener.form);
  dialog.addEventListener("close", () => (picker.taken ? opener.form.elements.street : opener).focus());
  await picker.show();
}
