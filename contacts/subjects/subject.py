"""What a subject is to its timeline."""

from typing import Any, ClassVar

from django.db import models


class Subject(models.Model):
    """A record that events, notes and files hang on.

    ``subject`` is the name of the link by which they point to it, ``namespace`` that of the addresses of its pages.
    """

    subject: ClassVar[str]

    class Meta:
        abstract = True

    @property
    def about(self) -> dict[str, Any]:
        """The record as the keyword that names it: ``record("noted", by=user, **person.about)``."""
        return {self.subject: self}
