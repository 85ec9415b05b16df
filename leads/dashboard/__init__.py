"""The figures of leads on the dashboard: how many came, from where, and how far they got.

A lead of a period is a person who was put down in it and has a place in the pipeline: whoever is a lead still, and
whoever became a contact. Nobody in the trash counts. How far one got is read from the status of today: somebody who was
lost after three visits counts as lost, not as contacted.
"""

from contacts.dashboard import cards
from leads.dashboard import funnel, head, month_by_month, newcomers, origins


def register() -> None:
    """Put the figures and the cards of leads onto the dashboard."""
    cards.stats.extend([(10, head.new_leads), (20, head.conversion)])
    for room in (newcomers, month_by_month, funnel, origins):
        cards.register(room.CARD)
