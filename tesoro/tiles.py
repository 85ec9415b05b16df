"""The square pictures of which maps are made: where they come from, and which of them show a point.

They are numbered by zoom, column and row from the north-west, 256 pixels wide, in the Web Mercator projection:
https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames
"""

import math
import re
from typing import NamedTuple
from urllib.parse import urlsplit

SIDE = 256
# Beyond, the projection ends: the map of the world is a square.
MOST_NORTH = 85.0511287


class Tile(NamedTuple):
    """A picture, and where its corner lies from that of the window, in pixels."""

    url: str
    x: int
    y: int


def tile_hosts(tiles: str) -> list[str]:
    """Return the source that a content policy has to allow for the address of tiles; none for none.

    Where the address names one of several hosts by ``{s}``, all hosts beside it are allowed: a policy knows ``*`` for
    the first labels of a name alone. What is no name of a host is none, so that nothing else comes into the policy.
    """
    parts = urlsplit(tiles)
    host = re.sub(r"^.*\{s\}[^.:]*", "*", parts.netloc)
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"(\*\.)?[\w.\[\]-][\w.:\[\]-]*", host, re.ASCII):
        return []
    return [f"{parts.scheme}://{host}"]


def tiles_around(tiles: str, latitude: float, longitude: float, zoom: int, size: tuple[int, int]) -> list[Tile]:
    """Return the tiles that fill a window of ``size``, width and height in pixels, around a point in its middle.

    Those beyond the poles are left out, those beyond the date line are taken from the other side.
    """
    side, count = SIDE, 2**zoom
    left, top = (middle - length / 2 for middle, length in zip(_pixel(latitude, longitude, zoom), size, strict=True))
    columns = range(math.floor(left / side), math.ceil((left + size[0]) / side))
    rows = range(max(0, math.floor(top / side)), min(count, math.ceil((top + size[1]) / side)))
    return [
        Tile(_url(tiles, zoom, column % count, row), round(column * side - left), round(row * side - top))
        for row in rows
        for column in columns
    ]


def _pixel(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    world = SIDE * 2**zoom
    north = math.radians(max(-MOST_NORTH, min(MOST_NORTH, latitude)))
    return (longitude + 180) / 360 * world, (1 - math.asinh(math.tan(north)) / math.pi) / 2 * world


def _url(tiles: str, zoom: int, column: int, row: int) -> str:
    named = {"{z}": zoom, "{x}": column, "{y}": row, "{s}": "a", "{r}": ""}
    for name, value in named.items():
        tiles = tiles.replace(name, str(value))
    return tiles
