// A board by keys: arrows go from card to card; Space lifts one, arrows move it, Space puts it down, Escape puts it back.
import { aim, aimAtHome, cancel, cards, drop, holding, laneOf, lanes, lift, link } from "./board-move.js";

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
let spot = null; // the lane over which the held card is, and its place there

const title = (lane) => document.getElementById(lane.getAttribute("aria-labelledby")).textContent;

/** Say in words where the card is. */
function say(what, lane, place) {
  const board = lane.closest("[data-board]");
  const words = { name: link(holding()?.card ?? spot.card).textContent, lane: title(lane), place: String(place + 1) };
  const text = board.dataset[`says${what}`].replace(/\{(\w+)\}/g, (_all, name) => words[name]);
  document.querySelector("[data-board-says]").textContent = text;
}

function pick(card) {
  const place = cards(laneOf(card)).indexOf(card);
  if (!card.dataset.place || !lift(card)) return;
  spot = { card, home: laneOf(card), homePlace: place, lane: laneOf(card), place };
  say("Lifted", spot.lane, place);
}

function show() {
  const { lane, place, home, homePlace } = spot;
  if (lane === home && place === homePlace) aimAtHome();
  else aim(lane, cards(lane)[place]);
  (holding().slot.isConnected ? holding().slot : (holding().strip ?? spot.card)).scrollIntoView({ block: "nearest", inline: "nearest" });
  say(lane.hasAttribute("data-strip") ? "Strip" : "Over", lane, place);
}

/** The last place of a lane: behind its cards, or on top where the order is not one's own. */
const last = (lane) => (lane.matches("[data-strip], [data-unordered]") ? 0 : cards(lane).length);

function carry([across, down]) {
  const all = lanes(spot.card);
  const lane = all[all.indexOf(spot.lane) + across];
  if (!lane) return;
  spot.lane = lane;
  spot.place = Math.max(0, Math.min(spot.place + down, last(lane)));
  show();
}

function putDown() {
  const { card } = spot;
  spot = null;
  drop();
  link(card)?.focus({ preventScroll: true });
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function putBack() {
  const { home, homePlace } = spot;
  cancel();
  say("Back", home, homePlace);
  spot = null;
}

function go(card, [across, down]) {
  const own = laneOf(card);
  const place = cards(own).indexOf(card);
  if (down) return link(cards(own)[place + down] ?? card).focus();
  const all = [...own.parentElement.querySelectorAll("[data-lane]")].filter((lane) => lane === own || cards(lane).length);
  const lane = all[all.indexOf(own) + across];
  if (lane) link(cards(lane)[Math.min(place, cards(lane).length - 1)]).focus();
}

function press(event, card) {
  const arrow = ARROWS[event.key];
  if (spot) {
    if (event.key === " " || event.key === "Enter") putDown();
    else if (event.key === "Escape") putBack();
    else if (arrow) carry(arrow);
    else return;
  } else if (event.key === " ") pick(card);
  else if (arrow) go(card, arrow);
  else return;
  event.preventDefault();
}

document.addEventListener("keydown", (event) => {
  const at = event.target.closest?.("[data-card] h3 a");
  if (!at || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  press(event, at.closest("[data-card]"));
}, true);

// The way past the head of the page leads to the first card; without one, or without script, to the board.
document.addEventListener("click", (event) => {
  const first = event.target.closest?.("[data-first-card]") && document.querySelector("[data-board] [data-card] h3 a");
  if (!first) return;
  event.preventDefault();
  first.focus();
});

document.addEventListener("focusout", (event) => {
  if (spot && spot.card.contains(event.target)) putBack();
});
