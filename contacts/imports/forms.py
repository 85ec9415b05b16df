"""The forms of an import: the file, how it is read, its mapping and options, one cell."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.imports import encoding as encodings
from contacts.imports import kinds
from contacts.imports.kinds import Kind
from contacts.imports.models import ImportRun, OnExisting
from contacts.imports.options import Option
from contacts.imports.source import MAX_BYTES, MAX_CELL, Refused
from tesoro.forms import FileDrop

DELIMITERS = {
    ",": gettext_lazy("Comma"),
    ";": gettext_lazy("Semicolon"),
    "\t": gettext_lazy("Tab"),
    "|": gettext_lazy("Bar"),
}
QUOTES = {'"': gettext_lazy('Double, "'), "'": gettext_lazy("Single, '")}
TOO_LARGE = gettext_lazy("The file is larger than 50 MB. Split it and import the parts one after another.")
GONE = gettext_lazy("The file of this import is no longer there. Upload it again.")
FORM = "mapping"


def told(refusal: Refused) -> str:
    """Return why a file was refused, with the line where it was noticed."""
    if refusal.line is None or str(refusal.line) in refusal.reason:
        return refusal.reason
    return _("Line %(line)d: %(reason)s") % {"line": refusal.line, "reason": refusal.reason}


class UploadForm(forms.Form):
    """The file. Whether it can be taken is judged by its content, not by its name."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a CSV file.")},
        widget=FileDrop(
            {
                "accept": ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain",
                "data-max-bytes": MAX_BYTES,
                "data-too-large": TOO_LARGE,
            },
            prompt=gettext_lazy("Drop a CSV file here, or choose one"),  # type: ignore[arg-type]
        ),
    )


class DialectForm(forms.Form):
    """How a file is read. ``changes`` are the answers that differ from how it is read now."""

    encoding = forms.ChoiceField(label=gettext_lazy("Encoding"), choices=list(encodings.CHOICES.items()))
    delimiter = forms.ChoiceField(label=gettext_lazy("Column separator"))
    quotechar = forms.ChoiceField(label=gettext_lazy("Quotation mark"))
    header_line = forms.IntegerField(
        label=gettext_lazy("Header in line"),
        min_value=0,
        max_value=1000,
        help_text=gettext_lazy("0 when the file has no header"),
    )

    def __init__(self, run: ImportRun, data: Any = None) -> None:
        self.run = run
        super().__init__(data, initial={name: getattr(run, name) for name in self.base_fields}, prefix="file")
        for name, known in (("delimiter", DELIMITERS), ("quotechar", QUOTES)):
            now = getattr(run, name)
            self.fields[name].choices = list({**known, now: known.get(now, now)}.items())  # type: ignore[attr-defined]

    @property
    def changes(self) -> dict[str, Any]:
        """The answers of a valid form that change something."""
        return {name: value for name, value in self.cleaned_data.items() if value != getattr(self.run, name)}


class OptionsForm(forms.Form):
    """The options of a run, beside its mapping; what the form gets of the mapping is ``chosen``."""

    on_existing = forms.ChoiceField(choices=OnExisting.choices, widget=forms.RadioSelect)
    remember = forms.BooleanField(
        label=gettext_lazy("Remember this mapping"),
        help_text=gettext_lazy("For the next file with the same header"),
        required=False,
        initial=True,
    )

    def __init__(self, run: ImportRun, data: Any = None) -> None:
        self.run = run
        super().__init__(data, initial={**run.options, "on_existing": run.on_existing})
        kind = kinds.get(run.kind)
        self.fields = {**{option.name: _asked(option) for option in kind.options}, **self.fields}
        self._name_what_is_known(kind)
        for field in self.fields.values():  # they stand beside the columns, outside the form that both belong to
            field.widget.attrs["form"] = FORM

    def _name_what_is_known(self, kind: Kind) -> None:
        """Ask what to do with a known email, or name, in the words of the kind."""
        field: Any = self.fields["on_existing"]
        words = {**dict(OnExisting.choices), OnExisting.UPDATE.value: kind.words.update_known}
        field.label, field.choices = kind.words.when_known, list(words.items())

    @property
    def chosen(self) -> dict[int, str]:
        """The field chosen for each column: as sent, or as stored."""
        if not self.is_bound:
            return self.run.places
        sent = {place: self.data.get(f"column-{place}", "") for place in range(len(self.run.columns))}
        return {place: name for place, name in sent.items() if name}

    @property
    def twice(self) -> set[str]:
        """The fields that more than one column was given to."""
        return {name for name, count in Counter(self.chosen.values()).items() if count > 1}

    @property
    def options(self) -> Mapping[str, Any]:
        """The options of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if name != "remember"}

    def refuse(self, refusal: ValidationError) -> None:
        """Take over what the engine has to say: an option's fault at the option, the mapping's at the head."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, messages in refusal.message_dict.items():
            self.add_error(name if name in self.fields else None, messages)


class CellForm(forms.Form):
    """One cell of a row. Its text is data: nothing is stripped, and the field's own rule judges it later."""

    value = forms.CharField(
        required=False, strip=False, max_length=MAX_CELL, widget=forms.TextInput({"autocomplete": "off"})
    )

    def __init__(self, value: str, data: Any = None) -> None:
        super().__init__(data, initial={"value": value})
        if "\n" in value or "\r" in value:
            self.fields["value"].widget = forms.Textarea({"rows": 4})


def _asked(option: Option) -> forms.ChoiceField:
    """Return the field of an option."""
    return forms.ChoiceField(label=option.label, required=False, choices=[("", option.none), *option.choices()])


def fields_to_choose(run: ImportRun) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the fields a column can go to, in two groups: those that must be mapped, and the others."""
    columns = kinds.get(run.kind).columns.items()
    must = [(name, str(column.label)) for name, column in columns if column.required]
    may = [(name, str(column.label)) for name, column in columns if not column.required]
    return [(_("Must be mapped"), must), (_("Optional"), may)]
