"""The public form: anybody may open it, also inside a page of the office's own website."""

from typing import Any
from urllib.parse import urlsplit

from allauth.core import ratelimit
from csp.decorators import csp_replace
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from leads.enquiries import seals
from leads.enquiries.forms import PREFILLED, EnquiryForm
from leads.enquiries.models import PublicForm
from leads.enquiries.receiving import receive
from leads.enquiries.speaking import spoken
from tesoro.access import Request, public

TRAP = "homepage"  # a field that nobody sees, and programs fill in
RETRY_SECONDS = "60"


# No CSRF token: it needs a cookie, and a browser gives none to a frame on another site. There is nothing to forge
# either: the view acts for nobody who is signed in, and neither reads nor writes a session. The seal in the form
# tells that we drew it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def form(request: Request, key: str) -> HttpResponse:
    """Show the form; sent, it becomes an enquiry. The answer is the same whether the email is known or not."""
    office = _open(key)
    with override(spoken(office.account)):
        answer = _sent(request, office) if request.method == "POST" else _blank(request, office)
        return _framed(office, answer)


@require_safe
@public
def thanks(request: Request, key: str) -> HttpResponse:
    """Say that the enquiry has come in."""
    office = _open(key)
    with override(spoken(office.account)):
        return _framed(office, render(request, "enquiries/thanks.html", {"office": office}))


@require_safe
@public
def logo(request: Request, key: str) -> FileResponse:
    """Show the office's logo, on whose form it stands, to everybody."""
    picture = _open(key).account.logo
    try:
        file = picture.open() if picture else None
    except FileNotFoundError:
        file = None
    if file is None:
        raise Http404
    answer = FileResponse(file)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "public, max-age=3600"
    return answer


def _open(key: str) -> PublicForm:
    """Return the open form at this address, or raise Http404."""
    found = PublicForm.objects.open_at(key).first()
    if found is None:
        raise Http404
    return found


def _framed(office: PublicForm, answer: HttpResponse) -> HttpResponse:
    """Let the sites that the office names show the answer in a frame; without any, the policy stays strict."""
    if not office.framing_sites:
        return answer
    allowed = csp_replace({"frame-ancestors": office.framing_sites})(lambda _request: answer)
    return xframe_options_exempt(allowed)(None)  # type: ignore[arg-type, return-value]


def _blank(request: Request, office: PublicForm) -> HttpResponse:
    """Draw the form, with what its address says about the property filled in."""
    initial: dict[str, Any] = {name: request.GET[name][:500] for name in PREFILLED if name in request.GET}
    initial.setdefault("page", _came_from(request))
    return _page(request, EnquiryForm(office=office, initial=initial), seals.seal(office))


def _came_from(request: Request) -> str:
    """Return the page that the visitor came from, if it is one of another site."""
    page = request.headers.get("Referer", "")[:500]
    try:
        return page if urlsplit(page).netloc != request.get_host() else ""
    except ValueError:
        return ""


def _sent(request: Request, office: PublicForm) -> HttpResponse:
    sealed = request.POST.get("signed", "")
    seal = seals.opened(office, sealed)
    filled = EnquiryForm(request.POST, office=office)
    if not ratelimit.consume(request, action="enquiry"):
        return _too_many(request, filled)
    if seal is None:
        return _drawn_again(request, office)
    if seal.is_hasty or (request.POST.get(TRAP) and not seal.again):
        return _asked_again(request, filled)
    if not filled.is_valid():
        return _page(request, filled, sealed, 422)
    if not ratelimit.consume(request, action="enquiry_office", key=f"office:{office.account_id}"):
        return _too_many(request, filled)
    receive(office.account, filled.said(), delivery=filled.delivery(seal.nonce))
    return redirect("enquiries:thanks", key=office.key)


def _too_many(request: Request, filled: EnquiryForm) -> HttpResponse:
    filled.full_clean()
    filled.add_error(None, _("Too many enquiries have come in just now. Please send it again in a minute."))
    answer = _page(request, filled, seals.seal(filled.office, again=True), 429)
    answer["Retry-After"] = RETRY_SECONDS
    return answer


def _asked_again(request: Request, filled: EnquiryForm) -> HttpResponse:
    """Show what was typed once more: a person whose browser has filled it in presses again, a program does not."""
    filled.full_clean()
    filled.add_error(None, _("Please look it over and send it once more."))
    return _page(request, filled, seals.seal(filled.office, again=True), 422)


def _drawn_again(request: Request, office: PublicForm) -> HttpResponse:
    """Show what was typed once more, under the consent as it reads now, which is to be given anew."""
    typed = request.POST.copy()
    typed.pop("agreed", None)
    filled = EnquiryForm(typed, office=office)
    filled.full_clean()
    filled.add_error(None, _("This page was open for long, or has changed. Please look it over and send it again."))
    return _page(request, filled, seals.seal(office, again=True), 422)


def _page(request: Request, filled: EnquiryForm, sealed: str, status: int = 200) -> HttpResponse:
    context = {"form": filled, "office": filled.office, "signed": sealed, "trap": TRAP}
    return render(request, "enquiries/form.html", context, status=status)
