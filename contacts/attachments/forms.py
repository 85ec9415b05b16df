"""The form that gives a file another name."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.attachments.models import Attachment
from contacts.attachments.naming import ending


class NameForm(forms.Form):
    """The name without its ending, which stays. The rule is the model's."""

    name = forms.CharField(
        label=gettext_lazy("Name"), strip=False, error_messages={"required": gettext_lazy("Name is missing.")}
    )

    def __init__(self, data: Any, *, attachment: Attachment) -> None:
        end = ending(attachment.name)
        super().__init__(data, initial={"name": attachment.name.removesuffix(end)})
        if end:
            self.fields["name"].help_text = _("It still ends with “%(ending)s”.") % {"ending": end}
