// The columns of a list: arrows, Alt+arrow keys and dragging move one. Without script the arrows ask the server.

const LIST = "[data-columns]";
let dragged = null;

const name = (item) => item.querySelector("label").textContent.trim();

function say(item) {
  const list = item.parentElement;
  const place = [...list.children].indexOf(item) + 2; // the first column of the table is not in the list
  const says = list.parentElement.querySelector("[data-columns-says]");
  says.textContent = list.dataset.says.replace("{name}", name(item)).replace("{place}", place);
}

/** Move an item by one place; what had the focus in it keeps it. */
function step(item, by) {
  const beside = by < 0 ? item.previousElementSibling : item.nextElementSibling;
  if (!beside) return;
  const focused = document.activeElement;
  by < 0 ? beside.before(item) : beside.after(item);
  focused?.focus();
  item.scrollIntoView({ block: "nearest" });
  say(item);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(`${LIST} [data-step]`);
  if (!button) return;
  event.preventDefault();
  step(button.closest("li"), Number(button.dataset.step));
});

document.addEventListener("keydown", (event) => {
  const item = event.target.closest?.(`${LIST} li`);
  const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!item || !by || !event.altKey) return;
  event.preventDefault();
  step(item, by);
});

document.addEventListener("pointerdown", (event) => {
  const item = event.target.closest(`${LIST} li`);
  if (item) item.draggable = event.pointerType === "mouse" && !event.target.closest("input, button");
});

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(`${LIST} li`) ?? null;
  if (dragged) event.dataTransfer.effectAllowed = "move";
});

document.addEventListener("dragover", (event) => {
  const over = event.target.closest?.(`${LIST} li`);
  if (!dragged || !over) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  if (over !== dragged) event.clientY < box.top + box.height / 2 ? over.before(dragged) : over.after(dragged);
});

document.addEventListener("dragend", () => {
  if (dragged) say(dragged);
  dragged = null;
});
