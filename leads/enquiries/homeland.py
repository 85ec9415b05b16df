"""In which country an office is, as far as its settings tell."""

from functools import lru_cache
from importlib import resources
from typing import Any

import phonenumbers

from tesoro.addresses import countries


def country_of(account: Any) -> str:
    """Return the country, ISO 3166: that of the office's phone, or else of its time zone; "" where neither tells."""
    phone: Any = account.phone
    region = phonenumbers.region_code_for_number(phone) if getattr(phone, "country_code", None) else None
    return region or _by_zone().get(account.time_zone, "")


def calling_code(account: Any) -> tuple[str, int]:
    """Return the name of the office's country and its calling code; ("", 0) where that is not known."""
    country = country_of(account)
    return dict(countries()).get(country, ""), phonenumbers.country_code_for_region(country) if country else 0


@lru_cache(maxsize=1)
def _by_zone() -> dict[str, str]:
    """Return the country of each time zone that lies in one: the table of the time zone database."""
    try:
        table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text()
    except (ModuleNotFoundError, OSError):
        return {}
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {row[2]: row[0] for row in rows}
