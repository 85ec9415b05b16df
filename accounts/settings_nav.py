"""The list of settings pages, in one place. Apps further right add theirs in ``ready()``."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.mail import uses_outbox
from accounts.models import User


@dataclass(frozen=True)
class Page:
    """One settings page."""

    url_name: str
    icon: str
    label: str | Promise
    admin_only: bool = True
    is_shown: Callable[[], bool] = lambda: True

    @property
    def url(self) -> str:
        """Where it is."""
        return reverse(self.url_name)


_pages = [
    Page("settings:profile", "user", _("Profile"), admin_only=False),
    Page("settings:account", "building-2", _("Office")),
    Page("settings:users", "users", _("Users")),
    Page("settings:outbox", "mail", _("Outbox"), is_shown=uses_outbox),
]


def register(page: Page, before: str = "settings:outbox") -> None:
    """Add a page to the list, ahead of the one named ``before``; a page that is there already is replaced."""
    _pages[:] = [other for other in _pages if other.url_name != page.url_name]
    places = [other.url_name for other in _pages]
    _pages.insert(places.index(before) if before in places else len(_pages), page)


def pages_for(user: User) -> list[Page]:
    """Return the pages that this user may open, in order."""
    return [page for page in _pages if page.is_shown() and (user.is_admin or not page.admin_only)]
