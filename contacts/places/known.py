"""The addresses that an office uses already: the first suggestions of the location picker, without any service."""

from collections.abc import Callable, Iterator
from typing import Any

from tesoro.addresses import PARTS, POINT, country_name
from tesoro.geocoding.places import Place, Point, told
from tesoro.text import fold, plain_words

Source = Callable[[Any], Any]
# Of each kind of record those with the latest activity are looked at: as fast at a million people as at a thousand.
LOOKED_AT = 1_000
SHOWN = 5
NEAR_METRES = 50

# What has an address: each returns the rows of an account, the latest first by an index.
sources: list[Source] = []


def matching(account: Any, text: str) -> list[Place]:
    """Return the addresses in which each word of ``text`` stands, those used most often first."""
    words = fold(text).replace(",", " ").split()
    if not words:
        return []
    found = [one for one in _addresses(account) if one.street and _holds(one, words)]
    return _by_use(found)[:SHOWN]


def nearest(account: Any, point: Point) -> Place | None:
    """Return the address nearest to a point, if one lies within 50 metres of it."""
    marked = ((one.point.metres_to(point), one) for one in _addresses(account) if one.point and one.street)
    near = min(marked, key=lambda pair: pair[0], default=None)
    return near[1] if near and near[0] <= NEAR_METRES else None


def surroundings(account: Any) -> Point | None:
    """Return where the office works: at its own address, else amid its latest addresses; None where there are none."""
    if here := Point.of(account):
        return here
    points = [one.point for one in _addresses(account) if one.point]
    if not points:
        return None
    # The middle one of each, not the mean: one house in Florida moves no office into the sea.
    middle = len(points) // 2
    return Point(
        sorted(point.latitude for point in points)[middle], sorted(point.longitude for point in points)[middle]
    )


def is_same(one: Place, other: Place) -> bool:
    """Whether two addresses are one house, however they are spelled; either may lack the zip code or the town."""
    street, *towns = (
        (plain_words(getattr(one, name)), plain_words(getattr(other, name))) for name in ("street", "zip_code", "city")
    )
    said = [pair for pair in towns if all(pair)]
    return bool(street[0]) and bool(said) and all(mine == theirs for mine, theirs in (street, *said))


def _addresses(account: Any) -> Iterator[Place]:
    """Yield what the latest records say, the account's own address first."""
    yield _read(*(getattr(account, name) for name in (*PARTS, *POINT)))
    for rows in sources:
        for values in rows(account).values_list(*PARTS, *POINT)[:LOOKED_AT]:
            yield _read(*values)


def _read(*values: Any) -> Place:
    *texts, latitude, longitude = values
    parts = dict(zip(PARTS, texts, strict=True))
    label = told(**{**parts, "country": country_name(parts["country"])})
    return Place(label, Point.if_any(latitude, longitude), **parts)


def _holds(one: Place, words: list[str]) -> bool:
    text = fold(one.label)
    return all(word in text for word in words)


def _by_use(found: list[Place]) -> list[Place]:
    """Return each address once: as often used as it stands there, with a point if any of its rows has one."""
    alike: dict[str, list[Place]] = {}
    for one in found:
        alike.setdefault(fold(one.label), []).append(one)
    groups = sorted(alike.values(), key=len, reverse=True)
    return [next((one for one in group if one.point), group[0]) for group in groups]
