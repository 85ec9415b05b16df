// The point of an address in a form: it is shown below the fields, and left behind when the address becomes another place.
// What is the same place is judged as tesoro/addresses.py does.
import { each } from "./each.js";
import { say } from "./toast.js";

export const PARTS = ["street", "zip_code", "city", "state", "country"];
const belongs = new WeakMap(); // the address to which the point of a form belongs

/** Return the words of each part as they are compared. */
function words(form) {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}_]+/gu, " ").trim();
  return Object.fromEntries(PARTS.map((name) => [name, plain(form.elements[name].value)]));
}

function samePlace(before, after) {
  if (["zip_code", "city", "country"].some((name) => before[name] && before[name] !== after[name])) return false;
  if (!before.street || before.street === after.street) return true;
  const [short, long] = [before.street, after.street].sort((one, other) => one.length - other.length);
  return short !== "" && long.startsWith(`${short} `) && (/^\d/.test(long.slice(short.length + 1)) || /\d/.test(short));
}

const markOf = (form) => form?.querySelector("[data-marked]");

function draw(form, degrees) {
  const mark = markOf(form);
  mark.hidden = !degrees;
  mark.querySelector("[data-degrees]").textContent = degrees;
  belongs.set(form, words(form));
}

/** Fill a form in with a place. A point where no address is known leaves what was typed as it is. */
export function place(form, one) {
  const values = { latitude: one.latitude ?? "", longitude: one.longitude ?? "", placed: one.latitude === null ? "" : "1" };
  if (PARTS.some((name) => one[name])) for (const name of PARTS) values[name] = one[name];
  for (const [name, value] of Object.entries(values)) {
    const control = form.elements[name];
    control.value = value;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
  draw(form, one.degrees ?? "");
}

function takeOff(form) {
  for (const name of ["latitude", "longitude", "placed"]) form.elements[name].value = "";
  draw(form, "");
}

each("[data-marked]", (mark) => {
  mark.querySelector("[data-unmark]").hidden = false;
  belongs.set(mark.closest("form"), words(mark.closest("form")));
});

document.addEventListener("click", (event) => {
  const { form } = event.target.closest("[data-unmark]") ?? {};
  if (!form) return;
  takeOff(form);
  form.elements.street.focus();
});

document.addEventListener("change", (event) => {
  const { form, name } = event.target;
  const mark = event.isTrusted && PARTS.includes(name) ? markOf(form) : null;
  if (!mark || mark.hidden || samePlace(belongs.get(form), words(form))) return;
  takeOff(form);
  say(mark.dataset.left);
});
