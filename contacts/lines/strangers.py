"""Who is it? A number that somebody in the books has, or a stranger's, which waits in the inbox."""

from typing import Any

from django.db import transaction

from contacts.lines.models import Line, Stray, StrayKind


def known(account: Any, number: str) -> Any:
    """Return the live person of the account who has ``number`` (E.164), the most recently active first, or None."""
    from contacts.models import Person

    return Person.objects.for_account(account).with_number(number).first() if number else None


def keep(line: Line, kind: StrayKind, number: str, sid: str, body: str = "", **data: Any) -> Stray:
    """Put what came from an unknown number into the inbox; a second delivery of the same ``sid`` changes nothing."""
    with transaction.atomic():
        stray, _new = Stray.objects.get_or_create(
            account_id=line.account_id, sid=sid, defaults={"kind": kind, "number": number, "body": body, "data": data}
        )
    return stray
