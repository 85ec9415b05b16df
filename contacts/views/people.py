"""Finding people while one types, for the field that chooses them."""

from django.db.models import prefetch_related_objects
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Person
from contacts.people_picker.finding import suggest
from contacts.relations.linking import company_of
from tesoro.access import Request, member
from tesoro.posted import key


@require_safe
@member
def people(request: Request) -> HttpResponse:
    """Answer the field of people: the first few that match ``q``, each by the address that stands for them.

    ``company`` is the key of one that people are chosen for: who belongs to another is told with it.
    """
    found = suggest(request.account, request.GET.get("q", ""))
    company = key(request.GET.get("company", ""))
    if company:
        prefetch_related_objects(found, "relation")
    return JsonResponse({"found": [_row(person, company) for person in found]})


def _row(person: Person, company: int) -> dict[str, str]:
    about = [person.email, str(person.get_role_display()) if person.role else person.section]
    if company and person.relation_id == company:
        about.append(_("already linked"))
    elif company and (other := company_of(person)):
        about.append(_("now at %(company)s") % {"company": other.name})
    if person.do_not_contact:
        about.append(_("not to be contacted"))
    return {"value": person.email, "name": person.full_name, "about": " · ".join(about)}
