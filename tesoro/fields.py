"""Model fields that normalise and judge by the one function of their rule.

``clean`` runs in every form, in ``full_clean`` and so in Django admin and in scripts; an import calls the same
functions directly. The form fields carry no rules of their own, so that all of them give one verdict.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tesoro.emails import clean_email
from tesoro.names import clean_name
from tesoro.text import clean_text


def missing(field: models.Field) -> ValidationError:
    """Return the error that a field is empty, in its own name: "First name is missing."."""
    label = capfirst(str(field.verbose_name))
    return ValidationError(_("%(label)s is missing.") % {"label": label}, code="required")


class RuleField(models.CharField):
    """A CharField whose whole rule is one function ``str -> str`` that raises ValidationError."""

    def rule(self, value: str) -> str:
        """Return ``value`` as it is stored, or raise ValidationError."""
        raise NotImplementedError

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        """Return the normalised value; an empty one is allowed where the field may be blank."""
        text = "" if value is None else str(value)
        if not text.strip():
            if self.blank:
                return ""
            raise missing(self)
        value = self.rule(text)
        if not value and not self.blank:  # nothing but what cannot be seen
            raise missing(self)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that hands on what was typed; the judgement is the model's."""
        required = missing(self).messages[0]
        kwargs = {"max_length": None, "strip": False, "error_messages": {"required": required}} | kwargs
        return super().formfield(**kwargs)


class NameField(RuleField):
    """A person's first or last name: :func:`tesoro.names.clean_name`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 100)
        super().__init__(*args, **kwargs)

    def rule(self, value: str) -> str:
        """Return the value as it is stored, or raise ValidationError."""
        return clean_name(value)


class EmailAddressField(RuleField):
    """An email address, stored normalised: :func:`tesoro.emails.clean_email`. No DNS is asked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        super().__init__(*args, **kwargs)

    def rule(self, value: str) -> str:
        """Return the value as it is stored, or raise ValidationError."""
        return clean_email(value)

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that hands on what was typed."""
        return super().formfield(**{"widget": forms.EmailInput(attrs={"inputmode": "email"}), **kwargs})


class LineField(RuleField):
    """One line of free text up to ``max_length`` characters."""

    def rule(self, value: str) -> str:
        """Return the value as it is stored, or raise ValidationError."""
        return clean_text(value, self.max_length or 0)


class ProseField(models.TextField):
    """Free text of several lines, up to ``max_length`` characters."""

    def clean(self, value: Any, model_instance: models.Model | None) -> str:
        """Return the text as it is stored, or raise ValidationError."""
        text = clean_text("" if value is None else str(value), self.max_length or 0, multiline=True)
        if not text and not self.blank:
            raise missing(self)
        return text

    def formfield(self, **kwargs: Any) -> Any:
        """Return a form field that hands on what was typed."""
        attrs = {"rows": 4, "data-limit": self.max_length}
        kwargs = {"error_messages": {"required": missing(self).messages[0]}} | kwargs
        return super().formfield(
            **{"max_length": None, "strip": False, "widget": forms.Textarea(attrs=attrs), **kwargs}
        )
