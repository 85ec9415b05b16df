"""Inviting colleagues."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitations
from accounts.forms import InviteForm
from accounts.models import Invitation
from accounts.views.answers import lead_to
from tesoro.access import Request, admin_only
from tesoro.tenancy import fetch


@admin_only
@require_http_methods(["GET", "POST"])
def invite(request: Request) -> HttpResponse:
    """Invite several addresses at once; each is answered by itself, and one that waits already can be sent again."""
    if "resend" in request.POST:
        waiting = fetch(Invitation.objects.pending(), request, pk=request.POST["resend"])
        return _panel(request, InviteForm(), answers=[invitations.resend(request, waiting)])
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _panel(request, form)
    answers = invitations.invite(request, form.cleaned_data["emails"], form.cleaned_data["role"])
    if not all(answer.is_good for answer in answers):
        return _panel(request, _rest(form, answers), answers=answers)
    sent = ngettext("%(count)d invitation sent.", "%(count)d invitations sent.", len(answers))
    messages.success(request, sent % {"count": len(answers)})
    return lead_to(request, "settings:users")


def _panel(request: Request, form: InviteForm, answers: list[invitations.Answer] | None = None) -> HttpResponse:
    context = {
        "form": form,
        "answers": answers,
        "heading": _("Invite colleagues"),
        "submit_label": _("Invite"),
        "cancel_url": reverse("settings:users"),
    }
    return render(request, "accounts/invite.html", context, status=422 if form.errors else 200)


def _rest(form: InviteForm, answers: list[invitations.Answer]) -> InviteForm:
    """Return a form that keeps the addresses to be corrected."""
    wrong = [answer.email for answer in answers if answer.verdict == invitations.Verdict.INVALID]
    return InviteForm(initial={"emails": "\n".join(wrong), "role": form.cleaned_data["role"]})


@admin_only
@require_POST
def renewal(request: Request, pk: int) -> HttpResponse:
    """Send a new link; the old one ends."""
    answer = invitations.resend(request, fetch(Invitation.objects.pending(), request, pk=pk))
    if answer.is_good:
        messages.success(request, _("A new link is on its way to %(email)s.") % {"email": answer.email})
    else:
        messages.error(request, f"{answer.email}: {answer.text}")
    return redirect("settings:users")


@admin_only
@require_POST
def withdrawal(request: Request, pk: int) -> HttpResponse:
    """Take an invitation back; its link ends at once."""
    invitation = fetch(Invitation.objects.pending(), request, pk=pk)
    invitation.delete()
    messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    return redirect("settings:users")
