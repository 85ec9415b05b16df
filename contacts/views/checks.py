"""What the form asks while one types: is this email free, is this a phone number?"""

from django.core.exceptions import ValidationError
from django.http import JsonResponse

from contacts.forms import open_record
from contacts.models import Person
from contacts.models.adding import EMAIL_TAKEN
from tesoro.access import Request, member
from tesoro.emails import clean_email
from tesoro.phones import clean_phone, format_phone
from tesoro.posted import key


def _wrong(error: ValidationError) -> JsonResponse:
    return JsonResponse({"ok": False, "message": " ".join(error.messages)})


@member
def email(request: Request) -> JsonResponse:
    """Answer whether a record of the account uses the email already; ``id`` is the record being edited."""
    try:
        value = clean_email(request.GET.get("value", ""))
    except ValidationError as error:
        return _wrong(error)
    people = Person.objects.for_account(request.account).with_email(value)
    other = people.exclude(pk=key(request.GET.get("id", ""))).first()
    if other is None:
        return JsonResponse({"ok": True, "value": ""})
    link = {"url": other.get_absolute_url(), "text": open_record(other)}
    return JsonResponse({"ok": False, "message": str(EMAIL_TAKEN), "link": link})


@member
def phone(request: Request) -> JsonResponse:
    """Answer how the number reads internationally, or what is wrong with it."""
    try:
        return JsonResponse({"ok": True, "value": format_phone(clean_phone(request.GET.get("value", "")))})
    except ValidationError as error:
        return _wrong(error)
