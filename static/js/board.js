// A board: a card goes from lane to lane, and up and down in one, by mouse, finger (board-pointer.js) or keys (board-keys.js).
// Where it may go, and how, says the menu of the card: a button is posted with the neighbours, a link asks first.
import "./board-keys.js";
import "./board-pointer.js";
import { each } from "./each.js";
import { card as named, restore } from "./board-move.js";

const lost = (event) => event.target.matches?.("[data-card]") && restore(event.target);

// What a lane loads as one scrolls may be here already: somebody moved it meanwhile.
each("[data-card]", (card) => {
  if (named(card.dataset.card) !== card) card.remove();
});
for (const refusal of ["board:refused", "htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(refusal, lost);
}
