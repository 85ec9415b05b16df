// A file dropped on its zone; the zone says its name and size. data-max-bytes on the input refuses what is too large at once.
import { each } from "./each.js";

function size(bytes) {
  const [unit, by] = bytes < 1e6 ? ["kilobyte", 1e3] : ["megabyte", 1e6];
  const digits = { style: "unit", unit, maximumFractionDigits: bytes < 1e6 ? 0 : 1 };
  return new Intl.NumberFormat(document.documentElement.lang, digits).format(bytes / by);
}

function show(zone, input) {
  const files = [...input.files];
  const name = zone.querySelector("[data-drop-name]");
  name.dataset.prompt ??= name.textContent;
  name.textContent = files.length ? files.map((file) => `${file.name}, ${size(file.size)}`).join(" · ") : name.dataset.prompt;
  const most = Number(input.dataset.maxBytes ?? Infinity);
  input.setCustomValidity(files.some((file) => file.size > most) ? (input.dataset.tooLarge ?? " ") : "");
  zone.toggleAttribute("data-filled", files.length > 0);
  input.reportValidity();
}

each("[data-drop]", (zone) => {
  const input = zone.querySelector("input[type=file]");
  if (!input) return;
  let depth = 0;
  const over = (by) => zone.toggleAttribute("data-over", (depth += by) > 0);
  input.addEventListener("change", () => show(zone, input));
  zone.addEventListener("dragenter", () => over(1));
  zone.addEventListener("dragleave", () => over(-1));
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    over(-depth);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
});
