"""What Info shows of a subject: its fields in groups; each is shown, and changed, where it stands."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.subjects.revising import holder, shown

Groups = Mapping[str, tuple[Any, list[str]]]


@dataclass(frozen=True)
class Sheet:
    """The fields of one kind of subject: their groups, their names, and what an empty one means.

    ``wide`` ones take a row of their own; those ``in_panel`` are changed there, because several belong together.
    ``form`` returns the form of one field of a subject.
    """

    groups: Callable[[Any], Groups]
    labels: Mapping[str, Any]
    form: Callable[[Any], Any]
    absent: Mapping[str, Any] = field(default_factory=dict)
    wide: AbstractSet[str] = frozenset()
    in_panel: AbstractSet[str] = frozenset()

    def changeable(self, subject: Any, name: str) -> bool:
        """Whether a field of the subject can be changed where it is shown."""
        return any(name in names for _label, names in self.groups(subject).values()) and name not in self.in_panel


@dataclass(frozen=True)
class Fact:
    """One field of a subject as the tab shows it. ``url`` opens it to be changed."""

    record: Any
    name: str

    @property
    def sheet(self) -> Sheet:
        """What its kind of subject shows."""
        return self.record.sheet

    @property
    def subject(self) -> Any:
        """Whose it is."""
        return self.record.subject

    @property
    def label(self) -> str:
        """What the field is called here."""
        return str(self.sheet.labels[self.name])

    @property
    def text(self) -> str:
        """The value in words; empty where there is none. Role, agent and tags are drawn by their templates."""
        if self.name == "tags":
            return ", ".join(tag.name for tag in self.record.tags)
        return shown(holder(self.subject, self.name), self.name)

    @property
    def absent(self) -> str:
        """What an empty one means."""
        return str(self.sheet.absent.get(self.name, _("Empty")))

    @property
    def url(self) -> str:
        """The address at which it is changed where it stands, "" where that is done in the panel."""
        if self.name in self.sheet.in_panel:
            return ""
        return reverse(f"{self.record.section}:info-field", args=[self.subject.pk, self.name]) + self.record.carried

    @property
    def wide(self) -> bool:
        """Whether it takes a row of its own."""
        return self.name in self.sheet.wide


@dataclass(frozen=True)
class Group:
    """Fields that belong together."""

    key: str
    label: Any
    facts: list[Fact]


def groups_of(record: Any) -> list[Group]:
    """Return the fields of the record's subject in their groups."""
    return [
        Group(key, label, [Fact(record, name) for name in names])
        for key, (label, names) in record.sheet.groups(record.subject).items()
    ]
