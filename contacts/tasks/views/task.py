"""One task: edit, complete, reopen, delete, restore."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from contacts.tasks.forms import TaskForm
from contacts.tasks.mine import MyTasks
from contacts.tasks.models import Task
from tesoro.access import Request, member
from tesoro.answers import close_form, form_page, placed
from tesoro.opened import Overtaken
from tesoro.posted import back
from tesoro.tenancy import fetch
from tesoro.toasts import toast


def _task(request: Request, pk: int, source: Any = None) -> Task:
    """Return a task of the account, unless its person or deal lies in the trash."""
    tasks = Task.objects if source is None else source
    return fetch(tasks.of_living().select_related("assigned_to", "author", "person", "deal"), request, pk=pk)


def _tab(task: Task) -> str:
    subject = task.whose
    return reverse(f"{subject.namespace}:tasks", args=[subject.pk])


def _back(request: Request, task: Task) -> HttpResponse:
    """Return to the page the task was on."""
    return HttpResponseRedirect(placed(back(request, _tab(task)).url, f"task-{task.pk}"))


@member
def edit(request: Request, pk: int) -> HttpResponse:
    """Change a task; any colleague may."""
    task = _task(request, pk)
    form = TaskForm(request.POST or None, instance=task, user=request.user)
    if request.method == "POST" and form.is_valid() and _revised(request, form):
        return close_form(request, _tab(task), at=f"task-{task.pk}")
    context = {
        "form": form,
        "heading": _("Edit task"),
        "submit_label": _("Save"),
        "cancel_url": f"{_tab(task)}#task-{task.pk}",
    }
    return form_page(request, "tasks/form.html", context)


def _revised(request: Request, form: TaskForm) -> bool:
    """Store the task, or say in the form what a colleague changed meanwhile."""
    try:
        if form.instance.revise(by=request.user, opened=form.cleaned_data["opened"]):
            messages.success(request, _("Task saved"))
    except Overtaken as overtaken:
        form.tell(overtaken)
        return False
    return True


@require_POST
@member
def complete(request: Request, pk: int) -> HttpResponse:
    """Tick a task off; any colleague may."""
    return _ticked(request, pk, Task.complete)


@require_POST
@member
def reopen(request: Request, pk: int) -> HttpResponse:
    """Take the tick away; any colleague may."""
    return _ticked(request, pk, Task.reopen)


def _ticked(request: Request, pk: int, command: Callable[..., bool]) -> HttpResponse:
    """Do it and return to the page; to htmx, return the card, or the line it asks for, and the counts that follow."""
    task = _task(request, pk)
    command(task, by=request.user)
    task.refresh_from_db(fields=["done_at"])
    if not request.htmx:
        return _back(request, task)
    context = {"task": task, "mine": MyTasks.below(request)}
    template = "tasks/ticked_line.html" if request.POST.get("shape") == "line" else "tasks/ticked.html"
    return trigger_client_event(render(request, template, context), "task-ticked")


@require_POST
@member
def trash(request: Request, pk: int) -> HttpResponse:
    """Delete a task; the toast offers Undo."""
    task = _task(request, pk)
    task.trash(by=request.user)
    undo = {"next": request.POST.get("next", "")}
    toast(request, _("Task deleted"), undo_url=reverse("tasks:restoration", args=[pk]), undo_data=undo)
    return back(request, _tab(task))


@require_POST
@member
def restore(request: Request, pk: int) -> HttpResponse:
    """Take a task out of the trash again."""
    task = _task(request, pk, Task.with_trash.trashed())
    task.restore(by=request.user)
    messages.success(request, _("Task restored"))
    return _back(request, task)
