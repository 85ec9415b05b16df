"""The avatar menu: give a person a photo, or go back to the initials."""

from django import forms
from django.contrib import messages
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts.models import Person
from contacts.models.photos import remove_photo, set_photo
from contacts.within import carried
from tesoro.access import Request, member
from tesoro.images import clean_avatar
from tesoro.tenancy import fetch

ACCEPTED = "image/jpeg,image/png,image/gif,image/webp"


class PhotoForm(forms.Form):
    """One photo, judged by decoding it."""

    photo = forms.FileField(
        label=gettext_lazy("Photo"),
        help_text=gettext_lazy("JPEG, PNG, GIF or WebP, at most 1 MB"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a photo.")},
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_photo(self) -> ContentFile:
        """Return the photo as it is stored, or raise what is wrong with the file."""
        return clean_avatar(self.cleaned_data["photo"])


@member
def upload(request: Request, pk: int) -> HttpResponse:
    """Give a person a photo. What is refused is told on a page with the form, beside the file."""
    person = fetch(Person, request, pk=pk)
    posted = request.method == "POST"
    form = PhotoForm(request.POST, request.FILES) if posted else PhotoForm()
    if posted and form.is_valid():
        set_photo(person, form.cleaned_data["photo"], by=request.user)
        messages.success(request, _("Photo saved"))
        return redirect(person.get_absolute_url() + carried(request))
    context = {"person": person, "form": form, "cancel_url": person.get_absolute_url() + carried(request)}
    return render(request, "contacts/photo.html", context, status=422 if form.errors else 200)


@require_POST
@member
def delete(request: Request, pk: int) -> HttpResponse:
    """Go back to the person's initials."""
    person = fetch(Person, request, pk=pk)
    remove_photo(person, by=request.user)
    messages.success(request, _("Photo deleted"))
    return redirect(person.get_absolute_url() + carried(request))
