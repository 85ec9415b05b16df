// A thread of messages: on a phone, where the page itself scrolls, it begins at the newest too; what polls rests unseen.
import { each } from "./each.js";

each("[data-conversation]", (conversation) => {
  const scrolls = getComputedStyle(conversation.parentElement).overflowY !== "visible";
  if (!scrolls && !location.hash) window.scrollTo(0, document.documentElement.scrollHeight);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const polls = event.target.matches?.("[data-poll]") && event.detail.elt === event.target;
  // While one does something with a message, it stays where it is.
  if (polls && (document.hidden || event.target.contains(document.activeElement))) event.preventDefault();
});
