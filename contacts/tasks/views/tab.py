"""The tab Tasks of a record, and the form of a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from contacts.models import Person
from contacts.record import Record
from contacts.subjects.page import SubjectPage
from contacts.tasks.forms import TaskForm
from contacts.tasks.models import Task
from contacts.tasks.sections import OF_A_RECORD, Section, asked_for
from contacts.views.detail import of_person
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page
from tesoro.once import once


@require_safe
@member
@of_person
def tasks(request: Request, person: Person) -> HttpResponse:
    """Show what is to be done with a person."""
    return show_tasks(request, Record(request, person, "tasks"))


@member
@of_person
def new(request: Request, person: Person) -> HttpResponse:
    """Write down what is to be done with a person."""
    return new_task(request, Record(request, person, "tasks"))


def show_tasks(request: Request, record: SubjectPage) -> HttpResponse:
    """Show what is to be done, the most urgent first, then what has been done; for htmx only the next hundred."""
    rows = record.subject.task_set.all()
    sections = [Section(kind, rows, request.path, request.GET) for kind in OF_A_RECORD]
    shown = asked_for(sections, request.GET)
    if request.htmx and "more" in request.GET:
        return render(request, "tasks/_rows.html", {"section": shown[0]})
    context = {**record.context, "sections": shown, "new_url": record.form_url("task")}
    context["any_tasks"] = any(section.page.rows for section in shown)
    return render(request, "tasks/tab.html", context)


def new_task(request: Request, record: SubjectPage) -> HttpResponse:
    """Write a task of the record down: in the side panel, in the composer, or on a page of its own."""
    subject = record.subject
    task = Task(account=subject.account, **subject.about)
    form = TaskForm(request.POST or None, instance=task, user=request.user)
    if request.method == "POST" and form.is_valid():
        made = once(request, lambda: task.add(by=request.user))
        messages.success(request, _("Task added"))
        return close_form(request, record.url_of("tasks"), at=f"task-{made}")
    context = {
        **record.context,
        "form": form,
        "heading": _("New task"),
        "submit_label": _("Add task"),
        "cancel_url": record.url_of("tasks"),
        "composing": "task",
    }
    return form_page(request, "tasks/form.html", context)
