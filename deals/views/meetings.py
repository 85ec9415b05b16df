"""The tab Meetings of a deal, and planning one: its contacts and its agent are proposed."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from contacts.meetings.models import Meeting
from contacts.meetings.views.plan import plan_on
from contacts.meetings.views.tab import show_meetings
from deals.record import DealRecord
from deals.views.detail import of_deal
from tesoro.access import Request, member


@require_safe
@member
@of_deal("meetings")
def meetings(request: Request, record: DealRecord) -> HttpResponse:
    """Show the meetings about a deal."""
    return show_meetings(request, record, Meeting.objects.of_deal(record.subject))


@member
@of_deal("meetings")
def new(request: Request, record: DealRecord) -> HttpResponse:
    """Plan a meeting about a deal."""
    deal = record.subject
    people = [party.person for party in record.parties]
    team = [deal.assigned_to] if deal.assigned_to and deal.assigned_to.is_active else []
    return plan_on(request, record, deal=deal, people=people, colleagues=team)
