"""The forms of Django admin: the account is chosen once, and nobody overwrites what was saved meanwhile."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tesoro.forms import ModelForm

STALE = _("Somebody saved this record since you opened it. Open it again and enter your changes there.")


class OfficeSelect(AutocompleteSelect):
    """Suggests rows of one account, once ``account_id`` is known; of all while the account is still to be chosen."""

    account_id: int | None = None

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """Show again what was sent, unless it can be no id: Django would look for it in the database and crash."""
        return super().optgroups(name, [one for one in value if one.isdecimal() and len(one) < 19], attr)

    def get_url(self) -> str:
        """Return where the suggestions come from."""
        url = super().get_url()
        return url if self.account_id is None else f"{url}?account={self.account_id}"


class SupportForm(ModelForm):
    """A form for a row of an account.

    ``office`` sets the account of a new row and is no field of an existing one. ``seen_version`` is the version that
    the page showed; a row that has moved on since is not saved. Validate it inside a transaction: it locks the row.
    """

    office: Any = forms.ModelChoiceField(label=_("Account"), queryset=None)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = self.instance.pk is not None
        if known:
            self._stay_in_the_account()
        elif "office" in self.fields:
            self._offer_accounts()
        self.fields.pop("office" if known else "seen_version", None)
        if "seen_version" in self.fields and not hasattr(self.instance, "version"):
            del self.fields["seen_version"]
        self.initial["seen_version"] = getattr(self.instance, "version", None)

    def _offer_accounts(self) -> None:
        field: Any = self.fields["office"]
        field.queryset = apps.get_model("accounts", "Account")._default_manager.all()
        field.widget = OfficeSelect(self._meta.model._meta.get_field("account"), admin.site)
        field.widget.is_required = True
        field.widget.choices = field.choices

    def _stay_in_the_account(self) -> None:
        """Offer, and accept, rows of the same account only."""
        fields: list[Any] = list(self.fields.values())
        for field in fields:
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, OfficeSelect):
                field.queryset = field.queryset.filter(account=self.instance.account_id)
                widget.account_id = self.instance.account_id

    def clean(self) -> dict[str, Any]:
        """Refuse what was saved by somebody else meanwhile."""
        cleaned = super().clean() or self.cleaned_data
        if "seen_version" in self.fields:
            rows = self._meta.model._base_manager.select_for_update()
            stored = rows.filter(pk=self.instance.pk).first()
            if stored is None or stored.version != cleaned.get("seen_version"):
                raise ValidationError(self.stale(stored, cleaned.get("seen_version")), code="stale")
        return cleaned

    def stale(self, stored: Any, seen: int | None) -> Any:
        """Return what to say to somebody who was overtaken; one message or several."""
        return STALE

    def _post_clean(self) -> None:
        if "office" in self.fields and (account := self.cleaned_data.get("office")):
            self.instance.account = account
        super()._post_clean()  # type: ignore[misc]

    def _get_validation_exclusions(self) -> set[str]:
        """Judge the account with the rest, once it is known."""
        excluded = super()._get_validation_exclusions()
        return excluded if self.instance.account_id else excluded | {"account"}
