// Forms that send themselves: data-autosubmit when a choice is made, data-autosubmit="type" also after a pause in typing.

const PAUSE = 350;
let waiting = 0;

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && event.target.matches("select, [type=checkbox], [type=radio], [type=date], [type=file]")) form.requestSubmit();
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form[data-autosubmit=type]");
  if (!form || !event.target.matches("[type=search], [type=text]") || event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => form.isConnected && form.requestSubmit(), PAUSE);
});

document.addEventListener("submit", () => clearTimeout(waiting));
