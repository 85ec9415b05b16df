// One token: a word with a cross that takes it off.

function cross() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = { class: "icon", viewBox: "0 0 24 24", fill: "none", stroke: "currentColor", "aria-hidden": "true" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M18 6 6 18M6 6l12 12");
  svg.append(path);
  return svg;
}

/** Return a token that shows `word`; its cross, labelled with both, calls `remove`. */
export function token(word, label, remove) {
  const tag = Object.assign(document.createElement("span"), { className: "tag", textContent: word });
  const button = Object.assign(document.createElement("button"), { type: "button", ariaLabel: `${label} ${word}` });
  button.append(cross());
  button.addEventListener("click", remove);
  tag.append(button);
  return tag;
}
