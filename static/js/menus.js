// <details data-menu> as a menu: closes on Esc, outside and after a choice; arrow keys move. Without script it is a <details>.

const MENU = "details[data-menu]";
const EDGE = 8; // pixels kept free at the sides of the window
const ITEM = ".menu-list :is(a[href], button, input, select)";

const shut = (menu) => menu.removeAttribute("open");
const items = (menu) => [...menu.querySelectorAll(ITEM)].filter((item) => item.checkVisibility());
const opened = () => [...document.querySelectorAll(`${MENU}[open]`)];

/** Move an opened list back into the window, where its button stands too near the edge or beyond it. */
function keepInside(list) {
  if (!list) return;
  list.style.translate = "";
  const box = list.getBoundingClientRect();
  const over = Math.max(0, box.right - (document.documentElement.clientWidth - EDGE));
  const under = Math.max(0, EDGE - box.left);
  if (over || under) list.style.translate = `${under || -over}px`;
}

document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.(MENU) || !event.target.open) return;
  opened().filter((menu) => menu !== event.target && !menu.contains(event.target)).forEach(shut);
  keepInside(event.target.querySelector(".menu-list"));
  event.target.querySelector(".menu-form input:not([type=hidden])")?.focus();
}, true);

document.addEventListener("click", (event) => {
  for (const menu of opened()) {
    if (!menu.contains(event.target) || event.target.closest("a.menu-item, button[type=button].menu-item")) shut(menu);
  }
});

document.addEventListener("focusin", (event) => {
  opened().filter((menu) => !menu.contains(event.target)).forEach(shut);
});

function step(menu, key, from) {
  const all = items(menu);
  const at = all.indexOf(from);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1, Home: 0, End: all.length - 1 }[key];
  all[(to + all.length) % all.length]?.focus();
}

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(MENU);
  if (!menu || event.defaultPrevented) return;
  if (event.key === "Escape" && menu.open) {
    event.preventDefault();
    shut(menu);
    menu.querySelector("summary").focus();
  } else if (["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key) && !event.target.matches("input, select, textarea")) {
    event.preventDefault();
    menu.open = true;
    step(menu, event.key, event.target);
  }
});
