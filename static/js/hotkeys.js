// A key presses a control that one can see: data-hotkey="e", "mod+k", "mod+s", "/", "?". "mod" is Ctrl, on a Mac Cmd.
import { each } from "./each.js";

const TYPING = "input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file]), textarea, select, [contenteditable]";

function pressed(event) {
  const mod = event.ctrlKey || event.metaKey;
  if (event.altKey || (mod && event.shiftKey)) return "";
  return (mod ? "mod+" : "") + event.key.toLowerCase();
}

const typing = (event) => event.target instanceof Element && event.target.closest(TYPING) !== null;

const front = () => [...document.querySelectorAll("dialog[open]")].at(-1);

/** What is off still takes its key when it can say why: it gets the focus, and shows its words. */
const off = (element) => element.matches("[aria-disabled=true]");

/** Only what lies in the front dialog counts while one is open; the form one types in goes first, then the page, then its frame. */
function control(key) {
  const able = (element) => element.checkVisibility() && !element.matches(":disabled") && (!off(element) || element.dataset.tip);
  const all = [...(front() ?? document).querySelectorAll("[data-hotkey]")];
  const fit = all.filter((element) => element.dataset.hotkey.split(" ").includes(key) && able(element));
  const typedIn = fit.find((element) => element.closest("form")?.contains(document.activeElement));
  return typedIn ?? fit.find((element) => element.closest("main, dialog")) ?? fit[0];
}

document.addEventListener("keydown", (event) => {
  const key = pressed(event);
  if (!key || event.defaultPrevented || event.repeat || event.isComposing) return;
  if (!key.startsWith("mod+") && typing(event)) return;
  const target = control(key);
  // The browser's own Save and Search stay away while a dialog is open, where they would be a surprise.
  if (target || (front() && ["mod+s", "mod+k"].includes(key))) event.preventDefault();
  if (!target) return;
  if (off(target)) target.focus();
  else if (target.matches(TYPING)) {
    target.focus();
    target.select?.();
  } else target.click();
});

if (/Mac|iP/.test(navigator.platform)) each("kbd", (key) => (key.textContent = key.textContent.replace("Ctrl ", "⌘")));
