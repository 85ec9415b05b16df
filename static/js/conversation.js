// A thread of messages: on a phone, where the page itself scrolls, it begins at the newest too.
import { each } from "./each.js";

each("[data-conversation]", (conversation) => {
  const scrolls = getComputedStyle(conversation.parentElement).overflowY !== "visible";
  if (!scrolls && !location.hash) window.scrollTo(0, document.documentElement.scrollHeight);
});
