"""An edit of a lead leaves alone what changed beside it since the form was opened."""

from contacts.models import Person
from leads.models import Lead
from tesoro.ranking import GAP
from tests.factories import LeadFactory


def test_an_edit_keeps_the_place_of_a_card_whose_column_was_numbered_anew(account, agent, monkeypatch):
    person = LeadFactory(account=account, assigned_to=agent, lead__rank=2)
    read = Person.objects.select_related("lead").get(pk=person.pk)
    read.lead.stage = "hot"
    save = Lead.save

    def spread_first(lead, **kwargs):  # whoever numbers a column anew locks no person
        Lead.objects.filter(pk=person.pk).update(rank=2 * GAP, converted_at="2026-01-01T00:00Z")
        save(lead, **kwargs)

    monkeypatch.setattr(Lead, "save", spread_first)
    read.revise(by=agent, version=1)

    lead = Lead.objects.get(pk=person.pk)
    assert (lead.stage, lead.rank, lead.converted_at.year) == ("hot", 2 * GAP, 2026)


def test_another_status_lies_on_top_from_now_on(account, agent):
    lower, upper = LeadFactory.create_batch(2, account=account, assigned_to=agent, lead__status="contacted")
    moving = LeadFactory(account=account, assigned_to=agent, lead__rank=7)
    since = moving.lead.status_since
    moving.lead.status = "contacted"
    moving.revise(by=agent, version=1)

    lead = Lead.objects.get(pk=moving.pk)
    assert lead.rank < min(lower.lead.rank, upper.lead.rank)
    assert lead.status_since > since
