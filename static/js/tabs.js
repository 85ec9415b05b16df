// Rows that scroll sideways begin where one is: the current tab, or the current step, in sight.
import { each } from "./each.js";

each(".tabs [aria-current], .views [aria-current], .subnav [aria-current], .kinds [aria-current]", (tab) => {
  const row = tab.closest(".tabs, .views, .subnav, .kinds");
  row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
});
