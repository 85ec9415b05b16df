"""The ways in: signing up, and accepting an invitation. Signing in and resetting a password are allauth's views."""

from allauth.core import ratelimit
from allauth.decorators import rate_limit
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.adapter import sign_in
from accounts.forms import AcceptForm, SignUpForm
from accounts.models import Invitation, InvitationClosedError, User
from tesoro.access import Request, public


@public
@rate_limit(action="signup")
@sensitive_post_parameters("password1")
@never_cache
def sign_up(request: Request) -> HttpResponse:
    """Open an account for an office, and sign its first admin in."""
    if request.user.is_authenticated:
        return redirect("home")
    form = SignUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        office = form.save()
        if office is not None:
            return sign_in(request, office.admin)
    return render(request, "account/signup.html", {"form": form}, status=422 if form.errors else 200)


@public
@sensitive_post_parameters("password1")
@never_cache
def invitation(request: Request, token: str) -> HttpResponse:
    """Let the reader of an invitation become a user, once."""
    limited = ratelimit.consume_or_429(request, action="open_invitation")
    if limited is not None:
        return limited
    found = Invitation.objects.select_related("account", "invited_by").of_link(token).first()
    if found is None or not found.is_open:
        return render(request, "accounts/invitation_closed.html", {"invitation": found}, status=410)
    if request.user.is_authenticated:
        return render(request, "accounts/invitation_signed_in.html", {"invitation": found})
    with override(found.account.language):
        return _accept(request, found)


def _accept(request: Request, found: Invitation) -> HttpResponse:
    if User.objects.with_email(found.email).exists():
        return render(request, "accounts/invitation_closed.html", {"invitation": found, "has_user": True}, status=410)
    form = AcceptForm(request.POST or None, invitation=found)
    if request.method == "POST" and form.is_valid():
        try:
            return sign_in(request, form.save())
        except InvitationClosedError:
            return render(request, "accounts/invitation_closed.html", {"invitation": found}, status=410)
    context = {"form": form, "invitation": found}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)
