"""Forms of messages and templates."""

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contacts.messaging.models import BODY_LIMIT, Template
from contacts.messaging.models.template import TEMPLATE_LIMIT
from contacts.messaging.sending import VALUE_LIMIT, clean_body, clean_values
from tesoro.forms import ModelForm
from tesoro.text import clean_text


class MessageForm(forms.Form):
    """Writes a message freely. What was typed is kept, also when it is too long."""

    body = forms.CharField(label=_("Message"), required=False, strip=False, widget=forms.Textarea)
    form_key = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("form_key", secrets.token_hex(16))
        self.limit = BODY_LIMIT

    def clean_body(self) -> str:
        """Return the text as it is sent, or raise what is wrong with it."""
        return clean_body(self.cleaned_data["body"])


class FillingForm(forms.Form):
    """Fills the variables of a template, ``value_1`` and so on, each on one line."""

    form_key = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, template: Template, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.template = template
        self.initial.setdefault("form_key", secrets.token_hex(16))
        for place in template.places:
            label = f"{{{{{place}}}}}"
            field = forms.CharField(label=label, strip=False, error_messages={"required": _("Fill this in.")})
            field.widget.attrs = {"data-fills": place, "autocomplete": "off"}
            self.fields[f"value_{place}"] = field

    @property
    def values(self) -> list[Any]:
        """The fields of the variables, in order."""
        return [self[f"value_{place}"] for place in self.template.places]

    @property
    def typed(self) -> dict[str, str]:
        """What was typed for each variable so far."""
        return {str(place): str(self[f"value_{place}"].value() or "") for place in self.template.places}

    def clean(self) -> dict[str, Any]:
        """Judge each value as it is sent, at its field."""
        for place in self.template.places:
            try:
                clean_text(self.cleaned_data.get(f"value_{place}", ""), VALUE_LIMIT)
            except ValidationError as error:
                self.add_error(f"value_{place}", error)
        if not self.errors:
            clean_body(self.template.fill(clean_values(self.template, self.typed)))
        return self.cleaned_data


class TemplateForm(ModelForm):
    """Creates and edits a template; the model judges the variables."""

    class Meta:
        model = Template
        fields = ["title", "body", "content_sid"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        body.help_text = _("As WhatsApp approved it. Variables are numbered: {{1}}, {{2}} …")
        body.widget.attrs.update({"rows": 6, "data-limit": TEMPLATE_LIMIT})
        self.fields["content_sid"].help_text = _("From Twilio's Content Template Builder. Without it the text is sent.")
