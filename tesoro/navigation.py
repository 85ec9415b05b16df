"""What the frame around every page shows: sections, menus, search, and the demo banner."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tesoro.counting import capped
from tesoro.once import new_key

# How many records a section holds, by its kind: the apps above put their counters here.
counts: dict[str, Callable[[Any], int]] = {}
# The sections whose records can be created by Ctrl+K.
CREATING = {"contacts", "leads", "relations", "deals"}
# What waits for a user, by the namespace of the section: how much, and whether it is late.
waiting: dict[str, Callable[[Any], tuple[int, bool]]] = {}


@dataclass(frozen=True)
class Entry:
    """One link of the frame. ``namespace`` tells when it is the current place, ``rare`` hides it on a phone.

    ``under`` is where the section's addresses lie, unless they lie under ``url``.
    """

    url: str
    icon: str
    label: str
    namespace: str = ""
    tally: str = ""
    late: bool = False
    rare: bool = False
    current: bool = False
    under: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return what ``shell.html`` needs; nothing is asked of the database unless a page draws the frame."""
    account = getattr(request, "account", None)
    if account is None:
        return {}
    return {
        "nav": SimpleLazyObject(lambda: _marked(_sections(account, request.user), request.path)),
        "nav_foot": SimpleLazyObject(lambda: _foot(request.user)),
        "office_menu": SimpleLazyObject(lambda: _office_menu(request.user)),
        "me_menu": SimpleLazyObject(_me_menu),
        "search_url": reverse("finder:search"),
        "create_url": _create_url(request),
        "demo_banner": account.is_demo,
        "form_frame": _form_frame(request),
        "form_key": SimpleLazyObject(new_key),
    }


def _create_url(request: HttpRequest) -> str:
    """Return where "Create" leads: to a new record of the section one is in, or else to a new contact."""
    section = getattr(request.resolver_match, "namespace", "")
    return reverse(f"{section}:create" if section in CREATING else "contacts:create")


def _form_frame(request: Any) -> str:
    """Return the frame of a form: the composer it was asked for in, the side panel, or a page of its own."""
    asked = getattr(request, "htmx", None)
    if not asked:
        return "parts/panel_page.html"
    return "parts/composer_frame.html" if asked.target == "composer" else "parts/panel_frame.html"


def _sections(account: Any, user: Any) -> list[Entry]:
    return [
        Entry(reverse("home"), "layout-dashboard", _("Dashboard"), "dashboard"),
        Entry(reverse("leads:list"), "user-plus", _("Leads"), "leads", _tally(account, "lead")),
        Entry(reverse("contacts:list"), "users", _("Contacts"), "contacts", _tally(account, "contact")),
        Entry(
            reverse("relations:list"), "building-2", _("Relations"), "relations", _tally(account, "relation"), rare=True
        ),
        _deals(account),
        _waiting(user, "tasks:mine", "list-checks", _("Tasks")),
        _waiting(user, "meetings:calendar", "calendar", _("Calendar"), rare=True),
        _waiting(user, "inbox:list", "inbox", _("Inbox"), rare=True),
    ]


def _deals(account: Any) -> Entry:
    """Return the section of deals, which opens with its board."""
    url, under = reverse("deals:board"), reverse("deals:list")
    return Entry(url, "handshake", _("Deals"), "deals", _tally(account, "deal"), under=under)


def _marked(entries: list[Entry], path: str) -> list[Entry]:
    """Mark the section whose address the page lies under; under that of the dashboard, the first, all others lie."""
    home, *others = entries
    return [home, *(replace(entry, current=path.startswith(entry.under or entry.url)) for entry in others)]


def _waiting(user: Any, name: str, icon: str, label: str, rare: bool = False) -> Entry:
    """Return a section that says what waits there for the user."""
    namespace = name.partition(":")[0]
    count, late = waiting[namespace](user) if namespace in waiting else (0, False)
    return Entry(reverse(name), icon, label, namespace, capped(count) if count else "", late, rare)


def _tally(account: Any, kind: str) -> str:
    """Return how many records a section holds; who counts them registers as ``counts[kind]``."""
    return capped(counts[kind](account)) if kind in counts else ""


def _foot(user: Any) -> list[Entry]:
    entries = [Entry(reverse("trash:list"), "trash-2", _("Trash"), "trash")]
    if user.is_admin:
        return [*entries, Entry(reverse("settings:account"), "settings", _("Settings"), "settings")]
    return [*entries, Entry(reverse("settings:profile"), "settings", _("Settings"), "settings")]


def _office_menu(user: Any) -> list[Entry]:
    if not user.is_admin:
        return []
    return [
        Entry(reverse("settings:account"), "building-2", _("Account settings")),
        Entry(reverse("settings:users"), "users", _("Users")),
        Entry(reverse("imports:history"), "file-up", _("Imports")),
    ]


def _me_menu() -> list[Entry]:
    return [Entry(reverse("settings:profile"), "user", _("Profile"))]
