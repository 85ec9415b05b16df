"""The tab Tasks of a deal, and the form of a new one."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from contacts.tasks.views.tab import new_task, show_tasks
from deals.record import DealRecord
from deals.views.detail import of_deal
from tesoro.access import Request, member


@require_safe
@member
@of_deal("tasks")
def tasks(request: Request, record: DealRecord) -> HttpResponse:
    """Show what is to be done for a deal."""
    return show_tasks(request, record)


@member
@of_deal("tasks")
def new(request: Request, record: DealRecord) -> HttpResponse:
    """Write down what is to be done for a deal."""
    return new_task(request, record)
