// Starts a behaviour on every element it belongs to: those on the page, and those that htmx brings later.

/** Call `start` once for each element that matches `selector`, now and whenever new ones arrive. */
export function each(selector, start) {
  const started = new WeakSet();
  const visit = (root) => {
    const found = [...root.querySelectorAll(selector)];
    if (root.matches?.(selector)) found.unshift(root);
    for (const element of found) {
      if (started.has(element)) continue;
      started.add(element);
      start(element);
    }
  };
  visit(document);
  document.addEventListener("htmx:load", (event) => visit(event.target));
}
