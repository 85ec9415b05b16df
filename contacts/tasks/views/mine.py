"""The page "My tasks"."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.tasks.mine import MyTasks
from tesoro.access import Request, member


@require_safe
@member
def mine(request: Request) -> HttpResponse:
    """Show one's tasks, a colleague's or everybody's; for htmx only the next hundred of a section."""
    found = MyTasks(request.user, request.GET)
    if request.htmx and "more" in request.GET and found.shown:
        return render(request, "tasks/_rows.html", {"section": found.shown[0], "mine": found})
    return render(request, "tasks/mine.html", {"mine": found})
