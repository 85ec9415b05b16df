// The question before typed words are thrown away.

const question = document.getElementById("discard");

/** Ask whether what was typed may be discarded; answers true or false. Where there is no dialog to ask with, it may. */
export function mayDiscard() {
  if (!question) return Promise.resolve(true);
  return new Promise((answer) => {
    question.returnValue = "";
    question.addEventListener("close", () => answer(question.returnValue === "discard"), { once: true });
    question.showModal();
  });
}
