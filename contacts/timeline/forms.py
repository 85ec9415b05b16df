"""The form of a note."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.timeline.models import Note
from contacts.timeline.models.note import NOTE_LIMIT

BODY = Note._meta.get_field("body")


class NoteForm(forms.Form):
    """Writes and edits a note. What was typed is kept, also when it is too long."""

    body = BODY.formfield(label=_("Note"))
    pinned = forms.BooleanField(label=_("Pin to the top"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # For the counter. The rule itself is the model's, which counts after cleaning.
        self.fields["body"].max_length = NOTE_LIMIT  # type: ignore[attr-defined]

    def clean_body(self) -> str:
        """Return the text as it is stored, or raise what is wrong with it."""
        return BODY.clean(self.cleaned_data["body"], None)
