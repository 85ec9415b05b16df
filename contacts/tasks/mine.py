"""What "My tasks" shows: one's own, those of a colleague, or everybody's."""

from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from contacts.tasks.models import Task
from contacts.tasks.sections import MINE, Section, asked_for
from tesoro.access import Request
from tesoro.posted import key

EVERYBODY = "everybody"


class MyTasks:
    """The tasks that an address asks for: ``who`` is the number of a colleague, "everybody", or else oneself."""

    def __init__(self, user: Any, query: QueryDict) -> None:
        self.user = user
        self.query = query

    @classmethod
    def below(cls, request: Request) -> "MyTasks | None":
        """Return what the page shows from which htmx asks, if it is this page."""
        parts = urlsplit(request.htmx.current_url_abs_path or "")
        return cls(request.user, QueryDict(parts.query)) if parts.path == reverse("tasks:mine") else None

    @cached_property
    def who(self) -> User | None:
        """Whose tasks they are; nobody's in particular when they are everybody's."""
        asked = self.query.get("who", "")
        if asked == EVERYBODY:
            return None
        return User.objects.for_account(self.user.account).filter(pk=key(asked)).first() or self.user

    @property
    def is_own(self) -> bool:
        """Whether one looks at one's own."""
        return self.who == self.user

    @property
    def heading(self) -> str:
        """What stands above."""
        if self.who is None:
            return _("Everybody's tasks")
        return _("My tasks") if self.is_own else _("Tasks of %(name)s") % {"name": self.who.get_full_name()}

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Whose tasks one can look at: the word of the address bar, the label, and whether it is the one."""
        active = User.objects.for_account(self.user.account).active()
        colleagues = [user for user in active if user != self.user]
        if self.who and self.who not in [self.user, *colleagues]:
            colleagues.append(self.who)  # deactivated since
        return [
            ("", _("My tasks"), self.is_own),
            (EVERYBODY, _("Everybody"), self.who is None),
            *((str(user.pk), user.get_full_name(), user == self.who) for user in colleagues),
        ]

    @cached_property
    def sections(self) -> list[Section]:
        """Every section, in order."""
        rows = Task.objects.for_account(self.user.account).of_living()
        rows = rows.filter(assigned_to=self.who) if self.who else rows
        return [Section(kind, rows, reverse("tasks:mine"), self.query) for kind in MINE]

    @property
    def shown(self) -> list[Section]:
        """The sections that hold something, or the one whose next hundred are asked for."""
        return [section for section in asked_for(self.sections, self.query) if section.count]

    @property
    def nothing_to_do(self) -> bool:
        """Whether every section but the last is empty."""
        return not any(section.count for section in self.sections[:-1])
