// Whether something was typed into a form since it was drawn.

const drawn = new WeakMap();

/** Return all that the form would send, to be compared. */
export function snapshot(form) {
  const entries = [...new FormData(form)].map(([name, value]) => [name, value instanceof File ? `${value.name} ${value.size}` : value]);
  return JSON.stringify(entries);
}

/** Remember the form as it is now. One that came back with errors holds words that are saved nowhere: it counts as changed. */
export function remember(form) {
  drawn.set(form, form.querySelector("[aria-invalid=true], [data-errors]") ? null : snapshot(form));
}

/** Whether the form differs from what was remembered; one that nobody remembered has not changed. */
export function changed(form) {
  return drawn.has(form) && drawn.get(form) !== snapshot(form);
}

/** Let the form go: it was sent, or its words were given up. */
export function forget(form) {
  drawn.delete(form);
}
