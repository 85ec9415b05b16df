"""How forms are drawn: one renderer, one bound field, one template for every kind of control."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from tesoro.words import joined, quoted


class TokensInput(forms.TextInput):
    """Words that become tokens one by one; without script a plain input with commas between them.

    ``suggestions`` are offered while typing. The value that is posted is always the words with commas between. Words
    that may hold a comma themselves are ``quoted``, as :mod:`tesoro.words` reads them.
    """

    kind = "tokens"
    template_name = "parts/tokens.html"

    def __init__(
        self, attrs: dict[str, Any] | None = None, suggestions: Iterable[str] = (), *, quoted: bool = False
    ) -> None:
        super().__init__({"data-tokens": _("Remove"), "autocomplete": "off", **(attrs or {})})
        self.suggestions, self.quoted = suggestions, quoted
        if quoted:
            self.attrs["data-quoted"] = ""

    def format_value(self, value: Any) -> str | None:
        """Take a string with commas or any iterable of words."""
        if value is None or isinstance(value, str):
            return super().format_value(value)
        return joined(map(str, value)) if self.quoted else ", ".join(map(str, value))

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the suggestions, and the list's id that ties them to the input."""
        context = super().get_context(name, value, attrs)
        context["suggestions"] = [quoted(word) for word in self.suggestions] if self.quoted else list(self.suggestions)
        if context["suggestions"]:
            context["widget"]["attrs"]["list"] = context["list_id"] = (
                f"{context['widget']['attrs'].get('id', name)}_list"
            )
        return context


class Switch(forms.CheckboxInput):
    """A yes or no that takes effect by itself."""

    kind = "switch"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"role": "switch", **(attrs or {})})


class FileDrop(forms.FileInput):
    """A file to choose or to drop; ``prompt`` says what belongs here, ``hint`` comes from the field's help text."""

    kind = "drop"

    def __init__(self, attrs: dict[str, Any] | None = None, prompt: str = "") -> None:
        super().__init__(attrs)
        self.prompt = prompt


# First match wins: a password is an input too.
KINDS: list[tuple[type[forms.Widget], str]] = [
    (forms.CheckboxSelectMultiple, "checks"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "check"),
    (forms.Select, "select"),
    (forms.Textarea, "textarea"),
    (forms.PasswordInput, "password"),
    (forms.FileInput, "file"),
]
CLASSES = {"check": "check", "checks": "check", "radios": "check", "switch": "switch", "drop": "drop-input"}


DASHES = BLANK_CHOICE_DASH[0][1]


def _name_the_blank(field: forms.Field) -> None:
    """Give the empty choice a word where Django writes dashes, which a voice reads out one by one."""
    blank = _("Choose") if field.required else _("None")
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = blank if field.empty_label == DASHES else field.empty_label
    elif isinstance(field, forms.ChoiceField):
        first, *others = [*cast(Iterable[Any], field.choices)] or [None]
        if first == ("", DASHES):
            field.choices = [("", blank), *others]


class FieldError(NamedTuple):
    """One thing that is wrong with a field, and perhaps a way to its cause."""

    text: str
    link_url: str = ""
    link_text: str = ""


