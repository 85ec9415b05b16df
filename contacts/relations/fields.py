"""The field in which one chooses a company, in the form of a person and among the filters of a list."""

from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.people_picker.widget import PickerInput
from contacts.relations.models import Relation
from contacts.relations.picking import resolve, texts
from tesoro.posted import key

MOST_TYPED = 200


class CompanyField(forms.CharField):
    """A company by its name: found while one types, or typed whole. The page holds the one name, not all there are.

    Its value is the company, or None. ``current`` is the id of the one that is chosen already; it stays on offer in
    the trash.
    """

    def __init__(self, *, account: Any = None, current: int | None = None, **kwargs: Any) -> None:
        kwargs |= {"required": False, "max_length": MOST_TYPED}
        super().__init__(**{"widget": PickerInput(reverse_lazy("relations:companies"), whole=True), **kwargs})
        self.account, self.current = account, current
        self.widget.attrs["placeholder"] = _("Name of a company")

    def prepare_value(self, value: Any) -> Any:
        """Return the text that stands for a company; what was typed stays as typed."""
        found = self._stored(value) if isinstance(value, int) else None
        text = texts(self.account, [found])[found.pk] if found else value if isinstance(value, str) else None
        self.widget.names = {text: found.name} if found and text else {}
        return text

    def clean(self, value: Any) -> Relation | None:
        """Return the company that was typed, or raise ValidationError with the way to create it."""
        text = super().clean(value)
        return self.found(text) if text.strip() else None

    def found(self, text: str) -> Relation:
        """Return the company that a text names. Raises ValidationError."""
        try:
            return resolve(self.account, text, current=self._stored(self.current))
        except ValidationError as error:
            if error.code == "unknown":
                error.params = {"link_url": reverse("relations:create"), "link_text": now_("Create the company")}
            raise

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether another text stands there."""
        return super().has_changed(self.prepare_value(initial), data)

    def _stored(self, pk: int | None) -> Relation | None:
        """Return a company of the account; of those in the trash only the one that is chosen already."""
        rows = Relation.with_trash.for_account(self.account)
        found = rows.filter(pk=pk).first() if pk else None
        return found if found and (not found.in_trash or pk == self.current) else None


class AskedCompanyField(CompanyField):
    """A company by its id, which an address keeps, or by its name, which somebody types into the form of filters."""

    def prepare_value(self, value: Any) -> Any:
        """Show the name of the company whose id stands in the address."""
        found = self._stored(key(str(value or "")))
        return super().prepare_value(found.pk if found else value)

    def found(self, text: str) -> Relation:
        """Return the live company of this id, or else of this name."""
        return self._stored(key(text)) or resolve(self.account, text)


class CompanyFilter(filters.Filter):
    """People of one company."""

    field_class = AskedCompanyField

    @property
    def field(self) -> Any:
        """The field, which looks in the account of the request."""
        self.extra["account"] = self.get_request().account  # type: ignore[no-untyped-call]
        return super().field

    def get_request(self) -> Any:
        """Return the request that the set of filters is asked by."""
        return self.parent.request  # type: ignore[attr-defined]
