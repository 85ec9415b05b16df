// The preview of a template follows what is typed: form[data-fill] with input[data-fills="1"] and [data-place="1"].

document.addEventListener("input", (event) => {
  const number = event.target.dataset?.fills;
  const form = event.target.closest?.("form[data-fill]");
  if (!number || !form) return;
  for (const place of form.querySelectorAll(`[data-place="${CSS.escape(number)}"]`))
    place.textContent = event.target.value || place.dataset.blank;
});
