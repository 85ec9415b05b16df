"""The services that know where a place is, by the public JSON they answer with.

Nominatim: https://nominatim.org/release-docs/latest/api/Search/ and …/Reverse/; Photon: https://photon.komoot.io.
What they answer is a stranger's text: each value is looked at before it is used, and one that makes no sense left out.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar
from urllib.parse import urlencode

import pycountry

from tesoro.geocoding.places import Place, Point, one_line, place

MOST_FOUND = 8
# Where what Photon calls the county is the province, which an address names before the region. ISO 3166-1 alpha-2.
PROVINCIAL = frozenset({"ES", "IT"})
# Half the height of the window, in degrees, in which a service looks first: some 50 km to each side.
SURROUNDINGS = 0.5


class Service(ABC):
    """One kind of service: how it is asked, and how its answer reads."""

    name: ClassVar[str]
    public: ClassVar[str]

    def __init__(self, url: str = "", key: str = "") -> None:
        self.url = (url or self.public).rstrip("/")
        self.key = key

    def search_url(self, text: str, language: str, near: Point | None) -> str:
        """Return the address that answers with places for ``text``, those ``near`` first, in ``language``.

        What is near is told roughly: it may be where a client lives, and the same question is to stay the same.
        """
        return self._address(*self._search(text, language, near and near.roughly))

    def at_url(self, point: Point, language: str) -> str:
        """Return the address that answers with the place at a point."""
        return self._address(*self._at(point, language))

    def read(self, answer: Any) -> list[Place]:
        """Return the places of an answer. Raises ValueError for what is no answer of this service."""
        found = []
        for one in self._found(answer):
            point = self._point(one) if isinstance(one, dict) else None
            if point:
                found.append(self._place(one, point))
        return list(dict.fromkeys(found))[:MOST_FOUND]

    @abstractmethod
    def _search(self, text: str, language: str, near: Point | None) -> tuple[str, dict[str, Any]]: ...

    @abstractmethod
    def _at(self, point: Point, language: str) -> tuple[str, dict[str, Any]]: ...

    @abstractmethod
    def _found(self, answer: Any) -> Iterable[Any]: ...

    @abstractmethod
    def _point(self, one: dict[str, Any]) -> Point | None: ...

    @abstractmethod
    def _place(self, one: dict[str, Any], point: Point) -> Place: ...

    def _address(self, path: str, words: dict[str, Any]) -> str:
        return f"{self.url}/{path}?{urlencode(words | ({'key': self.key} if self.key else {}))}"


class Nominatim(Service):
    """Nominatim, the OpenStreetMap project's own, and those who answer as it does."""

    name = "nominatim"
    public = "https://nominatim.openstreetmap.org"

    def _search(self, text: str, language: str, near: Point | None) -> tuple[str, dict[str, Any]]:
        words = {"q": text, "limit": MOST_FOUND, **self._shape(language)}
        if near:
            west, east = near.longitude - SURROUNDINGS, near.longitude + SURROUNDINGS
            words["viewbox"] = (
                f"{west:.2f},{near.latitude + SURROUNDINGS:.2f},{east:.2f},{near.latitude - SURROUNDINGS:.2f}"
            )
        return "search", words

    def _at(self, point: Point, language: str) -> tuple[str, dict[str, Any]]:
        return "reverse", {"lat": point.latitude, "lon": point.longitude, "zoom": 18, **self._shape(language)}

    def _shape(self, language: str) -> dict[str, Any]:
        return {"format": "jsonv2", "addressdetails": 1, "accept-language": language}

    def _found(self, answer: Any) -> Iterable[Any]:
        """A search is answered with a list, a point with one place, or with an error where there is nothing."""
        if isinstance(answer, list):
            return answer
        if isinstance(answer, dict) and ("lat" in answer or answer.get("error") == "Unable to geocode"):
            return [answer] if "lat" in answer else []
        raise ValueError("neither places nor a place")

    def _point(self, one: dict[str, Any]) -> Point | None:
        return Point.if_any(one.get("lat"), one.get("lon"))

    def _place(self, one: dict[str, Any], point: Point) -> Place:
        said = _Words(one.get("address"))
        number = said("house_number")
        road = said("road", "pedestrian", "footway", "path", "square", "place", "residential")
        # Where streets have no names, houses are numbered in their hamlet or quarter.
        around = said("hamlet", "isolated_dwelling", "neighbourhood", "quarter") if number else ""
        return place(
            _Words(one)("display_name"),
            point,
            number,
            street=road or around,
            zip_code=said("postcode"),
            city=said("city", "town", "village", "municipality", "hamlet", "suburb"),
            state=said("province", "state", "region", "county"),
            country=_country(said("country_code")),
        )


class Photon(Service):
    """Photon, made for search as one types, and those who answer as it does."""

    name = "photon"
    public = "https://photon.komoot.io"
    # What the public one speaks; in any other language it answers as the places call themselves.
    languages: ClassVar[frozenset[str]] = frozenset({"en", "de", "fr"})

    def _search(self, text: str, language: str, near: Point | None) -> tuple[str, dict[str, Any]]:
        words = {"q": text, "limit": MOST_FOUND, **self._in(language)}
        if near:
            words |= {"lat": near.latitude, "lon": near.longitude}
        return "api/", words

    def _at(self, point: Point, language: str) -> tuple[str, dict[str, Any]]:
        return "reverse", {"lat": point.latitude, "lon": point.longitude, "limit": 1, **self._in(language)}

    def _in(self, language: str) -> dict[str, str]:
        return {"lang": language if language in self.languages else "default"}

    def _found(self, answer: Any) -> Iterable[Any]:
        features = answer.get("features") if isinstance(answer, dict) else None
        if not isinstance(features, list):
            raise ValueError("no features")
        return features

    def _point(self, one: dict[str, Any]) -> Point | None:
        shape = one.get("geometry")
        where = shape.get("coordinates") if isinstance(shape, dict) else None
        return Point.if_any(where[1], where[0]) if isinstance(where, list) and len(where) > 1 else None

    def _place(self, one: dict[str, Any], point: Point) -> Place:
        said = _Words(one.get("properties"))
        country, kind, name = _country(said("countrycode")), said("type"), said("name")
        road = said("street") or (name if kind == "street" else "")
        town = said("city") or (name if kind in ("city", "locality", "district") else said("locality", "district"))
        found = place(
            "",
            point,
            said("housenumber"),
            street=road,
            zip_code=said("postcode"),
            city=town,
            state=said("county", "state") if country in PROVINCIAL else said("state", "county"),
            country=country,
        )
        whole = [name, found.street, f"{found.zip_code} {found.city}".strip(), found.state, said("country")]
        label = ", ".join(dict.fromkeys(filter(None, map(one_line, whole))))
        return replace(found, label=label or found.label)


SERVICES: dict[str, type[Service]] = {one.name: one for one in (Nominatim, Photon)}


class _Words:
    """The texts of a stranger's dictionary."""

    def __init__(self, values: Any) -> None:
        self.values = values if isinstance(values, dict) else {}

    def __call__(self, *names: str) -> str:
        """Return the first of these that holds a text, "" where none does; a number reads as text."""
        for name in names:
            value = self.values.get(name)
            if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
                return str(value)[:500]
        return ""


def _country(code: str) -> str:
    """Return an ISO 3166-1 code in capitals, "" for one that is none."""
    known = pycountry.countries.get(alpha_2=code.upper()) if len(code) == 2 else None
    return known.alpha_2 if known else ""
