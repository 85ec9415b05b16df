// Cells corrected in place: a click, Enter or F2 opens one, Enter has the row checked, Esc leaves it as it was, arrows move about.
import { plain } from "./clicks.js";
import { each } from "./each.js";
import * as inplace from "./inplace.js";

const link = (cell) => cell?.querySelector("a.cell");

async function open(anchor) {
  const cell = anchor.closest("td");
  const row = cell.parentElement;
  const place = cell.cellIndex;
  const front = cell.closest("table").dataset.front;
  const input = await inplace.open(cell, anchor.href, () => row.cells[place], { front });
  input?.focus();
  input?.select();
}

function move(anchor, key) {
  const cell = anchor.closest("td");
  const rows = [...anchor.closest("table").querySelectorAll("tbody tr:not(.row-why)")];
  const at = rows.indexOf(cell.parentElement);
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  link(rows[at + down]?.cells[cell.cellIndex + right])?.focus();
}

function pressed(event) {
  const opened = inplace.editing(event.target);
  if (opened) {
    const wanted = inplace.wish(event);
    if (wanted) event.preventDefault();
    if (wanted === "leave") link(inplace.close(opened))?.focus();
    if (wanted === "save") inplace.send(opened);
    return;
  }
  const anchor = event.target.closest?.("a.cell");
  if (!anchor || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "F2") {
    event.preventDefault();
    anchor.click();
  } else if (event.key.startsWith("Arrow")) {
    event.preventDefault();
    move(anchor, event.key);
  }
}

/** Tab goes from error to error; the arrows reach every cell. */
function reachable(row) {
  for (const cell of row.querySelectorAll("td:not([data-bad], [data-fixed]) > a.cell")) cell.tabIndex = -1;
}

each("table[data-cells]", (table) => {
  const first = table.querySelector("td[data-bad] > a.cell, a.cell");
  for (const row of table.tBodies) reachable(row);
  if (first) first.tabIndex = 0;
  table.addEventListener("click", (event) => {
    const anchor = event.target.closest("a.cell") ?? (event.target.closest("a, form, .line-no") ? null : link(event.target.closest("td")));
    if (!anchor || !window.htmx || !plain(event)) return;
    event.preventDefault();
    open(anchor);
  });
  table.addEventListener("keydown", pressed);
  table.addEventListener("focusout", inplace.left);
  table.addEventListener("submit", (event) => inplace.sending(inplace.editing(event.target), true));
  table.addEventListener("htmx:configRequest", (event) => {
    // A correction may change other rows, those that share its email: which of them stand here?
    if (event.detail.verb === "post") event.detail.parameters.shown = [...table.tBodies].map((row) => row.id.slice(5)).join();
  });
  table.addEventListener("htmx:afterRequest", (event) => inplace.sending(inplace.editing(event.target), false));
});
each("table[data-cells] > tbody", reachable);
