"""Opening a form, and what a browser would post of it untouched."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Reads the forms of a page: what each would post, by name; of several with one name, all."""

    def __init__(self, page):
        super().__init__()
        self.forms, self._area, self._select = [], None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self._post(told.get("name"), told.get("value") or "")
        elif tag in ("textarea", "select"):
            self._area = self._select = told.get("name")
            self._text = ""
        elif tag == "option" and "selected" in told:
            self._post(self._select, told.get("value") or "")

    def handle_data(self, data):
        if self._area:
            self._text += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._post(self._area, self._text.removeprefix("\n"))
        if tag in ("textarea", "select"):
            self._area = None

    def _post(self, name, value):
        if name and self.forms:
            self.forms[-1].setdefault(name, []).append(value)


def posted(answer):
    """Return what the form of an answer posts as it stands: the one that says what it was opened with."""
    [form] = [form for form in _Forms(answer.content.decode()).forms if "opened" in form]
    return form


def opened(client, url):
    """Open the form at an address; return what it posts when nobody changes anything."""
    return posted(client.get(url))
