"""The memory that an export takes: it must not grow with the number of rows."""

import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from contacts.exporting import as_csv, as_xlsx
from contacts.models import Contact
from contacts.sections import sections
from tests.benchmarks.database import add_people, empty_database, office
from tests.benchmarks.figures import Figure

SMALL, LARGE = 10_000, 100_000


def figures() -> Iterator[Figure]:
    """Yield the highest memory while 100,000 people are exported, against that of 10,000, for both kinds of file."""
    with empty_database():
        account, _admin = office()
        people = Contact.objects.for_account(account)
        add_people(account, SMALL)
        floors = {name: _peak(send, people) for name, send in FILES.items()}
        add_people(account, LARGE - SMALL, SMALL)
        for name, send in FILES.items():
            yield Figure(f"export of {LARGE} people, {name}, memory", "MB", _peak(send, people), floors[name])


def _book(section: Any, people: Any) -> Iterable[bytes]:
    with as_xlsx(section, people) as book:
        while part := book.read(65_536):
            yield part


FILES: dict[str, Callable[[Any, Any], Iterable[bytes]]] = {"CSV": as_csv, "XLSX": _book}


def _peak(send: Callable[[Any, Any], Iterable[bytes]], people: Any) -> float:
    """Return the megabytes that were in use at most while a file was sent and thrown away."""
    tracemalloc.start()
    for _part in send(sections["contacts"], people):
        pass
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return round(peak / 1_000_000, 1)
