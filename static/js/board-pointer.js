// A board by mouse and finger: a card follows the pointer; a finger rests on it first, so that the page still scrolls.
import { aim, cancel, cards, drop, holding, lanes, lift } from "./board-move.js";

const FAR = 6; // pixels after which a pressed card is carried, and a resting finger is none
const REST = 350; // milliseconds a finger rests before it lifts
const EDGE = 56; // pixels at an edge within which the board scrolls on
const SPEED = 10; // pixels a frame, at the very edge
let pressed = null; // the card under the pointer, and where it was pressed
let carried = null; // the pointer's last place, and that of the card when it was lifted

function press(event) {
  const card = event.target.closest?.("[data-place]");
  if (!card || event.button || !event.isPrimary || holding() || event.target.closest(".menu")) return;
  pressed = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY, finger: event.pointerType === "touch" };
  if (pressed.finger) pressed.timer = setTimeout(take, REST);
}

function release() {
  clearTimeout(pressed?.timer);
  pressed = null;
}

/** The card leaves its place, the slot takes it. */
function take() {
  const { card, pointer, x, y } = pressed;
  const box = card.getBoundingClientRect();
  if (!lift(card)) return release();
  carried = { x, y, fromX: x, fromY: y, card };
  aim(card.closest("[data-lane]"), card.nextElementSibling?.matches("[data-card]") ? card.nextElementSibling : null);
  card.toggleAttribute("data-carried", true);
  Object.assign(card.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px` });
  card.closest("[data-board]").toggleAttribute("data-carrying", true);
  card.setPointerCapture(pointer);
  navigator.vibrate?.(10);
  requestAnimationFrame(scroll);
}

function move(event) {
  if (event.pointerId !== pressed?.pointer) return;
  const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > FAR;
  if (!carried && far && pressed.finger) return release();
  if (!carried && far) take();
  if (!carried) return;
  Object.assign(carried, { x: event.clientX, y: event.clientY });
  follow();
}

function follow() {
  const { card, x, y, fromX, fromY } = carried;
  card.style.translate = `${x - fromX}px ${y - fromY}px`;
  // A strip that stays at the edge lies over the lanes behind it.
  const lane = lanes(card).findLast((one) => {
    const box = one.getBoundingClientRect();
    return x >= box.left && x <= box.right;
  });
  if (lane) aim(lane, cards(lane).find((one) => middle(one) > y));
}

const middle = (element) => {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
};

/** How fast to scroll for a pointer at `at` between two edges: not at all far from both. */
function pull(at, start, end) {
  const near = Math.max(0, start + EDGE - at) - Math.max(0, at - end + EDGE);
  return -Math.round((Math.max(-EDGE, Math.min(EDGE, near)) / EDGE) * SPEED);
}

/** Where the lanes end for the eye: at the first strip, as these stay in sight, or at the end of the board. */
function edge(board) {
  const ends = [...board.querySelectorAll("[data-strip]")].map((strip) => strip.getBoundingClientRect().left);
  return Math.min(board.getBoundingClientRect().right, ...ends);
}

/** At the edges the board scrolls on, and the page where it is the page that scrolls. */
function scroll() {
  if (!carried) return;
  const board = carried.card.closest("[data-board]");
  const box = board.getBoundingClientRect();
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const across = holding().strip ? 0 : pull(carried.x, Math.max(box.left, 0), Math.min(edge(board), innerWidth));
  const down = pull(carried.y, top, bottom);
  const before = [board.scrollLeft, board.scrollTop, scrollY];
  board.scrollBy(across, 0);
  (getComputedStyle(board).overflowY === "auto" ? board : window).scrollBy(0, down);
  if (before.join() !== [board.scrollLeft, board.scrollTop, scrollY].join()) follow();
  requestAnimationFrame(scroll);
}

/** The press that moved a card is no click on it. */
function swallow(event) {
  if (!event.isTrusted) return;
  event.preventDefault();
  event.stopPropagation();
}

function end(finish) {
  const { card } = carried;
  carried = null;
  release();
  card.closest("[data-board]").removeAttribute("data-carrying");
  document.addEventListener("click", swallow, { capture: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 0);
  finish();
}

const ours = (event) => event.pointerId === pressed?.pointer;

function listen(board) {
  document.addEventListener("pointerdown", press);
  document.addEventListener("pointermove", move);
  document.addEventListener("pointerup", (event) => ours(event) && (carried ? end(drop) : release()));
  document.addEventListener("pointercancel", (event) => ours(event) && (carried ? end(cancel) : release()));
  document.addEventListener("keydown", (event) => {
    if (!carried || event.key !== "Escape") return;
    event.preventDefault();
    end(cancel);
  }, true);
  // The browser's own ways with a link that is pulled, or on which a finger rests.
  document.addEventListener("dragstart", (event) => event.target.closest?.("[data-place]") && event.preventDefault());
  document.addEventListener("selectstart", (event) => pressed && event.preventDefault());
  document.addEventListener("contextmenu", (event) => pressed?.finger && event.preventDefault());
  // A browser asks, when a finger comes down, whether its moves may be kept from scrolling: only the board says so.
  board.addEventListener("touchmove", (event) => carried && event.cancelable && event.preventDefault(), { passive: false });
}

const board = document.querySelector("[data-board]");
if (board) listen(board);
