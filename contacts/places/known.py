"""The addresses that an office uses already: the first suggestions of the location picker, without any service."""

from collections.abc import Callable, Iterator
from typing import Any

from tesoro.addresses import PARTS, country_name
from tesoro.geocoding.places import Place, Point, told
from tesoro.text import fold

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
    if account.latitude is not None and account.longitude is not None:
        return Point(account.latitude, account.longitude)
    points = [one.point for one in _addresses(account) if one.point]
    if not points:
        return None
    # The middle one of each, not the mean: one house in Florida moves no office into the sea.
    middle = len(points) // 2
    return Point(
        sorted(point.latitude for point in points)[middle], sorted(point.longitude for point in points)[middle]
    )


def _addresses(account: Any) -> Iterator[Place]:
    """Yield what the latest records say, the account's own address first."""
    yield _read(*(getattr(account, name) for name in (*PARTS, "latitude", "longitude")))
    for rows in sources:
        for values in rows(account).values_list(*PARTS, "latitude", "longitude")[:LOOKED_AT]:
            yield _read(*values)


def _read(*values: Any) -> Place:
    *texts, latitude, longitude = values
    parts = dict(zip(PARTS, texts, strict=True))
    point = None if latitude is None or longitude is None else Point(latitude, longitude)
    return Place(told(**{**parts, "country": country_name(parts["country"])}), point, **parts)


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
