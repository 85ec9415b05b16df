"""The forms of an admin: the office itself, and who works there."""

from copy import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts import invitations
from accounts.forms.choices import time_zone_choices
from accounts.models import Account, User
from tesoro.addresses import PARTS, POINT, leave_point
from tesoro.geocoding.forms import WithPoint
from tesoro.images import clean_avatar


class AccountForm(WithPoint, forms.ModelForm):
    """What the office is called, how it is reached, and how it counts time and money."""

    class Meta:
        model = Account
        fields = [
            "name", "email", "phone", "website", "language", "time_zone", "currency", "cold_after_days", *PARTS, *POINT,
        ]  # fmt: skip
        labels = {
            "name": _("Name of the office"),
            "time_zone": _("Time zone"),
            "cold_after_days": _("A deal goes cold after, days"),
        }
        widgets = {"time_zone": forms.Select}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].widget.choices = time_zone_choices()  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """Judge on the model; an office that moved leaves its point on the map behind."""
        before = copy(self.instance)
        super()._post_clean()
        leave_point(before, self.instance)


class PictureForm(forms.Form):
    """One picture: 1 MB at most, really an image, re-encoded without what a camera wrote into it."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, GIF or WebP, at most 1 MB."),
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/gif,image/webp"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a picture first.")},
    )

    def clean_picture(self) -> ContentFile:
        """Return the picture re-encoded, or say why it is none."""
        return clean_avatar(self.cleaned_data["picture"])


class LogoForm(PictureForm):
    """The office's logo."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].help_text = _("JPEG, PNG, GIF or WebP, at most 1 MB. It is cut to a square.")


class InviteForm(forms.Form):
    """Addresses to invite, and as what."""

    emails = forms.CharField(
        label=_("Email addresses"),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("One a line, or with commas or semicolons between them."),
        error_messages={"required": _("Give at least one address.")},
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=User.Role.choices, initial=User.Role.AGENT, widget=forms.RadioSelect
    )

    def clean_emails(self) -> list[str]:
        """Return the addresses as they were typed; each is judged by itself later."""
        found = invitations.addresses(self.cleaned_data["emails"])
        if not found:
            raise ValidationError(self.fields["emails"].error_messages["required"], code="required")
        if len(found) > invitations.MOST_AT_ONCE:
            raise ValidationError(
                ngettext_lazy("At most %(most)d address at once.", "At most %(most)d addresses at once.", "most"),
                params={"most": invitations.MOST_AT_ONCE},
            )
        return found


class RoleForm(forms.Form):
    """A user's new role."""

    role = forms.ChoiceField(choices=User.Role.choices)


class DeactivationForm(forms.Form):
    """Who takes over the work of somebody who leaves; asked for only when there is some."""

    successor = forms.ModelChoiceField(
        label=_("Hand it over to"),
        queryset=User.objects.none(),
        empty_label=_("Choose a colleague"),
        error_messages={
            "required": _("Choose who takes over."),
            "invalid_choice": _("Choose an active user of this office."),
        },
    )

    def __init__(self, *args: Any, user: User, work: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if work:
            colleagues = User.objects.for_account(user.account).active().exclude(pk=user.pk)
            self.fields["successor"].queryset = colleagues  # type: ignore[attr-defined]
        else:
            del self.fields["successor"]
