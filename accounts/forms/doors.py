"""The forms of people who are not signed in yet."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ResetPasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.forms.choices import currency_field, language_field, time_zone_field
from accounts.models import Account, Invitation, User
from accounts.offices import Office, open_office

PASSWORD = _("Password")


def password_field(label: Any = PASSWORD) -> forms.CharField:
    """Return a field for a password to be set; blanks at its ends belong to it."""
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        label=label, strip=False, max_length=1000, widget=widget, help_text=_("At least 10 characters.")
    )


def email_field(**attrs: str) -> forms.EmailField:
    """Return a field for one's own address."""
    widget = forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"} | attrs)
    return forms.EmailField(label=_("Email"), widget=widget, error_messages={"required": _("Email is missing.")})


def name_field(label: Any, missing: Any, autocomplete: str) -> forms.CharField:
    """Return a field for a part of one's name; its rules are the model's."""
    widget = forms.TextInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, error_messages={"required": missing})


class SignInForm(LoginForm):
    """Email and password. What is wrong is said without telling which of the two."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = email_field(autocomplete="username")
        self.fields["login"].widget.attrs["autofocus"] = True
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = _("Password is missing.")
        self.fields["remember"].label = _("Stay signed in on this device")
        self.fields["remember"].initial = True
        self.order_fields(["login", "password", "remember"])

    @property
    def forgotten(self) -> SafeString:
        """The way to a new password, beside the label."""
        return format_html('<a class="optional" href="{}">{}</a>', reverse("account_reset_password"), _("Forgot it?"))

    def clean_login(self) -> str:
        """Return the address as users' are spelled."""
        return self.cleaned_data["login"].strip().lower()

    def _clean_with_password(self, credentials: dict[str, Any]) -> Any:
        """Refuse somebody deactivated here, who else would be led away to a page of their own."""
        try:
            cleaned = super()._clean_with_password(credentials)
        except ValidationError as error:
            raise self._with_tries_left(error) from None
        if self.user is not None and not self.user.is_active:
            raise get_adapter().validation_error("account_inactive")
        return cleaned

    def _with_tries_left(self, error: ValidationError) -> ValidationError:
        left = getattr(self.request, "tries_left", None)
        if not left:
            return error
        tries = ngettext("%(count)d try left.", "%(count)d tries left.", left) % {"count": left}
        return ValidationError(f"{error.messages[0]} {tries}", code=error.code)


class ResetForm(ResetPasswordForm):
    """Asks for an address. Whether it is known is told to its owner only, by mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = email_field()

    def clean_email(self) -> str:
        """Return the address, and note whose it is."""
        email = self.cleaned_data["email"].strip().lower()
        self.users = list(User.objects.select_related("account").with_email(email).active())
        return email


class _PasswordOnce(forms.Form):
    """A password typed once: the eye in the box shows what was typed."""

    password1 = password_field()
    user: User

    def clean_password1(self) -> str:
        """Judge the password by what it must not resemble."""
        password = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password


class NewPasswordForm(_PasswordOnce):
    """A new password behind the link of a mail."""

    password1 = password_field(_("New password"))

    def __init__(self, *args: Any, user: User, temp_key: str = "", **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def save(self) -> None:
        """Set the password; sessions opened with the old one end, and so does the wait after too many tries."""
        self.user.set_password(self.cleaned_data["password1"])
        self.user.save(update_fields=["password"])
        adapter = get_adapter()
        adapter._delete_login_attempts_cached_email(adapter.request, email=self.user.email)


class _ModelParts(forms.Form):
    """A form over several models, whose own rules judge its fields."""

    called: dict[str, str] = {}

    def take_errors(self, error: ValidationError) -> None:
        """Put a refusal of the models beside its fields; what has no field here stands above the form.

        ``called`` tells which field of the form stands for a field of a model with another name.
        """
        for name, errors in getattr(error, "error_dict", {"": [error]}).items():
            field = self.called.get(name, name)
            self.add_error(field if field in self.fields else None, errors)


class SignUpForm(_ModelParts):
    """Opens an account for an office, with its first admin."""

    called = {"name": "office"}

    office = forms.CharField(
        label=_("Name of the office"), strip=False, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    first_name = name_field(_("First name"), _("First name is missing."), "given-name")
    last_name = name_field(_("Last name"), _("Last name is missing."), "family-name")
    email = email_field()
    password1 = password_field()
    language = language_field()
    time_zone = time_zone_field()
    currency = currency_field()

    def clean(self) -> dict[str, Any]:
        """Judge the password by what it must not resemble."""
        data = super().clean() or self.cleaned_data
        if "password1" in data:
            user = User(**{name: data.get(name, "") for name in ("email", "first_name", "last_name")})
            try:
                validate_password(data["password1"], user)
            except ValidationError as error:
                self.add_error("password1", error)
        return data

    def save(self) -> Office | None:
        """Open the office, all or nothing; None when a rule of the models refuses, which the form then shows."""
        data = self.cleaned_data
        account = Account(
            name=data["office"], language=data["language"], time_zone=data["time_zone"], currency=data["currency"]
        )
        admin = User(email=data["email"], first_name=data["first_name"], last_name=data["last_name"])
        try:
            return open_office(account, admin, data["password1"])
        except ValidationError as error:
            self.take_errors(error)
            return None


class AcceptForm(_ModelParts, _PasswordOnce):
    """Accepts an invitation: name and password."""

    first_name = SignUpForm.base_fields["first_name"]
    last_name = SignUpForm.base_fields["last_name"]

    field_order = ["first_name", "last_name", "password1"]

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        self.invitation = invitation
        self.user = User(email=invitation.email, account=invitation.account)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """Let the user's own rules judge the names."""
        data = super().clean() or self.cleaned_data
        rules = {field.name: field for field in User._meta.fields}
        for name in ("first_name", "last_name"):
            try:
                data[name] = rules[name].clean(data.get(name, ""), self.user)
            except ValidationError as error:
                if name not in self.errors:
                    self.add_error(name, error)
        return data

    def save(self) -> User:
        """Make the user. Raises InvitationClosedError when somebody was faster."""
        data = self.cleaned_data
        return self.invitation.accept(
            password=data["password1"], first_name=data["first_name"], last_name=data["last_name"]
        )
