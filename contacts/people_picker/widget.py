"""The field in which one finds people."""

import json
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contacts.people_picker.finding import named_in


class PeopleInput(forms.TextInput):
    """Addresses of people with commas between. By script each is a token, and one finds people by name.

    With ``single`` who is chosen takes the place of who was.
    """

    def __init__(self, account: Any = None, *, single: bool = False) -> None:
        attrs = {
            "data-people": reverse_lazy("contacts:people"),
            "data-remove": _("Remove"),
            "data-nobody": _("Nobody found"),
            "autocomplete": "off",
        }
        super().__init__({**attrs, "data-single": True} if single else attrs)
        self.account = account

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Tell the script the names behind the addresses it begins with. One query."""
        context = super().get_context(name, value, attrs)
        names = named_in(self.account, value or "")
        context["widget"]["attrs"]["data-names"] = json.dumps(names, ensure_ascii=False)
        return context


def hint(without_script: Any) -> SafeString:
    """Return how one fills the field in: by searching, or without script as it is told."""
    return format_html(
        "<span data-with-script>{}</span><span data-without-script>{}</span>",
        _("Search by name, email or phone."),
        without_script,
    )
