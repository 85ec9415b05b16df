// The switch of light and dark takes effect at once and is kept for the next page.

function apply(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.querySelector("meta[name=color-scheme]").content = theme || "light dark";
  for (const button of document.querySelectorAll("[data-theme-form] button")) button.ariaPressed = String(button.value === theme);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-form]") || !event.submitter) return;
  event.preventDefault();
  const data = new FormData(form, event.submitter);
  apply(event.submitter.value);
  fetch(form.action, { method: "POST", body: data, redirect: "manual" }).catch(() => {});
});
