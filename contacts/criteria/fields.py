"""Fields that hold several words in one column, in a form that a reader, a file and a search can all take."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from tesoro.fields import RuleField
from tesoro.forms import TokensInput
from tesoro.text import clean_text, fold
from tesoro.words import parted


class WordsField(RuleField):
    """A few words of one's own, kept as "Marbella, Estepona": each once, whatever its case and accents."""

    def __init__(self, *args: Any, most: int = 20, each: int = 60, **kwargs: Any) -> None:
        self.most, self.each = most, each
        kwargs |= {"max_length": most * (each + 2)}
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Keep the limits in migrations."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, {**kwargs, "most": self.most, "each": self.each}

    def rule(self, value: str) -> str:
        """Return the words as they are stored, or raise ValidationError."""
        words: dict[str, str] = {}
        for word in parted(value):
            words.setdefault(fold(word), clean_text(word, self.each))
        if len(words) > self.most:
            raise ValidationError(_("At most %(n)d of them."), code="too_many", params={"n": self.most})
        return ", ".join(words.values())

    def formfield(self, **kwargs: Any) -> Any:
        """Return a field in which each word becomes a token."""
        return super().formfield(**{"widget": TokensInput(), **kwargs})


class ChoicesField(models.CharField):
    """Several of a list of choices, kept as "villa,penthouse" in the order of the list."""

    def __init__(self, *args: Any, kinds: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.kinds: Any = kinds
        kwargs["max_length"] = 200
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Leave the list out of migrations: it may grow without one."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """Give the model ``get_<name>_display``: the labels, with commas between."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, f"get_{name}_display", lambda row: ", ".join(self.labels(getattr(row, name))))

    def labels(self, value: str) -> list[str]:
        """Return the labels of a stored value."""
        chosen = set(value.split(","))
        return [str(kind.label) for kind in self.kinds if kind.value in chosen]

    def clean(self, value: Any, model_instance: Any) -> str:
        """Return the choices as they are stored, or raise ValidationError."""
        chosen = set(value.split(",") if isinstance(value, str) else value or []) - {""}
        if unknown := chosen - set(self.kinds.values):
            raise ValidationError(
                _("There is no “%(value)s” to choose."), code="invalid_choice", params={"value": min(unknown)[:40]}
            )
        if not chosen and not self.blank:
            raise ValidationError(_("Choose at least one."), code="required")
        return ",".join(kind.value for kind in self.kinds if kind.value in chosen)

    def formfield(self, **kwargs: Any) -> Any:
        """Return boxes to tick, also where Django admin proposes a line of text for what is kept as one."""
        kwargs.pop("widget", None)
        known = {"required": not self.blank, "label": self.verbose_name, "help_text": self.help_text}
        return ChoicesInput(choices=self.kinds.choices, **{**known, **kwargs})


class ChoicesInput(forms.MultipleChoiceField):
    """Boxes of which several are ticked; their value is the stored one."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        for unwanted in ("max_length", "empty_value", "strip"):
            kwargs.pop(unwanted, None)
        super().__init__(**kwargs)
        self.error_messages |= {"required": _("Choose at least one.")}

    def prepare_value(self, value: Any) -> Any:
        """Take a stored value apart."""
        return value.split(",") if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        """Return the stored form of what was ticked."""
        return ",".join(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether other boxes are ticked."""
        return super().has_changed(self.prepare_value(initial), data)


def holding(name: str, values: Iterable[str]) -> Q:
    """Return the condition that a ChoicesField holds one of ``values``: "house" is not found in "townhouse"."""
    found = Q(pk__in=[])
    for value in values:
        found |= Q(**{name: value}) | Q(**{f"{name}__startswith": f"{value},"})
        found |= Q(**{f"{name}__endswith": f",{value}"}) | Q(**{f"{name}__contains": f",{value},"})
    return found
