"""The template: the text a WhatsApp conversation may begin with."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tesoro.fields import LineField, ProseField
from tesoro.trash import LiveManager, Trashable, TrashQuerySet

TEMPLATE_LIMIT = 1_024
MOST_PLACES = 20
PLACE = re.compile(r"\{\{\s*([1-9][0-9]?)\s*\}\}")
CONTENT_SID = re.compile(r"HX[0-9a-f]{32}")


class TemplateQuerySet(TrashQuerySet):
    """Queries with names."""

    def by_title(self) -> Any:
        """Return templates in the order of their titles."""
        return self.order_by("title", "pk")


class Template(Trashable):
    """A text that WhatsApp has approved. Variables stand in it as ``{{1}}``, ``{{2}}`` …"""

    title = LineField(_("title"), max_length=100)
    body = ProseField(_("text"), max_length=TEMPLATE_LIMIT)
    content_sid = LineField(_("content SID"), max_length=34, blank=True, default="")
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects: ClassVar[Any] = LiveManager.from_queryset(TemplateQuerySet)()
    with_trash: ClassVar[Any] = TemplateQuerySet.as_manager()

    class Meta(Trashable.Meta):
        verbose_name = _("WhatsApp template")
        verbose_name_plural = _("WhatsApp templates")

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Judge the variables and the content SID."""
        super().clean()
        self.body = PLACE.sub(r"{{\1}}", self.body or "")
        _judge_places(self.body)
        if self.content_sid and not CONTENT_SID.fullmatch(self.content_sid):
            text = _("A content SID is HX and 32 characters from 0 to 9 and a to f.")
            raise ValidationError({"content_sid": ValidationError(text, code="content_sid")})

    @property
    def places(self) -> list[int]:
        """The numbers of its variables, in order, each once."""
        return places_of(self.body)

    def fill(self, values: Mapping[str, str]) -> str:
        """Return the text with ``values`` ("1", "2" …) in their places; a place without a value stays as it is."""
        return PLACE.sub(lambda found: values.get(found[1]) or found[0], self.body)


def places_of(body: str) -> list[int]:
    """Return the numbers of the variables in a text, in order, each once."""
    return sorted({int(number) for number in PLACE.findall(body)})


def _judge_places(body: str) -> None:
    """Raise ValidationError, at ``body``, unless the variables are numbered from 1 without a gap."""
    left = PLACE.sub("", body)
    numbers = places_of(body)
    wanted = list(range(1, len(numbers) + 1))
    if "{{" in left or "}}" in left:
        _refuse("place", _("A variable is a number in two pairs of braces: {{1}}."))
    if len(numbers) > MOST_PLACES:
        _refuse("places", _("At most 20 variables."))
    if numbers != wanted:
        missing = next(number for number in wanted if number not in numbers)
        _refuse("gap", _("Number the variables from 1 without a gap: %(place)s is missing."), f"{{{{{missing}}}}}")


def _refuse(code: str, text: Any, place: str = "") -> None:
    raise ValidationError({"body": ValidationError(text, code=code, params={"place": place} if place else None)})
