// What a click was meant for.

/** Whether the link shall be followed here: not in a new tab, not by another button. */
export function plain(event) {
  return event.button === 0 && !event.defaultPrevented && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

/** Whether the click fell beside the dialog, on its backdrop. */
export function beside(event, dialog) {
  if (event.target !== dialog) return false;
  const box = dialog.getBoundingClientRect();
  const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
  return !inside;
}
