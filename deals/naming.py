"""Deals and who takes part in them, as a file names them."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, Prefetch, Subquery
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.imports.matching import plain
from contacts.models import Kind, Person
from contacts.models.choices import CLIENT_ROLES
from contacts.resources import clean_role
from deals.column_names import CLIENTS
from deals.models import Deal, Party
from deals.parties import MOST_PARTIES
from tesoro.emails import clean_email, email_key
from tesoro.text import collapse, natural_key

_BETWEEN = re.compile(r"[,;\n]")
BY_EMAIL = gettext_lazy("Name contacts by their email address.")
SHOWN = 60  # letters of what a message names
KEYS_AT_ONCE = 5_000  # addresses that one question asks for: a database takes so many values


class Named(NamedTuple):
    """Somebody whom a cell names: the address, and the words behind it in brackets."""

    address: str
    role: str


class Known(NamedTuple):
    """Somebody of the account who has an address."""

    pk: int
    kind: str
    in_trash: bool


def named_in(text: str) -> list[Named]:
    """Return whom a cell names: "ines@example.com (Buyer), ada@example.org (Lawyer)".

    They stand between commas, semicolons or line breaks; a bar, which an address may hold, parts only what holds two.
    """
    words: list[str] = []
    for word in _BETWEEN.split(text):
        words += word.split("|") if word.count("@") > 1 else [word]
    return [_named(word.strip()) for word in words if word.strip()]


def _named(word: str) -> Named:
    """Take the role off an address; a name before one, as other programs write it, says nothing more."""
    address, role = _parted(word, "(", ")")
    if "@" in role and "@" not in address:
        address, role = role, ""
    _name, in_brackets = _parted(address, "<", ">")
    return Named(in_brackets if "@" in in_brackets else address, role)


def _parted(word: str, opening: str, closing: str) -> tuple[str, str]:
    """Part a word from what stands in brackets at its end; without such, all of it from "".

    No pattern: one that looks for blanks before a bracket takes minutes over a cell of nothing but blanks.
    """
    before, bracket, inside = word.removesuffix(closing).rpartition(opening)
    if not bracket or not word.endswith(closing) or closing in inside:
        return word, ""
    return before.strip(), inside.strip()


def told(parties: Iterable[Party]) -> str:
    """Return who takes part, as a cell."""
    return ", ".join(f"{party.person.email} ({party.role_label})" for party in parties)


class People:
    """The people of an account whom the cells of a chunk name."""

    def __init__(self, account: Any, cells: Sequence[str] = ()) -> None:
        self._known: dict[str, Known] = {}
        # A cell that names too many is refused without a look at them.
        named = [found for cell in cells if len(found := named_in(cell)) <= MOST_PARTIES]
        keys = sorted({key for found in named for one in found if (key := _key(one.address))})
        for start in range(0, len(keys), KEYS_AT_ONCE):
            self._look_up(account, set(keys[start : start + KEYS_AT_ONCE]))

    def _look_up(self, account: Any, keys: set[str]) -> None:
        self._known |= _known(Person.objects.for_account(account).filter(email_key__in=keys))
        if missing := keys - self._known.keys():
            gone = Person.with_trash.for_account(account).exclude(deleted_at=None).filter(email_key__in=missing)
            self._known |= _known(gone)

    def read(self, text: str) -> list[list[Any]]:
        """Return who takes part as [key, role], the role "" where the type of the deal says it.

        Raises ValidationError that says of each address what is wrong with it.
        """
        cell = named_in(text)
        if not cell:
            raise ValidationError(_("A deal needs a client."), code="required")
        if len(cell) > MOST_PARTIES:
            raise ValidationError(_("At most %(n)d contacts take part in a deal.") % {"n": MOST_PARTIES}, code="many")
        found: dict[int, str] = {}
        wrong: list[ValidationError] = []
        for one in cell:
            try:
                self._seat(one, found)
            except ValidationError as error:
                wrong.append(error)
        if wrong:
            # The code is what the mapping counts: what cannot be read is told there, who is unknown only later.
            raise ValidationError(" ".join(dict.fromkeys(error.messages[0] for error in wrong)), code=_code(wrong))
        if not any(is_client(role) for role in found.values()):
            raise ValidationError(_no_client(cell), code="no_client")
        return [[pk, role] for pk, role in found.items()]

    def _seat(self, one: Named, found: dict[int, str]) -> None:
        role = _role(one)
        person = self._person(one.address)
        if person.pk in found:
            raise _wrong(_("%(email)s is named twice."), one.address, "twice")
        found[person.pk] = role

    def _person(self, address: str) -> Known:
        try:
            email = clean_email(address)
        except ValidationError as error:
            if "@" not in address:
                raise ValidationError(str(BY_EMAIL), code="no_address") from None
            told = {"email": _cut(address), "fault": error.messages[0]}
            raise ValidationError(_("%(email)s: %(fault)s") % told, code="invalid") from None
        person = self._known.get(email_key(email))
        if person is None:
            raise _wrong(_("No contact has the address %(email)s."), email, "unknown")
        if person.in_trash:
            raise _wrong(_("%(email)s is in the trash. Restore the contact first."), email, "trash")
        if person.kind != Kind.CONTACT:
            raise _wrong(_("%(email)s is a lead. Convert the lead first."), email, "lead")
        return person


def _known(rows: Any) -> dict[str, Known]:
    values = rows.order_by("pk").values_list("email_key", "pk", "kind", "deleted_at")
    return {key: Known(pk, kind, deleted is not None) for key, pk, kind, deleted in values}


def _key(address: str) -> str:
    try:
        return email_key(clean_email(address))
    except ValidationError:
        return ""


def _role(one: Named) -> str:
    """Return the role behind an address, "" for a client as the type of the deal has it."""
    if not one.role or plain(one.role[:200]) in CLIENTS:
        return ""
    try:
        return clean_role(one.role) or ""
    except ValidationError as error:
        told = {"email": _cut(one.address), "fault": error.messages[0]}
        raise ValidationError(_("%(email)s: %(fault)s") % told, code="invalid_choice") from None


def _wrong(text: str, email: str, code: str) -> ValidationError:
    return ValidationError(text % {"email": _cut(email)}, code=code)


def _code(wrong: Sequence[Any]) -> str:
    codes = [error.code for error in wrong]
    return "invalid_choice" if "invalid_choice" in codes else str(codes[0])


def _no_client(cell: Sequence[Named]) -> str:
    emails = ", ".join(_cut(one.address) for one in cell[:3])
    return _("No client among them: %(emails)s. One must be Buyer, Seller, Tenant or Landlord.") % {"emails": emails}


def _cut(text: str) -> str:
    return str(Truncator(text).chars(SHOWN))


def is_client(role: str) -> bool:
    """Whether somebody of this role is a client; one without is."""
    return not role or role in CLIENT_ROLES


def first_client(parties: Iterable[Sequence[Any]]) -> int | None:
    """Return the key of the first client among [key, role]."""
    return next((pk for pk, role in parties if is_client(role)), None)


def deal_key(name: str, client: int | None) -> str:
    """Return what tells deals apart: the first client, and the name whatever its case, accents, dots and hyphens."""
    return f"{client}:{natural_key(name, '') or collapse(name)}"


def with_seats(deals: Any) -> Any:
    """Load as ``who`` the parties of deals, clients first, without the people themselves."""
    return deals.prefetch_related(Prefetch("parties", Party.objects.present().in_order(), to_attr="who"))


def known_deals(account: Any, keys: Iterable[str]) -> dict[str, int]:
    """Return by ``deal_key`` the live deals that have one of ``keys``; of two the older one. One query."""
    wanted = {key: key.partition(":") for key in keys}
    names = {natural_key(name, "") for _client, _colon, name in wanted.values()}
    clients = {int(client) for client, _colon, _name in wanted.values()}
    if not wanted:
        return {}
    first = Party.objects.present().clients().filter(deal=OuterRef("pk")).order_by("pk").values("person")[:1]
    deals = Deal.objects.for_account(account).filter(name_key__in=names).annotate(client=Subquery(first))
    rows = deals.filter(client__in=clients).order_by("-pk").values_list("name", "client", "pk")
    found = {deal_key(name, client): pk for name, client, pk in rows}
    return {key: pk for key, pk in found.items() if key in wanted}
