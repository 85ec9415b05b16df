// The end follows the start: input[data-follows="name"] keeps its distance when the other moves.
import { each } from "./each.js";

const MINUTE = 60_000;
const moment = (input) => new Date(`${input.value}Z`).getTime();

each("input[data-follows]", (end) => {
  const start = end.form?.elements[end.dataset.follows];
  if (!start) return;
  let distance = moment(end) - moment(start);
  start.addEventListener("change", () => {
    if (Number.isNaN(moment(start)) || !(distance >= MINUTE)) return;
    end.value = new Date(moment(start) + distance).toISOString().slice(0, 16);
  });
  end.addEventListener("change", () => (distance = moment(end) - moment(start)));
});
