"""Forms of the inbox: a lead out of a stranger, or a person whom the stranger turns out to be."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.forms import PersonForm
from contacts.lines.models import Stray, StrayKind
from contacts.models import Person
from tesoro.names import clean_name

OFFERED = 8  # people to choose from


class LeadForm(PersonForm):
    """Creates a lead from what a stranger left: the number, and on WhatsApp the name they go by there."""

    class Meta:
        model = Person
        fields = ["first_name", "last_name", "email", "phone"]

    def __init__(self, *args: Any, stray: Stray, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, last = _names(stray.data.get("name"))
        self.initial.update(first_name=first, last_name=last, phone="" if stray.is_nameless else stray.shown_number)
        for name, url in (("email", "contacts:email-check"), ("phone", "contacts:phone-check")):
            self.fields[name].widget.attrs["data-check-url"] = reverse(url)


def _names(name: Any) -> tuple[str, str]:
    """Return first and last name out of what somebody calls themselves; nothing for what is no name."""
    first, _blank, last = (name if isinstance(name, str) else "").strip().partition(" ")
    try:
        return clean_name(first), clean_name(last) if last.strip() else ""
    except ValidationError:
        return "", ""


class KnownForm(forms.Form):
    """Says whom in the books a stranger's messages belong to. ``q`` looks for people by name, email or phone."""

    q = forms.CharField(label=_("Name, email or phone"), required=False, max_length=100)
    person = forms.ModelChoiceField(Person.objects.none(), label=_("Person"))
    keep = forms.BooleanField(label=_("Keep the number with the person"), required=False)

    def __init__(self, *args: Any, stray: Stray, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stray = stray
        self.people = Person.objects.for_account(stray.account_id)
        person: Any = self.fields["person"]
        person.queryset = self.people
        person.error_messages |= {"required": _("Choose somebody."), "invalid_choice": _("Choose somebody.")}
        self.fields["q"].widget.attrs.update({"type": "search", "autocomplete": "off"})
        self.fields["keep"].help_text = _("As WhatsApp number, if they have none. Then the next message finds them.")
        self.initial["keep"] = stray.kind == StrayKind.WHATSAPP

    def offered(self, query: str) -> list[Any]:
        """Return the people to choose from: who matches, or those who have the number, or were in touch lately."""
        if query.strip():
            return list(self.people.matching(self.stray.account, query.strip())[:OFFERED])
        holders = list(self.people.with_number(self.stray.number)[:OFFERED]) if not self.stray.is_nameless else []
        return holders or list(self.people.order_by("-last_activity_at", "-pk")[:OFFERED])


def keep_number(person: Any, number: str, *, by: Any) -> bool:
    """Give ``number`` to a person as phone, or else for WhatsApp, where that is empty; False when neither is.

    Raises ValidationError, or Conflict when somebody saves the person at the same moment.
    """
    if number in {getattr(known, "as_e164", "") for known in (person.phone, person.whatsapp)}:
        return False
    empty = next((name for name in ("phone", "whatsapp") if not getattr(person, name)), "")
    if not empty:
        return False
    setattr(person, empty, number)
    return bool(person.revise(by=by, version=person.version))
