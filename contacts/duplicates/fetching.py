"""Loading the two people that an address names."""

from typing import Any

from django.http import Http404

from tesoro.access import Request
from tesoro.tenancy import fetch


def fetch_pair(people: Any, request: Request, one: int, two: int) -> tuple[Any, Any]:
    """Return two people of a queryset; of another account, or one person twice, there are none: Http404."""
    if one == two:
        raise Http404
    return fetch(people, request, pk=one), fetch(people, request, pk=two)
