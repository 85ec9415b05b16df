// A short celebration: a toast with data-cheer sets it off, from the lane that cheers, or else from itself. None for who wants no motion.
import { each } from "./each.js";

const PIECES = 40;
const LASTS = 1300; // milliseconds, all pieces together
const MARGIN = 48; // pixels from the edge of the window, so that a lane out of sight still cheers within it
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

const between = (least, most) => least + Math.random() * (most - least);
const within = (at, most) => Math.min(Math.max(at, MARGIN), most - MARGIN);

/** Let a piece fly up and aside, then fall. */
function fly(piece) {
  const [across, up] = [between(-320, 320), between(-60, -360)];
  const [delay, turn] = [between(0, 150), between(-720, 720)];
  const at = (x, y, angle) => `translate(${x}px, ${y}px) rotate(${angle}deg)`;
  const frames = [
    { transform: at(0, 0, 0), opacity: 1, easing: "cubic-bezier(.15, .8, .4, 1)" },
    { transform: at(across * 0.8, up, turn * 0.6), opacity: 1, offset: 0.45, easing: "cubic-bezier(.5, 0, .9, .6)" },
    { transform: at(across, up + 300, turn), opacity: 0 },
  ];
  piece.animate(frames, { duration: LASTS - delay, delay, fill: "both" });
}

function cheer(toast) {
  if (still.matches) return;
  const box = (document.querySelector("[data-cheers]") ?? toast).getBoundingClientRect();
  const burst = Object.assign(document.createElement("div"), { className: "cheer", ariaHidden: "true" });
  burst.style.left = `${within(box.left + box.width / 2, innerWidth)}px`;
  burst.style.top = `${within(box.top + Math.min(box.height / 2, 120), innerHeight)}px`;
  burst.append(...Array.from({ length: PIECES }, () => document.createElement("i")));
  document.body.append(burst);
  for (const piece of burst.children) fly(piece);
  setTimeout(() => burst.remove(), LASTS);
}

each("[data-cheer]", cheer);