class BoundField(forms.BoundField):
    """A field with its data, which knows how it is drawn."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        _name_the_blank(field)

    @property
    def kind(self) -> str:
        """Which control stands for it: text, select, textarea, check, checks, radios, switch, tokens, …"""
        widget = self.field.widget
        return getattr(widget, "kind", "") or next((kind for base, kind in KINDS if isinstance(widget, base)), "text")

    @property
    def group(self) -> bool:
        """Whether it is several controls under one legend."""
        return self.kind in {"checks", "radios"}

    @cached_property
    def faults(self) -> list[FieldError]:
        """What is wrong. A ValidationError brings a link in its params: ``link_url`` and ``link_text``."""
        return [self._fault(error) for error in self.errors.as_data()]

    @staticmethod
    def _fault(error: ValidationError) -> FieldError:
        params = error.params or {}
        return FieldError(error.messages[0], params.get("link_url", ""), params.get("link_text", ""))

    @property
    def limit(self) -> int | None:
        """How many characters fit, where there is a counter."""
        if self.kind != "textarea":
            return None
        # A field whose rule is the model's leaves max_length to it, and tells the counter by the widget.
        return getattr(self.field, "max_length", None) or self.field.widget.attrs.get("data-limit")

    @property
    def length(self) -> int:
        """How many characters are there now."""
        return len(str(self.value() or ""))

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the class of the control, and let a text that is too long be typed: the counter and the error say so."""
        drawn: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        own = (widget or self.field.widget).attrs.get("class", "")
        if not self.is_hidden:
            drawn["class"] = f"{CLASSES.get(self.kind, 'input')} {own}".strip()
        if self.limit:
            drawn |= {"maxlength": False, "data-limit": self.limit}
        return drawn


SELECT = forms.Select.template_name


class Renderer(DjangoTemplates):
    """Draws forms from ``templates/`` and Django's own widgets.

    Lists of choices are drawn here: a form holds hundreds of countries and languages, over whose templates, which are
    Django's own word for word, half of its time went.
    """

    bound_field_class = BoundField
    field_template_name = "field.html"
    form_template_name = "parts/form.html"

    @cached_property
    def engine(self) -> Any:
        """The template engine of forms: the product's templates first, then Django's."""
        widgets = Path(forms.__file__).parent / str(self.backend.app_dirname)
        dirs = [settings.BASE_DIR / "templates", widgets]
        return self.backend({"APP_DIRS": True, "DIRS": dirs, "NAME": "tesoro-forms", "OPTIONS": {}})

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Draw a list of choices by hand, everything else from its template."""
        if template_name == SELECT:
            return mark_safe(_select(context["widget"]))
        return super().render(template_name, context, request)


def _select(widget: dict[str, Any]) -> str:
    """Draw what Django's template of this widget draws."""
    drawn = [f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>']
    for name, options, _index in widget["optgroups"]:
        if name:
            drawn.append(f'\n  <optgroup label="{conditional_escape(name)}">')
        drawn += [_option(str(one["value"]), str(one["label"]), _attributes(one["attrs"])) for one in options]
        if name:
            drawn.append("\n  </optgroup>")
    return "".join([*drawn, "\n</select>\n"])


@lru_cache(maxsize=4096)
def _option(value: str, label: str, attributes: str) -> str:
    return f'\n  <option value="{escape(value)}"{attributes}>{escape(label)}</option>\n'


def _attributes(given: dict[str, Any]) -> str:
    """Draw attributes: one that is true stands alone, one that is false is left out."""
    pairs = [(conditional_escape(name), value) for name, value in given.items() if value is not False]
    return "".join(f" {name}" if value is True else f' {name}="{escape(str(value))}"' for name, value in pairs)


def ask_again(form: forms.BaseForm, *names: str) -> None:
    """Say at the secrets that were typed into a form with errors that they are to be typed again: none goes back."""
    for name in names if form.errors else ():
        if form.data.get(form.add_prefix(name)) and not form.has_error(name):
            form.add_error(name, ValidationError(_("Type it again: it is never sent back."), code="again"))


class ModelForm(forms.ModelForm):
    """A model's form that also asks the constraints over fields it does not show.

    Django leaves a constraint out, silently, when one of its fields is not in the form: what the database then refuses
    is a crash instead of an error beside the field. ``constrained`` names those fields.
    """

    constrained: frozenset[str] = frozenset({"account", "deleted_at", "email_key"})

    def _get_validation_exclusions(self) -> set[str]:
        """Keep the constrained fields in validation."""
        return super()._get_validation_exclusions() - self.constrained  # type: ignore[misc]
