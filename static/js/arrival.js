// Where one is after something was saved, deleted or restored: the focus goes to what the address names, else, under a toast, to the region of the page.

const KEYS = "by-keys"; // whether the last hand was at the keyboard, on the page before

/** Go on to an address that a fragment of this page answered with. One that differs in no more than its place is loaded anew. */
export function go(to) {
  const url = new URL(to, location.href);
  const same = url.href.split("#")[0] === location.href.split("#")[0];
  if (!same || !url.hash) return location.replace(url);
  history.replaceState(history.state, "", url);
  location.reload();
}

function leadOn(event) {
  const to = event.detail.xhr.getResponseHeader("HX-Redirect");
  if (!to || event.defaultPrevented || document.querySelector("#panel[open]")) return; // the panel leads on by itself
  event.preventDefault();
  go(to);
}

/** The region of the page, where a toast tells what was done. */
function region() {
  const told = document.querySelector("#toasts > [data-toast]");
  return told && (document.querySelector("main .scroll[role=region]") ?? document.getElementById("main"));
}

function arrive() {
  if (document.activeElement && document.activeElement !== document.body) return;
  const named = location.hash && document.getElementById(location.hash.slice(1));
  const found = named || region();
  if (!found || document.querySelector("dialog[open], main [autofocus]")) return;
  const lent = found.tabIndex < 0;
  if (lent) found.tabIndex = -1;
  // A region as large as the page wears no ring until one comes to it by Tab; nor does what the address names, for who
  // came by the mouse, whatever the browser thinks of a focus that a script gives.
  found.toggleAttribute("data-arrived", !named || sessionStorage.getItem(KEYS) !== "1");
  found.addEventListener("blur", function leave() {
    if (document.activeElement === found) return; // the window was left, not the place
    found.removeEventListener("blur", leave);
    found.removeAttribute("data-arrived");
    if (lent) found.removeAttribute("tabindex");
  });
  found.focus({ preventScroll: !location.hash });
}

document.addEventListener("htmx:beforeOnLoad", leadOn);
document.addEventListener("keydown", () => sessionStorage.setItem(KEYS, "1"), true);
document.addEventListener("pointerdown", () => sessionStorage.setItem(KEYS, "0"), true);
arrive();
