"""Finding companies while one types, for the field that chooses one."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from contacts.relations.models import Relation
from contacts.relations.picking import suggest, texts
from tesoro.access import Request, member


@require_safe
@member
def companies(request: Request) -> HttpResponse:
    """Answer the field of a company: the first few that match ``q``, each by the text that stands for it."""
    found = suggest(request.account, request.GET.get("q", ""))
    values = texts(request.account, found) if found else {}
    return JsonResponse({"found": [_row(relation, values[relation.pk]) for relation in found]})


def _row(relation: Relation, value: str) -> dict[str, str]:
    about = [str(relation.get_type_display()), relation.city]
    return {"value": value, "name": relation.name, "about": " · ".join(filter(None, about))}
