// One file on its way: its line says how far it is, and what became of it.

const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });

export class UploadLine {
  /** `file` is a file, or a folder that was dropped; the form's data-* say what the line says. */
  constructor(file, form) {
    this.file = file;
    this.form = form;
    this.words = form.dataset;
    this.element = document.getElementById("upload-line").content.cloneNode(true).firstElementChild;
    this.part("name").textContent = file.name;
    this.part("progress").ariaLabel = file.name;
    this.part("close-line").addEventListener("click", () => this.leave());
    this.say(this.words.waiting);
  }

  part(name) {
    return this.element.querySelector(`[data-${name}]`);
  }

  /** Show where the file is. With a tone it stays there. */
  say(text, tone = "", told = tone === "bad") {
    this.part("state").textContent = text;
    this.element.dataset.tone = tone;
    this.element.toggleAttribute("data-told", told);
    this.part("progress").hidden = tone !== "";
    this.part("retry").hidden = true;
    const close = this.part("close-line");
    close.ariaLabel = tone ? close.dataset.dismiss : close.dataset.stop;
    if (tone) document.getElementById("uploads-told").textContent = `${this.file.name}: ${text}`;
  }

  /** Take the line away; what is on its way is broken off. */
  leave() {
    this.gone = true;
    this.request?.abort();
    this.element.remove();
    this.form.querySelector("input[type=file]").focus();
  }

  /** Say why the file is not even sent, if it is not. */
  refuse() {
    const { words, file } = this;
    const reason = file.isFolder ? words.folder : !file.size ? words.empty : file.size > Number(words.maxBytes) ? words.tooLarge : "";
    if (reason) this.say(reason, "bad");
    return Boolean(reason);
  }

  /** Send the file, and wait until its line says what became of it. */
  send() {
    const request = (this.request = new XMLHttpRequest());
    const body = new FormData();
    body.append("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.append("files", this.file);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => this.advance(event.loaded / event.total));
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json");
    return new Promise((settle) => {
      request.addEventListener("loadend", () => {
        this.request = null;
        if (!this.gone) this.finish(request);
        settle();
      });
      request.send(body);
    });
  }

  advance(share) {
    this.part("progress").value = share;
    this.say(share < 1 ? percent.format(share) : this.words.storing);
  }

  finish({ status, response }) {
    if (status === 413) this.say(this.words.tooLarge, "bad");
    else if (status === 0) this.say(this.words.broken, "bad");
    else if (!response?.kept) this.say(this.words.failed, "bad");
    else if (response.refused[0]) this.say(response.refused[0].reason, "bad");
    else this.welcome(response.kept[0]);
    this.part("retry").hidden = status !== 0;
  }

  /** The file was kept; when it is called otherwise now, the line stays and says so. */
  welcome({ name, note }) {
    const renamed = name === this.file.name.normalize("NFC") ? "" : this.words.renamed.replace("NAME", () => name);
    const told = note || renamed;
    this.say(told || this.words.added, "good", Boolean(told));
    this.isDone = !told;
  }
}
