"""A place as the location picker takes it over: where it is, and its address in our parts."""

import math
import re
from dataclasses import dataclass
from typing import Any

from tesoro.addresses import ADDRESS_LIMIT, PARTS
from tesoro.text import collapse

# Where the number of a house stands before the name of its street; everywhere else it follows. ISO 3166-1 alpha-2.
NUMBER_FIRST = frozenset({"AU", "CA", "FR", "GB", "GG", "IE", "IM", "JE", "LU", "MC", "MT", "NZ", "US", "ZA"})
# What tesoro.text refuses in a line, and what would be a tag.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff<>]+")
_PAIR = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,15})?)°?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d{1,15})?)°?\s*")


@dataclass(frozen=True)
class Point:
    """Coordinates in degrees, WGS 84. Raises ValueError for what lies nowhere on earth."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        for degrees, most in ((self.latitude, 90), (self.longitude, 180)):
            if not math.isfinite(degrees) or abs(degrees) > most:
                raise ValueError(f"{degrees} is not within {most} degrees")

    @classmethod
    def read(cls, latitude: Any, longitude: Any) -> "Point":
        """Return the point that two texts or numbers name, to the seventh digit: a centimetre. Raises ValueError."""
        try:
            return cls(round(float(latitude), 7), round(float(longitude), 7))
        except (TypeError, OverflowError):
            raise ValueError("no coordinates") from None

    @classmethod
    def typed(cls, text: str) -> "Point | None":
        """Return the point that somebody typed as two decimal numbers, latitude first; None for anything else."""
        pair = _PAIR.fullmatch(text)
        try:
            return cls.read(*pair.groups()) if pair else None
        except ValueError:
            return None

    @property
    def said(self) -> str:
        """Latitude and longitude as maps take them, to a metre: "38.59870, -0.05120"."""
        return f"{self.latitude:.5f}, {self.longitude:.5f}"

    @property
    def roughly(self) -> "Point":
        """The point to the second digit, about a kilometre: where somebody works, and nobody's house."""
        return Point(round(self.latitude, 2), round(self.longitude, 2))

    def metres_to(self, other: "Point") -> float:
        """Return the distance over a sphere, within half a percent. Source: the haversine formula."""
        here, there = math.radians(self.latitude), math.radians(other.latitude)
        north, east = there - here, math.radians(other.longitude - self.longitude)
        half = math.sin(north / 2) ** 2 + math.cos(here) * math.cos(there) * math.sin(east / 2) ** 2
        return 2 * 6_371_000 * math.asin(min(1, math.sqrt(half)))


@dataclass(frozen=True)
class Place:
    """An address, with its point where that is known. ``label`` is all of it; ``cut`` names parts too long for us."""

    label: str
    point: Point | None
    street: str = ""
    zip_code: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    cut: tuple[str, ...] = ()


def place(label: str, point: Point, **parts: str) -> Place:
    """Return a place whose parts fit their fields: in one line, without signs no address has, and no longer than 60."""
    clean = {name: _line(parts.get(name, "")) for name in PARTS}
    fitting = {name: text[:ADDRESS_LIMIT].rstrip(" ,;-") for name, text in clean.items()}
    cut = tuple(name for name in PARTS if len(clean[name]) > ADDRESS_LIMIT)
    return Place(_line(label) or told(**fitting), point, cut=cut, **fitting)


def told(street: str = "", zip_code: str = "", city: str = "", state: str = "", country: str = "") -> str:
    """Return an address in one line, for reading."""
    town = " ".join(part for part in (zip_code, city) if part)
    return ", ".join(part for part in (street, town, state, country) if part)


def street_line(street: str, number: str, country: str) -> str:
    """Return street and house number in the order in which the country writes them."""
    parts = [number, street] if country in NUMBER_FIRST else [street, number]
    return " ".join(part for part in parts if part)


def _line(text: str) -> str:
    return collapse(_CONTROL.sub(" ", text))
