// What htmx reloads every few seconds: it rests out of sight and under the hand, and a lost connection is no news of it.
const polls = (event) => event.target.matches?.("[data-poll]") && event.detail.elt === event.target;

document.addEventListener("htmx:beforeRequest", (event) => {
  // While one does something with what is shown, it stays where it is. To have arrived at it by its address is no doing.
  const at = document.activeElement;
  if (polls(event) && (document.hidden || (event.target.contains(at) && at.tabIndex >= 0))) event.preventDefault();
});

// The next look may succeed: until then no toast says every few seconds that this one did not.
for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => polls(event) && event.stopPropagation(), true);
}
