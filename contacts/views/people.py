"""Finding people while one types, for the field that chooses them."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Person
from contacts.people_picker.finding import suggest
from tesoro.access import Request, member


@require_safe
@member
def people(request: Request) -> HttpResponse:
    """Answer the field of people: the first few that match ``q``, each by the address that stands for them."""
    found = suggest(request.account, request.GET.get("q", ""))
    return JsonResponse({"found": [_row(person) for person in found]})


def _row(person: Person) -> dict[str, str]:
    about = [person.email, str(person.get_role_display()) if person.role else person.section]
    if person.do_not_contact:
        about.append(_("not to be contacted"))
    return {"value": person.email, "name": person.full_name, "about": " · ".join(about)}
