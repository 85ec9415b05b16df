"""A new task from "My tasks": for whomever it is."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from contacts.tasks.forms import PersonTaskForm
from contacts.tasks.models import Task
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.once import once


@member
def new(request: Request) -> HttpResponse:
    """Write a task down, saying whom it is about: in the side panel, or on a page of its own."""
    form = PersonTaskForm(request.POST or None, instance=Task(account=request.account), user=request.user)
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: form.instance.add(by=request.user))
        messages.success(request, _("Task added"))
        return close_form(request, reverse("tasks:mine"), at=f"task-{made}")
    context = {
        "form": form,
        "heading": _("New task"),
        "submit_label": _("Add task"),
        "cancel_url": reverse("tasks:mine"),
    }
    return form_page(request, "tasks/form.html", context)
