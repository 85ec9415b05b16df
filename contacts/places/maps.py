"""What a map is drawn with, and where it opens."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings

from contacts.places import known
from tesoro.geocoding.places import Point
from tesoro.tiles import Tile, tiles_around

# Where no address says anything: the whole of Spain, where the product is at home. The numbers are Leaflet's zooms.
SPAIN, COUNTRY, TOWN, STREET = Point(40.2, -3.7), 6, 12, 15
STILL_SIZE = (640, 200)


@dataclass(frozen=True)
class Map:
    """A map that opens around a point, as the template hands it to the script."""

    centre: Point
    closeness: int
    tiles: str = field(default_factory=lambda: settings.MAP_TILES)
    attribution: str = field(default_factory=lambda: settings.MAP_ATTRIBUTION)
    attribution_url: str = field(default_factory=lambda: settings.MAP_ATTRIBUTION_URL)
    max_zoom: int = field(default_factory=lambda: settings.MAP_MAX_ZOOM)

    @property
    def latitude(self) -> str:
        """Degrees north, with a point whatever the language."""
        return f"{self.centre.latitude:.5f}"

    @property
    def longitude(self) -> str:
        """Degrees east, with a point whatever the language."""
        return f"{self.centre.longitude:.5f}"


def map_of(account: Any) -> Map:
    """Return the map of where an account works."""
    here = known.surroundings(account)
    return Map(here, TOWN) if here else Map(SPAIN, COUNTRY)


@dataclass(frozen=True)
class Still:
    """A small picture of where something stands, drawn without a script."""

    point: Point

    width, height = STILL_SIZE

    @cached_property
    def tiles(self) -> list[Tile]:
        """The tiles that make it; none where the settings name none, and a grid stands in for them."""
        if not settings.MAP_TILES:
            return []
        zoom = min(STREET, settings.MAP_MAX_ZOOM)
        return tiles_around(settings.MAP_TILES, self.point.latitude, self.point.longitude, zoom, STILL_SIZE)

    @property
    def pin(self) -> str:
        """Where the pin is drawn, as a transformation: its tip in the middle."""
        return f"translate({self.width // 2 - 15} {self.height // 2 - 39}) scale(1.25)"

    @property
    def large_url(self) -> str:
        """Where a large map shows the point, with ways to go there; nothing where no map is asked outside."""
        latitude, longitude = self.point.said.split(", ")
        place = f"mlat={latitude}&mlon={longitude}#map=17/{latitude}/{longitude}"
        return f"https://www.openstreetmap.org/?{place}" if self.tiles else ""

    @property
    def attribution(self) -> str:
        """Whose tiles they are."""
        return str(settings.MAP_ATTRIBUTION) if self.tiles else ""

    @property
    def attribution_url(self) -> str:
        """Where their terms stand."""
        return str(settings.MAP_ATTRIBUTION_URL)


def still_of(place: Any) -> Still | None:
    """Return the picture of an address; None for one that is on no map."""
    try:
        return Still(Point.read(place.latitude, place.longitude))
    except ValueError:
        return None
