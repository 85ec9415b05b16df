// The side panel: a link with data-panel opens its own href in it. Nothing typed is lost without a question.
import { go } from "./arrival.js";
import { beside, plain } from "./clicks.js";
import { changed, forget, remember } from "./changed.js";
import { mayDiscard } from "./discard.js";
import { first } from "./first.js";

const panel = document.getElementById("panel");
let opener = null;
let pressedBeside = false;
let steppingBack = false; // the panel is closed and its place in the history is being left

const form = () => panel.querySelector("form[method=post]");

/** The words of the page that the panel shows are gone with it; so is its place in the history. */
function shut() {
  panel.close();
  if (!history.state?.panel) return;
  steppingBack = true;
  history.back();
}

async function leave() {
  if (!panel.open || panel.ariaBusy === "true") return;
  if (form() && changed(form()) && !(await mayDiscard())) return;
  shut();
}

function show() {
  if (!panel.firstElementChild) return;
  if (!panel.open) {
    panel.showModal();
    history.pushState({ panel: true }, "");
  }
  if (form()) remember(form());
  panel.querySelector(".body")?.scrollTo(0, 0);
  first(panel)?.focus();
}

async function load(link) {
  opener = link;
  link.ariaBusy = "true";
  await window.htmx.ajax("GET", link.href, { target: panel, swap: "innerHTML" }).catch(() => {});
  link.ariaBusy = null;
}

async function send(sent, submitter) {
  if (panel.ariaBusy === "true") return;
  panel.ariaBusy = "true";
  const values = submitter?.name ? { [submitter.name]: submitter.value } : {};
  const action = submitter?.getAttribute("formaction") ?? sent.getAttribute("action") ?? location.href;
  await window.htmx.ajax("POST", action, { source: sent, target: panel, swap: "innerHTML", values }).catch(() => {});
  panel.ariaBusy = null;
}

function listen() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-panel]");
    if (!link || !window.htmx || !plain(event)) return;
    event.preventDefault();
    link.closest("details[open]")?.removeAttribute("open");
    load(link);
  });
  panel.addEventListener("htmx:afterSwap", (event) => event.target === panel && show());
  panel.addEventListener("submit", (event) => {
    const sent = event.target;
    if (sent.method !== "post" || sent.hasAttribute("hx-post") || sent.closest("#toasts")) return;
    event.preventDefault();
    send(sent, event.submitter);
  });
  panel.addEventListener("mousedown", (event) => (pressedBeside = beside(event, panel)));
  panel.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (!close && !(pressedBeside && beside(event, panel))) return;
    if (event.target.closest("dialog") !== panel) return;
    event.preventDefault();
    leave();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    leave();
  });
  panel.addEventListener("cancel", (event) => {
    if (event.target !== panel) return;
    event.preventDefault();
    leave();
  });
  panel.addEventListener("close", (event) => {
    if (event.target !== panel) return;
    panel.replaceChildren();
    opener?.focus();
  });
}

/** Back closes the panel; with something typed it asks first, standing where it stood. */
async function goneBack(event) {
  if (!panel.open && !steppingBack) return;
  event.stopImmediatePropagation();
  steppingBack = false;
  if (!panel.open) return;
  if (form() && changed(form())) {
    history.pushState({ panel: true }, "");
    return leave();
  }
  panel.close();
}

/** A saved form leads on in the place of the panel, so that Back returns to the page below it. */
function leadOn(event) {
  const to = event.detail.xhr.getResponseHeader("HX-Redirect");
  if (!to || !panel.open) return;
  event.preventDefault();
  if (form()) forget(form());
  go(to);
}

if (panel) {
  listen();
  window.addEventListener("popstate", goneBack, true);
  document.addEventListener("htmx:beforeOnLoad", leadOn);
}
