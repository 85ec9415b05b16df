// Uploads: files chosen, or dropped anywhere on the tab, are sent one after the other. Then the list shows them.
import { each } from "./each.js";
import { UploadLine } from "./upload-line.js";

const FRESH = "#record-tabs,#last-activity";

/** Bring the list up to date, and what else counts files. */
async function refresh(lines) {
  const how = { source: "#uploads", target: "#files", select: "#files", swap: "outerHTML", selectOOB: FRESH };
  await window.htmx?.ajax("GET", location.pathname, how).catch(() => {});
  for (const line of lines) if (line.isDone) line.element.remove();
}

/** What was dropped: files, and folders by their name. */
function dropped({ items, files }) {
  const entries = [...items].filter((item) => item.kind === "file");
  return entries.map((item, place) => {
    const entry = item.webkitGetAsEntry?.();
    return entry?.isDirectory ? { name: entry.name, isFolder: true } : (item.getAsFile() ?? files[place]);
  });
}

each("form[data-uploader]", (form) => {
  const input = form.querySelector("input[type=file]");
  const tab = form.closest("[data-drop-files]");
  const list = document.getElementById("uploads");
  const waiting = [];
  let busy = false;

  async function work() {
    if (busy) return;
    busy = true;
    while (waiting.length) {
      const sent = waiting.splice(0);
      for (const line of sent) if (!line.gone) await line.send();
      // Before the next ones go: of two refreshes at once the later one would fill a list that is gone.
      if (navigator.onLine) await refresh(sent);
    }
    busy = false;
  }

  function queue(lines) {
    for (const line of lines) line.say(line.words.waiting);
    waiting.push(...lines);
    work();
  }

  function add(files) {
    form.querySelector(".errors")?.remove();
    const lines = files.map((file) => new UploadLine(file, form));
    list.append(...lines.map((line) => line.element));
    for (const line of lines) line.part("retry").addEventListener("click", () => queue([line]));
    queue(lines.filter((line) => !line.refuse()));
  }

  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    add(files);
  });

  const carries = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const over = (by) => tab.toggleAttribute("data-over", (depth += by) > 0);
  tab.addEventListener("dragenter", (event) => carries(event) && over(1));
  tab.addEventListener("dragleave", (event) => carries(event) && over(-1));
  tab.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  tab.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over(-depth);
    add(dropped(event.dataTransfer));
  });
  window.addEventListener("beforeunload", (event) => {
    if (busy) event.preventDefault();
  });
});
