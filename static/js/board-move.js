// The move of a card on a board, whatever moves it: what is held, the slot that shows where it would land, and its end.

const SLOT_BEFORE = ":scope > :is(.more, .lane-empty)"; // the end of a lane, as far as it is loaded
const homes = new WeakMap(); // where cards that are on their way came from
let held = null;

export const card = (key) => document.querySelector(`[data-card="${key}"]`);
export const list = (lane) => lane.querySelector("[data-cards]");
export const laneOf = (element) => element.closest("[data-lane]");
export const link = (card) => card.querySelector("h3 a");
export const holding = () => held;

/** The link that opens a folded lane: there the focus goes when a card has disappeared into it. */
const strip = (lane) => document.querySelector(`[data-lane="${lane}"] .lane-shut`);

/** The cards of a lane in their order, without the one that is held. */
export function cards(lane) {
  const all = [...lane.querySelectorAll("[data-cards] > [data-card]")];
  return all.filter((one) => one !== held?.card);
}

/** How a card gets to a lane: the button or link of its menu; nothing where it may not go. */
export const way = (card, lane) => card.querySelector(`[data-to="${lane.dataset.lane}"]`);

/** The lanes between which a card can go, in their order. */
export function lanes(card) {
  return [...card.closest("[data-board]").querySelectorAll("[data-lane]")].filter((lane) => way(card, lane));
}

/** Take a card up; answers whether it could be. */
export function lift(card) {
  if (held || card.ariaBusy === "true") return false;
  const slot = document.createElement("li");
  slot.className = "slot";
  slot.ariaHidden = "true";
  slot.style.blockSize = `${card.offsetHeight}px`;
  held = { card, slot, lane: laneOf(card), strip: null };
  card.toggleAttribute("data-lifted", true);
  return true;
}

/** Show that the held card would land in `lane` before `other`, or at the end; where the order is not one's own, on top. */
export function aim(lane, other) {
  held.strip?.removeAttribute("data-over");
  held.strip = lane.hasAttribute("data-strip") ? lane : null;
  held.strip?.setAttribute("data-over", "");
  if (held.strip) return held.slot.remove();
  const before = lane.hasAttribute("data-unordered") ? cards(lane)[0] : other;
  list(lane).insertBefore(held.slot, before ?? list(lane).querySelector(SLOT_BEFORE));
}

/** Take the slot away: here the card would land where it lies. */
export function aimAtHome() {
  held.strip?.removeAttribute("data-over");
  held.strip = null;
  held.slot.remove();
}

/** Where the held card would land: the lane, and its neighbours there; the lane alone for a strip, nothing for its own place. */
function target() {
  if (held.strip) return { lane: held.strip };
  if (!held.slot.isConnected) return null;
  const { slot } = held;
  const all = [...slot.parentElement.children].filter((one) => one === slot || (one.matches("[data-card]") && one !== held.card));
  const at = all.indexOf(slot);
  const own = [...slot.parentElement.children].filter((one) => one.matches("[data-card], .slot"));
  if (laneOf(slot) === held.lane && Math.abs(own.indexOf(slot) - own.indexOf(held.card)) === 1) return null;
  return { lane: laneOf(slot), before: all[at + 1], after: all[at - 1] };
}

function letGo() {
  const { card } = held;
  held.strip?.removeAttribute("data-over");
  card.removeAttribute("data-lifted");
  card.removeAttribute("data-carried");
  card.removeAttribute("style");
  held.slot.remove();
  held = null;
}

/** Put the card down where the slot is, and tell the server; answers false when it stays where it was. */
export function drop() {
  const to = target();
  const { card, slot } = held;
  const found = to && way(card, to.lane);
  if (!found) {
    letGo();
    return false;
  }
  const neighbours = { before: to.before?.dataset.card ?? "", after: to.after?.dataset.card ?? "" };
  if (found.matches("a")) {
    letGo();
    ask(card, found, neighbours);
    return true;
  }
  homes.set(card, { parent: card.parentElement, next: card.nextElementSibling === slot ? slot.nextElementSibling : card.nextElementSibling });
  slot.replaceWith(card);
  letGo();
  send(card, found, neighbours);
  return true;
}

/** Leave everything as it was. */
export function cancel() {
  if (held) letGo();
}

/** A question comes first: until it is answered the card stays where it was. The link asks for the top again afterwards. */
function ask(card, question, neighbours) {
  const { href } = question;
  const url = new URL(href);
  for (const [name, value] of Object.entries(neighbours)) url.searchParams.set(name, value);
  question.href = url.href;
  question.click();
  question.href = href;
  document.getElementById("panel")?.addEventListener("close", () => link(card)?.focus(), { once: true });
}

function send(moved, button, neighbours) {
  moved.ariaBusy = "true";
  const focused = moved.contains(document.activeElement);
  const values = { [button.name]: button.value, ...neighbours };
  const sent = window.htmx.ajax("POST", button.getAttribute("formaction"), { source: moved, target: moved, swap: "outerHTML", values });
  sent.then(() => focused && !card(moved.dataset.card) && strip(button.dataset.to)?.focus()).catch(() => {});
}

/** Put a card back that the server did not take. */
export function restore(card) {
  const home = homes.get(card);
  card.ariaBusy = null;
  if (!home) return;
  homes.delete(card);
  const focused = card.contains(document.activeElement);
  home.parent.insertBefore(card, home.next?.parentElement === home.parent ? home.next : home.parent.querySelector(SLOT_BEFORE));
  if (focused) link(card).focus();
}
