"""The figures of deals on the dashboard: what is open now, what was won, what closes soon and what goes cold.

Open deals are those of today, whatever the period. What is weighted is the value times the chance of the stage, which
is Tesoro's own reckoning, the same for every office: see ``deals.models.choices.CHANCES``. Nothing in the trash counts.
"""

from contacts.dashboard import cards
from deals.dashboard import closing, cold, funnel, head, month_by_month


def register() -> None:
    """Put the figures and the cards of deals onto the dashboard."""
    cards.stats.extend([(30, head.open_deals), (40, head.won)])
    for card in (*funnel.CARDS, month_by_month.CARD, closing.CARD, cold.CARD):
        cards.register(card)
