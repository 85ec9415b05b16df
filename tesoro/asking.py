"""Fields that a form asks for only with some answers of another."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _


def ask_when(form: Any, name: str, asked: str, answers: Sequence[str]) -> None:
    """Show a field, and demand it, with some answers of another; by script as soon as one of them is given.

    Whether the form as it is drawn demands it stands on the field as ``needed_now``; that it sometimes does, as
    ``sometimes``.
    """
    field = form.fields[name]
    field.widget.attrs["data-shown-by"] = f"{form.add_prefix(asked)}={'|'.join(answers)}"
    field.widget.attrs["data-needed"] = True
    initial = form.get_initial_for_field(form.fields[asked], asked)
    given = form.data.get(form.add_prefix(asked), initial) if form.is_bound else initial
    field.sometimes, field.needed_now = True, given in answers
    if getattr(field, "choices", None) and field.choices[0][0] == "":
        field.choices = [("", _("Choose")), *field.choices[1:]]
    if field.needed_now:
        field.widget.attrs["aria-required"] = "true"
