// Arrow keys go from day to day in a calendar: [data-days] with a[data-day] in it; past its ends they turn the page.
import { each } from "./each.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

each("[data-days]", (calendar) => {
  calendar.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const day = event.target.closest("a[data-day]");
    if (!step || !day || event.ctrlKey || event.metaKey || event.altKey) return;
    const days = [...calendar.querySelectorAll("a[data-day]")];
    const next = days[days.indexOf(day) + step];
    if (!next) return; // ← and → are the page's own keys then
    event.preventDefault();
    next.focus();
  });
});
