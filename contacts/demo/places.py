"""Streets, towns and phone numbers."""

from random import Random
from typing import Any

import phonenumbers
from phonenumbers import PhoneNumberType

from tesoro.addresses import POINT

# Town, state, zip code, latitude, longitude of its middle.
COAST = [
    ("Altea", "Alicante", "03590", 38.599, -0.051), ("Jávea", "Alicante", "03730", 38.789, 0.166),
    ("Dénia", "Alicante", "03700", 38.840, 0.106), ("Calpe", "Alicante", "03710", 38.645, 0.044),
    ("Benissa", "Alicante", "03720", 38.715, 0.049), ("Moraira", "Alicante", "03724", 38.687, 0.134),
    ("Jalón", "Alicante", "03727", 38.741, -0.012), ("Alicante", "Alicante", "03002", 38.345, -0.483),
    ("València", "Valencia", "46001", 39.474, -0.379), ("Gandia", "Valencia", "46701", 38.968, -0.181),
]  # fmt: skip
SPANISH_STREETS = [
    "Calle Bernia", "Camí del Molí", "Avinguda del País Valencià", "Paseo Marítimo", "Plaça de l’Església",
    "Carrer del Pont", "Calle Marqués de Campo", "Partida Les Fonts", "Calle San Miguel", "Urbanización Balcón al Mar",
    "Carrer Major", "Calle de la Constitución", "Camí Vell de Xàbia", "Travesía del Peñón",
]  # fmt: skip
# By country: streets, then (town, state, zip code).
ABROAD: dict[str, tuple[list[str], list[tuple[str, str, str]]]] = {
    "DE": (
        ["Lindenstraße", "Große Elbstraße", "Am Mühlbach", "Königsallee", "Schloßgasse", "Bürgermeister-Fuchs-Weg"],
        [("Hamburg", "Hamburg", "20095"), ("München", "Bayern", "80331"), ("Köln", "Nordrhein-Westfalen", "50667"),
         ("Würzburg", "Bayern", "97070"), ("Freiburg im Breisgau", "Baden-Württemberg", "79098")],
    ),
    "GB": (["Church Lane", "Victoria Road", "The Green", "Mill Street"],
           [("Bath", "Somerset", "BA1 1AA"), ("Leeds", "West Yorkshire", "LS1 1UR"), ("Cardiff", "", "CF10 1EP")]),
    "NL": (["Keizersgracht", "Dorpsstraat", "Prins Hendrikkade", "’s-Gravelandseweg"],
           [("Utrecht", "Utrecht", "3511 AB"), ("Den Haag", "Zuid-Holland", "2511 BT"), ("Groningen", "", "9711 LM")]),
    "FR": (["rue de l’Église", "avenue Émile-Zola"], [("Nîmes", "Occitanie", "30000"), ("Lyon", "", "69002")]),
    "AT": (["Mariahilfer Straße", "Am Kirchweg"], [("Wien", "", "1060"), ("Graz", "Steiermark", "8010")]),
    "SE": (["Storgatan", "Ängsvägen"], [("Göteborg", "", "411 14"), ("Malmö", "Skåne", "211 20")]),
}  # fmt: skip
MOST_TRIES = 50


def draw_address(rng: Random, country: str) -> dict[str, Any]:
    """Return the address fields of a person from ``country``: at home, a house on the coast, or next to nothing."""
    chance = rng.random()
    if chance < 0.05:
        return {}
    return draw_coast(rng) if country == "ES" or chance < 0.3 else draw_home(rng, country)


def draw_home(rng: Random, country: str) -> dict[str, Any]:
    """Return the address fields of a home in ``country``; at times, or where no town is known, the country alone."""
    if rng.random() < 0.15:
        return {"country": country}
    if country == "ES":
        return draw_coast(rng)
    if country not in ABROAD:
        return {"country": country}
    streets, towns = ABROAD[country]
    town, state, zip_code = rng.choice(towns)
    street = _numbered(rng, rng.choice(streets), first=country in ("GB", "FR"))
    return {"street": street, "city": town, "state": state, "zip_code": zip_code, "country": country}


def draw_coast(rng: Random) -> dict[str, Any]:
    """Return the address fields of a house where the office works, with its place on the map."""
    town, state, zip_code, *middle = rng.choice(COAST)
    return {
        "street": f"{rng.choice(SPANISH_STREETS)} {rng.randint(1, 90)}{rng.choice(['', '', '', ', 2.º B', ' bis'])}",
        "city": town,
        "state": state,
        "zip_code": zip_code,
        "country": "ES",
        **_draw_point(rng, *middle),
    }


def place_of(house: str, town: str) -> dict[str, Any]:
    """Return the rest of the address of a house in a town of the coast; the same house stands where it stood."""
    _town, state, zip_code, *middle = next(one for one in COAST if one[0] == town)
    rng = Random(f"{house}, {town}")  # noqa: S311  (of its own, so that all that is drawn stays what it is)
    return {"city": town, "state": state, "zip_code": zip_code, "country": "ES", **_draw_point(rng, *middle)}


def _draw_point(rng: Random, latitude: float, longitude: float) -> dict[str, float]:
    """Return a point less than a kilometre from the middle of a town."""
    return {
        name: round(middle + rng.uniform(-0.008, 0.008), 6)
        for name, middle in zip(POINT, (latitude, longitude), strict=True)
    }


def _numbered(rng: Random, street: str, *, first: bool) -> str:
    number = rng.randint(1, 140)
    return f"{number} {street}" if first else f"{street} {number}"


class Phones:
    """Draws phone numbers, each once: libphonenumber's example of a country with other last digits."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.given: set[str] = set()

    def draw(self, country: str) -> str:
        """Return a valid number of ``country`` as E.164."""
        for _attempt in range(MOST_TRIES):
            kind = PhoneNumberType.MOBILE if self.rng.random() < 0.88 else PhoneNumberType.FIXED_LINE
            number: Any = phonenumbers.example_number_for_type(country, kind)
            text = str(number.national_number)
            number.national_number = int(f"{text[:-3]}{self.rng.randrange(1000):03d}")
            e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            if phonenumbers.is_valid_number(number) and e164 not in self.given:
                break
        self.given.add(e164)
        return e164
