"""The tab Tasks of a person, and the form of a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Person
from contacts.record import Record
from contacts.tasks.forms import TaskForm
from contacts.tasks.models import Task
from contacts.tasks.sections import OF_A_PERSON, Section, asked_for
from contacts.views.detail import of_person
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.once import once


@require_safe
@member
@of_person
def tasks(request: Request, person: Person) -> HttpResponse:
    """Show what is to be done, the most urgent first, then what has been done; for htmx only the next hundred."""
    sections = [Section(kind, person.task_set.all(), request.path, request.GET) for kind in OF_A_PERSON]
    shown = asked_for(sections, request.GET)
    if request.htmx and "more" in request.GET:
        return render(request, "tasks/_rows.html", {"section": shown[0]})
    record = Record(request, person, "tasks")
    context = {"record": record, "person": person, "sections": shown, "new_url": record.form_url("task")}
    context["any_tasks"] = any(section.page.rows for section in shown)
    return render(request, "tasks/tab.html", context)


@member
@of_person
def new(request: Request, person: Person) -> HttpResponse:
    """Write a task down: in the side panel, in the composer, or on a page of its own."""
    record = Record(request, person, "tasks")
    task = Task(account=person.account, person=person)
    form = TaskForm(request.POST or None, instance=task, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: task.add(by=request.user))
        messages.success(request, _("Task added"))
        return close_form(request, record.url_of("tasks"), at=f"task-{made}")
    context = {
        "form": form,
        "person": person,
        "record": record,
        "heading": _("New task"),
        "submit_label": _("Add task"),
        "cancel_url": record.url_of("tasks"),
        "composing": "task",
    }
    return form_page(request, "tasks/form.html", context)
