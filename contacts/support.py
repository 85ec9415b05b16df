"""What Django admin shows of people and companies alike."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from contacts.forms import MOST_TAGS
from contacts.models.revising import conflict
from contacts.resources import split_tags
from tesoro import search
from tesoro.support.forms import STALE, SupportForm
from tesoro.words import joined


class SubjectForm(SupportForm):
    """A record with tags and a version, judged by the same model as in the product."""

    tag_words = forms.CharField(label=_("Tags"), required=False, help_text=_("With commas between them."))
    too_many_tags: Any = _("A record has at most 50 tags.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["tag_words"] = joined(self.instance.tag_names()) if self.instance.pk else ""

    def clean_tag_words(self) -> list[str]:
        """Return the names, each judged by the tag's own rule."""
        names = split_tags(self.cleaned_data["tag_words"])
        if len(names) > MOST_TAGS:
            raise ValidationError(self.too_many_tags)
        return names

    def stale(self, stored: Any, seen: int | None) -> list[str]:
        """Say who changed what meanwhile."""
        if stored is None or seen is None:
            return [str(STALE)]
        found = conflict(stored, seen)
        said = now_("%(field)s: “%(old)s” became “%(new)s”, by %(who)s.")
        who = found.by or now_("Tesoro")
        return [str(STALE), *(said % {**change, "who": who} for change in found.changes)]


def narrowed(rows: Any, text: str) -> Any:
    """Return the rows, of any account, whose ``search_text`` holds every word of ``text``."""
    for word in search.terms(text):
        rows = rows.filter(search_text__contains=word)
    return rows
