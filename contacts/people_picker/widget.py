"""The fields in which one finds somebody, or something, while one types."""

import json
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contacts.people_picker.finding import named_in


class PickerInput(forms.TextInput):
    """A text that by script becomes tokens, found at ``url``; without script it is typed.

    With ``single`` what is chosen takes the place of what was. With ``whole`` the text is one name, blanks and commas
    included, and not several with commas between. ``names`` tells the script what to write for a value.
    """

    names: dict[str, str]

    def __init__(self, url: Any, *, single: bool = False, whole: bool = False, nothing: Any = None) -> None:
        attrs = {
            "data-picker": url,
            "data-remove": _("Remove"),
            "data-nothing": nothing or _("Nothing found"),
            "autocomplete": "off",
        }
        super().__init__(attrs | {"data-single": single or whole, "data-whole": whole})
        self.names = {}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tell the script the names behind the values it begins with."""
        context = super().get_context(name, value, attrs)
        names = self.names_in(value or "")
        context["widget"]["attrs"]["data-names"] = json.dumps(names, ensure_ascii=False)
        return context

    def names_in(self, text: str) -> dict[str, str]:
        """Return the names behind the values in a text."""
        return self.names


class PeopleInput(PickerInput):
    """Addresses of people with commas between. By script each is a token, and one finds people by name."""

    def __init__(self, account: Any = None, *, single: bool = False) -> None:
        super().__init__(reverse_lazy("contacts:people"), single=single, nothing=_("Nobody found"))
        self.account = account

    def names_in(self, text: str) -> dict[str, str]:
        """Return the names behind the addresses in a text. One query."""
        return named_in(self.account, text)


def hint(without_script: Any) -> SafeString:
    """Return how one fills the field in: by searching, or without script as it is told."""
    return format_html(
        "<span data-with-script>{}</span><span data-without-script>{}</span>",
        _("Search by name, email or phone."),
        without_script,
    )
