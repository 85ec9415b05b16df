"""A place as the location picker takes it over: where it is, and its address in our parts."""

import math
import re
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tesoro.addresses import ADDRESS_LIMIT, PARTS, POINT
from tesoro.text import collapse

# Where the number of a house stands before the name of its street; everywhere else it follows. ISO 3166-1 alpha-2.
NUMBER_FIRST = frozenset({"AU", "CA", "FR", "GB", "GG", "IE", "IM", "JE", "LU", "MC", "MT", "NZ", "US", "ZA"})
# Under this name a change of a point is told, both coordinates in one line; and what a reader calls it.
PLACE, PLACE_LABEL = "place", _("Place on the map")
# What tesoro.text refuses in a line, and what would be a tag.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff<>]+")
_PAIR = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d{1,15})?)°?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d{1,15})?)°?\s*")
# As most of Europe writes them: "38,5987; -0,0512", and with a comma between only where a space follows it.
_COMMA_PAIR = re.compile(r"\s*([+-]?\d{1,3},\d{1,15})°?\s*(?:;|,?\s)\s*([+-]?\d{1,3},\d{1,15})°?\s*")


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
            return cls(round(float(latitude), 7) + 0.0, round(float(longitude), 7) + 0.0)  # never -0
        except (TypeError, OverflowError):
            raise ValueError("no coordinates") from None

    @classmethod
    def typed(cls, text: str) -> "Point | None":
        """Return the point that somebody typed as two decimal numbers, latitude first; None for anything else.

        Their decimal sign is a point, or a comma in both.
        """
        pair = _PAIR.fullmatch(text) or _COMMA_PAIR.fullmatch(text)
        try:
            return cls.read(*(number.replace(",", ".") for number in pair.groups())) if pair else None
        except ValueError:
            return None

    @classmethod
    def of(cls, row: Any) -> "Point | None":
        """Return the point of a row with an address; None where it has none, or a stored one that lies nowhere."""
        return cls.if_any(*(getattr(row, name) for name in POINT))

    @classmethod
    def if_any(cls, latitude: Any, longitude: Any) -> "Point | None":
        """Return the point that two texts or numbers name; None where they name none."""
        try:
            return cls.read(latitude, longitude)
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

    @property
    def kept(self) -> dict[str, Any]:
        """What a cache keeps of it, as JSON has it."""
        return {**asdict(self), "cut": list(self.cut)}

    @classmethod
    def of_kept(cls, kept: dict[str, Any]) -> "Place":
        """Return the place that a cache kept."""
        point = kept["point"] and Point(**kept["point"])
        return cls(**{**kept, "point": point, "cut": tuple(kept["cut"])})


def place(label: str, point: Point, number: str = "", **parts: str) -> Place:
    """Return a place whose parts fit their fields: in one line, without signs no address has, and no longer than 60.

    The ``number`` of the house stands where the country writes it, and is kept where the name of its street is cut.
    """
    clean = {name: one_line(parts.get(name, "")) for name in PARTS}
    fitting = {name: _shortened(text, ADDRESS_LIMIT) for name, text in clean.items()}
    number = one_line(number) if clean["street"] else ""
    if number:
        room = ADDRESS_LIMIT - len(number) - 1
        street = _shortened(clean["street"], room) if room >= ADDRESS_LIMIT // 2 else clean["street"]
        fitting["street"] = _shortened(_numbered(street, number, clean["country"]), ADDRESS_LIMIT)
        clean["street"] = _numbered(clean["street"], number, clean["country"])
    cut = tuple(name for name in PARTS if len(clean[name]) > ADDRESS_LIMIT)
    return Place(one_line(label) or told(**fitting) or point.said, point, cut=cut, **fitting)


def told(street: str = "", zip_code: str = "", city: str = "", state: str = "", country: str = "") -> str:
    """Return an address in one line, for reading."""
    town = " ".join(part for part in (zip_code, city) if part)
    return ", ".join(part for part in (street, town, state, country) if part)


def point_told(row: Any) -> str:
    """Return where a row with an address stands, in degrees; "" where that is not known."""
    point = Point.of(row)
    return point.said if point else ""


def _numbered(street: str, number: str, country: str) -> str:
    """Return street and house number in the order in which the country writes them."""
    return f"{number} {street}" if country in NUMBER_FIRST else f"{street} {number}"


def _shortened(text: str, room: int) -> str:
    """Return the beginning of a text that fits, up to the end of a word unless half of the room would be lost by it."""
    if len(text) <= room:
        return text
    end = text.rfind(" ", 0, room + 1)
    return text[: end if end > room // 2 else room].rstrip(" ,;-")


def one_line(text: str) -> str:
    """Return a stranger's text in one line, without signs no address has."""
    return collapse(_CONTROL.sub(" ", text))
