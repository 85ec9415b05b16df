"""The forms of one's own settings."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.doors import password_field
from accounts.forms.office import PictureForm
from accounts.models import User


class OwnFieldsForm(forms.ModelForm):
    """Saves the fields it shows and no other: a user deactivated meanwhile must not write themselves back."""

    def save(self, commit: bool = True) -> Any:
        """Store the shown fields."""
        self.instance.save(update_fields=list(self.fields))
        return self.instance


class ProfileForm(OwnFieldsForm):
    """Who one is to colleagues, and in which language and light one works."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "job_title", "phone", "signature", "language", "theme"]
        widgets = {"theme": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first_name", "last_name"):
            self.fields[name].required = True
        self.fields["phone"].help_text = _("Where calls to and from clients ring.")
        self.fields["signature"].help_text = _("Stands under the emails you send.")
        office = self.instance.account
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            ("", _("As the office (%(language)s)") % {"language": office.get_language_display()}),
            *((code, name) for code, name in settings.LANGUAGES if code in settings.INTERFACE_LANGUAGES),
        ]
        self.fields["theme"].choices = User.Theme.choices  # type: ignore[attr-defined]


class ThemeForm(OwnFieldsForm):
    """Light, dark, or as the device."""

    class Meta:
        model = User
        fields = ["theme"]


class PhotoForm(PictureForm):
    """One's photo."""


class PasswordForm(forms.Form):
    """A new password, by somebody who knows the old one."""

    current = forms.CharField(
        label=_("Current password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password1 = password_field(_("New password"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_current(self) -> str:
        """Refuse a wrong one."""
        current = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise ValidationError(_("This is not your current password."), code="wrong")
        return current

    def clean_password1(self) -> str:
        """Judge the password by what it must not resemble."""
        password = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password
