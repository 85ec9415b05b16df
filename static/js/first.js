// Where one begins to type in a form: what is wrong, what the form names, or its first control.

const FIELD = "input:not([type=hidden], [type=checkbox], [type=radio], [type=file])";
const FILTER = "form[method=get] .body :is(input:not([type=hidden]), select, textarea)"; // one begins at the top
const FIRST = ["[aria-invalid=true]", "[autofocus]", FILTER, `.body :is(${FIELD}, textarea)`, ".body select", "textarea", "button"];

/** Return the control that gets the focus when `root` is shown. */
export function first(root) {
  return FIRST.map((selector) => root.querySelector(selector)).find(Boolean);
}
