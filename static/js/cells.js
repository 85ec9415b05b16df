// Cells corrected in place: a click, Enter or F2 opens one, Enter has the row checked, Esc leaves it as it was, arrows move about.
import { plain } from "./clicks.js";
import { each } from "./each.js";

const replaced = new Map(); // the cell as it was, by the cell that is being typed in

const sent = new WeakSet(); // cells whose row is being checked

const link = (cell) => cell?.querySelector("a.cell");

async function open(anchor) {
  const cell = anchor.closest("td");
  const row = cell.parentElement;
  const place = cell.cellIndex;
  await window.htmx.ajax("GET", anchor.href, { target: cell, swap: "outerHTML", values: { front: cell.closest("table").dataset.front } }).catch(() => {});
  const opened = row.cells[place];
  if (opened === cell || !opened) return;
  replaced.set(opened, cell);
  const input = opened.querySelector(".input");
  input.focus();
  input.select();
}

function close(opened, focus) {
  const cell = replaced.get(opened);
  if (!cell) return;
  replaced.delete(opened);
  opened.replaceWith(cell);
  if (focus) link(cell)?.focus();
}

const typed = (input) => input.value !== input.defaultValue;

function move(anchor, key) {
  const cell = anchor.closest("td");
  const rows = [...anchor.closest("table").querySelectorAll("tbody tr:not(.row-why)")];
  const at = rows.indexOf(cell.parentElement);
  const [down, right] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key];
  link(rows[at + down]?.cells[cell.cellIndex + right])?.focus();
}

function pressed(event) {
  const opened = event.target.closest?.("td[data-editing]");
  if (opened) {
    if (event.key === "Escape") {
      event.preventDefault();
      close(opened, true);
    }
    if (event.key === "Enter" && event.target.matches("textarea") && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
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

/** Left with nothing typed, a cell closes; left with something typed, its row is checked. */
function left(event) {
  const opened = event.target.closest("td[data-editing]");
  if (!replaced.has(opened) || sent.has(opened) || opened.contains(event.relatedTarget)) return;
  if (typed(event.target)) event.target.form?.requestSubmit();
  else setTimeout(() => opened.isConnected && close(opened, false));
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
  table.addEventListener("focusout", left);
  table.addEventListener("submit", (event) => sent.add(event.target.closest("td")));
  table.addEventListener("htmx:configRequest", (event) => {
    // A correction may change other rows, those that share its email: which of them stand here?
    if (event.detail.verb === "post") event.detail.parameters.shown = [...table.tBodies].map((row) => row.id.slice(5)).join();
  });
  table.addEventListener("htmx:afterRequest", (event) => sent.delete(event.target.closest("td")));
});
each("table[data-cells] > tbody", reachable);
