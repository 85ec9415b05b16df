"""One's own settings."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import PasswordForm, PhotoForm, ProfileForm, ThemeForm
from accounts.models import User
from accounts.pictures import remove_picture, set_picture
from tesoro.access import Request, member


@member
@require_http_methods(["GET", "POST"])
def profile(request: Request) -> HttpResponse:
    """Show and change name, job title, language and theme."""
    # A copy: an error must not leave what was typed in the frame around the page.
    me = User.objects.select_related("account").get(pk=request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=me)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings:profile")
    return _page(request, form=form)


def _page(request: Request, **forms: Any) -> HttpResponse:
    """Draw the page with the forms that are given, and the others as they stand at first."""
    me: Any = request.user
    fresh = {"form": ProfileForm(instance=me), "photo_form": PhotoForm(), "password_form": PasswordForm(user=me)}
    context = fresh | forms
    wrong = [form for form in context.values() if form.errors]
    for form in wrong:
        _lead_to_error(form)
    return render(request, "accounts/profile.html", context, status=422 if wrong else 200)


def _lead_to_error(form: Any) -> None:
    """Have the page open at the first field that is wrong: it may stand far below its top."""
    for name in [name for name in form.fields if name in form.errors][:1]:
        form.fields[name].widget.attrs["autofocus"] = True


@member
@require_POST
def theme(request: Request) -> HttpResponse:
    """Switch between light, dark and the device's own; an answer without content to a script, else back to the page."""
    form = ThemeForm(request.POST, instance=request.user)
    if form.is_valid():
        form.save()
    if request.headers.get("X-Requested-With") == "fetch" or request.htmx:
        return HttpResponse(status=204 if form.is_valid() else 422)
    back = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else "settings:profile")


@member
@require_http_methods(["GET", "POST"])
def photo(request: Request) -> HttpResponse:
    """Take a new photo. A GET leads to the form."""
    if request.method != "POST":
        return redirect("settings:profile")
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, photo_form=form)
    set_picture(request.user, "photo", form.cleaned_data["picture"])
    messages.success(request, _("Your photo is in place."))
    return redirect("settings:profile")


@member
@require_POST
def photo_removal(request: Request) -> HttpResponse:
    """Delete the photo; the initials take its place."""
    remove_picture(request.user, "photo")
    messages.success(request, _("Your photo is gone."))
    return redirect("settings:profile")


@member
@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("current", "password1")
def password(request: Request) -> HttpResponse:
    """Change the password; every other session of the user ends. A GET leads to the form."""
    if request.method != "POST":
        return redirect("settings:profile")
    me: Any = request.user
    limited = ratelimit.consume_or_429(request, action="change_password", user=request.user)
    if limited is not None:
        return limited
    form = PasswordForm(request.POST, user=me)
    if not form.is_valid():
        return _page(request, password_form=form)
    me.set_password(form.cleaned_data["password1"])
    me.save(update_fields=["password"])
    update_session_auth_hash(request, me)
    get_adapter(request).send_notification_mail("account/email/password_changed", me, {"user": me})
    messages.success(request, _("Your password is changed. Other devices are signed out."))
    return redirect("settings:profile")
