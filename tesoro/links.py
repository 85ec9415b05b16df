"""Addresses of many rows: worked out once for a page, not looked up for each row."""

from collections.abc import Callable

from django.urls import reverse


def by_key(name: str) -> Callable[[int], str]:
    """Return what makes the address of a row's page: ``by_key("deals:detail")(7)`` is "/deals/7/".

    The key's own place is found, whatever figures the rest of the address holds: where the product lives under a path
    ("/crm20/"), or in a page's name. Ask anew for each request, as that path is the request's.
    """
    one, other = reverse(name, args=[0]), reverse(name, args=[1])
    place = next(place for place, (sign, changed) in enumerate(zip(one, other, strict=True)) if sign != changed)
    before, behind = one[:place], one[place + 1 :]
    return lambda key: f"{before}{key}{behind}"
