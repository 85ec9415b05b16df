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

function place() {
  const named = location.hash && document.getElementById(location.hash.slice(1));
  const told = document.querySelector("#toasts > [data-toast]");
  return named || (told && (document.querySelector("main .scroll[role=region]") ?? document.getElementById("main")));
}

function arrive() {
  if (document.activeElement && document.activeElement !== document.body) return;
  const found = place();
  if (!found || document.querySelector("dialog[open], main [autofocus]")) return;
  const lent = found.tabIndex < 0;
  if (lent) found.tabIndex = -1;
  // Who came by the mouse sees no ring, whatever the browser thinks of a focus that a script gives.
  found.toggleAttribute("data-arrived", sessionStorage.getItem(KEYS) !== "1");
  found.addEventListener("blur", () => leave(found, lent), { once: true });
  found.focus({ preventScroll: !location.hash });
}

function leave(found, lent) {
  found.removeAttribute("data-arrived");
  if (lent) found.removeAttribute("tabindex");
}

document.addEventListener("htmx:beforeOnLoad", leadOn);
document.addEventListener("keydown", () => sessionStorage.setItem(KEYS, "1"), true);
document.addEventListener("pointerdown", () => sessionStorage.setItem(KEYS, "0"), true);
arrive();
