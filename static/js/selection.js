// The check boxes of a list: the head's box, ranges with Shift, the bar with what can be done, "all that match".
import { each } from "./each.js";

const boxes = (list) => [...list.querySelectorAll("input[data-select]")];

function tell(list, count) {
  const all = list.querySelector("input[data-all]")?.value === "1" && list.dataset.totalText;
  for (const place of document.querySelectorAll("[data-selected-count]")) {
    place.textContent = all || count.toLocaleString(document.documentElement.lang);
  }
  for (const bar of list.querySelectorAll("[data-bulk]")) bar.toggleAttribute("data-on", count > 0);
}

function refresh(list) {
  const all = boxes(list);
  const picked = all.filter((box) => box.checked).length;
  const everything = list.querySelector("input[data-all]");
  const more = list.querySelector("[data-select-all]");
  const total = Number(list.dataset.total ?? all.length);
  const whole = picked === all.length && picked > 0;
  if (everything && !whole) everything.value = "";
  const head = list.querySelector("input[data-select-page]");
  if (head) {
    head.checked = whole;
    head.indeterminate = picked > 0 && !whole;
  }
  if (more) more.hidden = !whole || total <= all.length || everything?.value === "1";
  tell(list, everything?.value === "1" ? total : picked);
}

function choose(list, checked) {
  for (const box of boxes(list)) box.checked = checked;
  refresh(list);
}

function everything(list) {
  list.querySelector("input[data-all]").value = "1";
  choose(list, true);
}

each("[data-selection]", (list) => {
  let last = null;
  list.addEventListener("click", (event) => {
    if (event.target.closest("[data-select-all]")) return everything(list);
    if (event.target.closest("[data-select-clear]")) return choose(list, false);
    const box = event.target.closest("input[data-select]");
    if (!box) return;
    const all = boxes(list);
    if (event.shiftKey && last && all.includes(last)) {
      const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
      for (const between of all.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
  });
  list.addEventListener("change", (event) => {
    if (event.target.matches("input[data-select-page]")) return choose(list, event.target.checked);
    if (event.target.matches("input[data-select]")) refresh(list);
  });
  // Enter on a box would press the first button of the form, whatever that does.
  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input[type=checkbox]")) event.preventDefault();
  });
  list.addEventListener("htmx:load", () => refresh(list));
  window.addEventListener("pageshow", () => refresh(list));
  refresh(list);
});
