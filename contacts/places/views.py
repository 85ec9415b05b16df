"""What the location picker asks: places by their name, and the place at a point."""

from dataclasses import replace
from typing import Any

from allauth.core.internal import ratelimit
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.models import Account
from contacts.places import known
from contacts.places.maps import map_of
from tesoro.access import Request, member
from tesoro.addresses import ADDRESS_LIMIT, PARTS, country_name
from tesoro.geocoding import asking
from tesoro.geocoding.places import Place, Point, told
from tesoro.text import collapse

LONGEST_QUERY = 200


@member
@require_safe
def search(request: Request) -> HttpResponse:
    """Return places for ``q``: the office's own addresses first, then the service's.

    With ``typing`` the office's own alone: a public service is asked when somebody asks for it, not with every letter.
    Two numbers are the coordinates of a point.
    """
    text = collapse(request.GET.get("q", "").replace("\0", " "))[:LONGEST_QUERY]
    typing = bool(request.GET.get("typing"))
    if point := Point.typed(text):
        return _answer(*_own_at(request.account, point)) if typing else _at(request, point)
    own = known.matching(request.account, text)
    if not text or typing:
        return _answer(own, [])
    near = known.surroundings(request.account)
    try:
        found = asking.search(text, request.account.language, near, lambda: _has_any_left(request))
    except asking.Unavailable as fault:
        return _answer(own, [], str(fault))
    return _answer(own, found, "" if own or found else _nothing(request, text))


@member
@require_safe
def picker(request: Request) -> HttpResponse:
    """Show the dialog of the location picker, for the script that opens it."""
    return render(request, "places/picker.html", {"map": map_of(request.account)})


@member
@require_safe
def at(request: Request) -> HttpResponse:
    """Return the place at ``lat`` and ``lon``, in degrees; the point alone where no address is known."""
    try:
        point = Point.read(request.GET.get("lat"), request.GET.get("lon"))
    except ValueError:
        return JsonResponse({"found": [], "said": _("These are no coordinates.")}, status=422)
    return _at(request, point)


def _at(request: Request, point: Point) -> HttpResponse:
    """The place keeps the point that was asked for: whoever puts a marker on a house means that house."""
    said = ""
    try:
        found = asking.at(point, request.account.language, lambda: _has_any_left(request))
    except asking.Unavailable as fault:
        found, said = [], str(fault)
    if found:
        return _answer([], [_moved(found[0], point)])
    own, bare = _own_at(request.account, point)
    return _answer(own, bare, said or ("" if own else _("No address is known here. The coordinates are kept.")))


def _has_any_left(request: Request) -> bool:
    """Count a question to the service; False for somebody who has sent too many: others wait for their turn."""
    # The public function of allauth lets every GET pass.
    return bool(ratelimit.consume(request, app="allauth.account", action="place", limit_get=True))


def _own_at(account: Any, point: Point) -> tuple[list[Place], list[Place]]:
    """Return the office's own address at a point, or else the point alone, as ``_answer`` takes them."""
    own = known.nearest(account, point)
    return ([_moved(own, point)], []) if own else ([], [Place(point.said, point)])


def _moved(one: Place, point: Point) -> Place:
    return replace(one, point=point)


def _nothing(request: Request, text: str) -> str:
    if asking.service() is not None:
        return _("Nothing was found for “%(text)s”.") % {"text": text}
    said = _("None of your addresses holds “%(text)s”. Click on the map, or type the address by hand.") % {"text": text}
    hint = _("Whoever runs Tesoro can name a service that knows more addresses: GEOCODER, in docs/places.md.")
    return f"{said} {hint}" if request.user.is_admin else said


def _answer(own: list[Place], found: list[Place], said: str = "") -> JsonResponse:
    """Answer with each address once, the office's own first; those without a point stand below all others."""
    own, found = _once(own, found)
    rows = [_row(one, own=True) for one in own] + [_row(one) for one in found]
    return JsonResponse({"found": sorted(rows, key=lambda row: row["latitude"] is None), "said": said})


def _once(own: list[Place], found: list[Place]) -> tuple[list[Place], list[Place]]:
    """Take the own addresses out of what the service found; one without a point is given that of the service."""
    mine = []
    for one in own:
        same = [other for other in found if known.is_same(one, other)]
        found = [other for other in found if other not in same]
        mine.append(replace(one, point=same[0].point) if same and not one.point else one)
    return mine, found


def _row(one: Place, *, own: bool = False) -> dict[str, Any]:
    """Return a place for the script: its parts by the names of their fields, and what is read out of it."""
    parts = {name: getattr(one, name) for name in PARTS}
    return {
        **parts,
        "label": one.label,
        "about": _("Used in your office") if own else "",
        "address": told(**{**parts, "country": country_name(one.country)}),
        "latitude": one.point and one.point.latitude,
        "longitude": one.point and one.point.longitude,
        "degrees": one.point.said if one.point else "",
        "cut": _cut(one.cut),
    }


def _cut(names: tuple[str, ...]) -> str:
    """Say which parts were shortened."""
    if not names:
        return ""
    labels = ", ".join(str(Account._meta.get_field(name).verbose_name) for name in names)  # type: ignore[union-attr]
    text = ngettext("Cut to %(n)s character: %(labels)s.", "Cut to %(n)s characters: %(labels)s.", ADDRESS_LIMIT)
    return text % {"n": ADDRESS_LIMIT, "labels": labels}
