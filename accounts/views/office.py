"""The office's own settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import AccountForm
from accounts.forms.office import LogoForm
from accounts.models import Account
from accounts.pictures import remove_picture, set_picture
from tesoro.access import Request, admin_only, member


@member
def index(request: Request) -> HttpResponse:
    """Go to the first page of settings that this user may see."""
    return redirect("settings:account" if request.user.is_admin else "settings:profile")


@admin_only
@require_http_methods(["GET", "POST"])
def account(request: Request) -> HttpResponse:
    """Show and change what the office is called, how it is reached, how it counts time and money."""
    # A copy: an error must not leave what was typed in the frame around the page.
    office = Account.objects.get(pk=request.account.pk)
    form = AccountForm(request.POST if request.method == "POST" else None, instance=office)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("settings:account")
    context = {"form": form, "logo_form": LogoForm()}
    return render(request, "accounts/account.html", context, status=422 if form.errors else 200)


@admin_only
@require_POST
def logo(request: Request) -> HttpResponse:
    """Take a new logo."""
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        set_picture(request.account, "logo", form.cleaned_data["picture"])
        messages.success(request, _("The logo is in place."))
        return redirect("settings:account")
    office = AccountForm(instance=request.account)
    return render(request, "accounts/account.html", {"form": office, "logo_form": form}, status=422)


@admin_only
@require_POST
def logo_removal(request: Request) -> HttpResponse:
    """Delete the logo; the initials take its place."""
    remove_picture(request.account, "logo")
    messages.success(request, _("The logo is gone."))
    return redirect("settings:account")
