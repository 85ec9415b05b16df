// "124 of 10,000" under a text that has a limit; the words around the numbers come from the server.

document.addEventListener("input", (event) => {
  const text = event.target;
  if (!text.dataset?.limit) return;
  const counter = document.querySelector(`[data-counter="${CSS.escape(text.id)}"]`);
  const used = counter?.querySelector("[data-used]");
  if (!used) return;
  used.textContent = text.value.length.toLocaleString(document.documentElement.lang);
  counter.toggleAttribute("data-over", text.value.length > Number(text.dataset.limit));
});
