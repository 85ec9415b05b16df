"""No lead takes part in an open deal: who opens one in which somebody became a lead is told whom to convert first."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deals import admin, pipeline
from deals.models import Deal
from deals.models.opening import told_shut
from deals.trashing import restore_deals
from leads.converting import convert, revert
from tesoro.ranking import Place
from tesoro.toasts import read
from tests.factories import ContactFactory, DealFactory, PartyFactory

pytestmark = pytest.mark.django_db
WHY = "Inés Sáez takes part in this deal and is a lead. Convert Inés Sáez to a contact first."
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/deals/board/?pipeline=buyer&open=won"}


def fresh(record):
    return type(record).with_trash.get(pk=record.pk)


def led(person, agent):
    """Make a lead of somebody again."""
    revert(fresh(person), by=agent)


@pytest.fixture
def won(agent, deal, buyer):
    """The deal, won, after which its buyer has become a lead."""
    pipeline.move(deal, "won", by=agent)
    led(buyer, agent)
    return fresh(deal)


@pytest.fixture
def trashed(agent, deal, buyer):
    """The deal, open and in the trash, while its buyer has become a lead."""
    fresh(deal).trash(by=agent)
    led(buyer, agent)
    return fresh(deal)


def toasts(answer):
    return [read(message).text for message in get_messages(answer.wsgi_request)]


def stage(deal):
    return fresh(deal).stage


# One


def test_deal_stays_won_while_a_lead_takes_part(agent, won):
    with pytest.raises(ValidationError) as refused:
        pipeline.move(won, "offer", by=agent)
    assert refused.value.message_dict == {"stage": [WHY]}
    with pytest.raises(ValidationError):
        pipeline.arrange(won, Place("knowing"), by=agent)
    assert stage(won) == "won"


def test_deal_may_be_lost_instead(agent, won):
    pipeline.move(won, "lost", by=agent, reason="It fell through")
    assert stage(won) == "lost"


def test_deal_is_opened_once_the_lead_is_a_contact_again(agent, won, buyer):
    convert(fresh(buyer), "buyer", by=agent)
    pipeline.move(won, "offer", by=agent)
    assert stage(won) == "offer"


def test_the_board_puts_the_card_back_and_says_why(as_agent, won):
    answer = as_agent.post(reverse("deals:place", args=[won.pk]), {"stage": "offer"}, **HTMX)
    assert answer.headers["HX-Trigger"] == "board:refused"
    assert WHY in answer.content.decode()
    assert stage(won) == "won"


def test_the_panel_of_stages_says_why(as_agent, won):
    answer = as_agent.post(reverse("deals:stage", args=[won.pk]), {"stage": "offer"})
    assert answer.context["form"].errors == {"stage": [WHY]}
    assert stage(won) == "won"


def test_the_form_says_why_beside_the_stage(as_agent, won):
    words = {
        "name": "Villa",
        "type": "buy",
        "stage": "offer",
        "assigned_to": won.assigned_to_id,
        "version": won.version,
    }
    answer = as_agent.post(reverse("deals:edit", args=[won.pk]), words)
    assert answer.context["form"].errors == {"stage": [WHY]}
    assert stage(won) == "won"


def test_undo_of_a_move_says_why(as_agent, agent, deal, buyer):
    answer = as_agent.post(reverse("deals:place", args=[deal.pk]), {"stage": "won"})
    [note] = [read(message) for message in get_messages(answer.wsgi_request)]
    led(buyer, agent)
    assert toasts(as_agent.post(note.undo_url, dict(note.undo_data)))[-1] == WHY
    assert stage(deal) == "won"


def test_a_lead_in_the_trash_stands_in_the_way_too(agent, won, buyer):
    fresh(buyer).trash(by=agent)
    with pytest.raises(ValidationError, match=r"is a lead in the trash. Restore and convert Inés Sáez"):
        pipeline.move(won, "offer", by=agent)


# Many


@pytest.fixture
def free(account, agent):
    """Another deal, won, whose client is a contact."""
    made = DealFactory(account=account, assigned_to=agent, stage="offer")
    PartyFactory(deal=made, person=ContactFactory(account=account))
    pipeline.move(made, "won", by=agent)
    return fresh(made)


def test_of_many_those_with_a_lead_stay_and_the_others_move(as_agent, won, free):
    answer = as_agent.post(reverse("deals:bulk-stage"), {"id": [won.pk, free.pk], "stage": "offer"})
    assert toasts(answer) == [
        "1 deal is now Offer",
        "1 deal stayed closed: a lead takes part in it. Convert to a contact first: Inés Sáez.",
    ]
    assert (stage(won), stage(free)) == ("won", "offer")


def test_where_all_stay_nothing_is_said_to_have_moved(as_agent, won):
    answer = as_agent.post(reverse("deals:bulk-stage"), {"id": [won.pk], "stage": "offer"})
    assert toasts(answer) == ["1 deal stayed closed: a lead takes part in it. Convert to a contact first: Inés Sáez."]


def test_many_leads_are_named_as_far_as_one_reads(account, agent):
    deals = DealFactory.create_batch(7, account=account, stage="won")
    for number, deal in enumerate(deals):
        person = ContactFactory(account=account, first_name="Ana", last_name="ABCDEFG"[number])
        PartyFactory(deal=deal, person=person)
        led(person, agent)
    done = pipeline.move_many(Deal.objects.all(), "offer", by=agent)
    assert set(done.refused) == {deal.pk for deal in deals}
    assert told_shut(done.refused).endswith("and 2 more.")


def test_a_lead_in_the_trash_is_named_as_one(agent, won, buyer):
    fresh(buyer).trash(by=agent)
    done = pipeline.move_many(Deal.objects.all(), "offer", by=agent)
    assert told_shut(done.refused).endswith("Convert to a contact first: Inés Sáez (in the trash).")


def test_many_may_be_lost(agent, won):
    done = pipeline.move_many(Deal.objects.all(), "lost", by=agent, reason="Gone")
    assert (done.moved, done.refused) == (1, {})


def test_undo_of_many_opens_none_with_a_lead(as_agent, agent, account, deal, buyer):
    other = DealFactory(account=account, assigned_to=agent)
    PartyFactory(deal=other, person=ContactFactory(account=account))
    answer = as_agent.post(reverse("deals:bulk-stage"), {"id": [deal.pk, other.pk], "stage": "won"})
    [note] = [read(message) for message in get_messages(answer.wsgi_request)]
    led(buyer, agent)

    told = toasts(as_agent.post(note.undo_url, dict(note.undo_data)))[1:]

    assert told == [
        "Undone for 1 record",
        "1 deal stayed closed: a lead takes part in it. Convert to a contact first: Inés Sáez.",
    ]
    assert (stage(deal), stage(other)) == ("won", "knowing")


# Out of the trash


def test_deal_stays_in_the_trash_while_a_lead_takes_part(agent, trashed):
    assert restore_deals(Deal.with_trash.all(), by=agent) == (0, {trashed.pk: WHY})
    assert fresh(trashed).in_trash


def test_the_trash_names_the_deal_and_leads_to_the_lead(as_agent, trashed, buyer):
    data = {"bin": "deals", "id": [trashed.pk]}
    text = as_agent.post(reverse("trash:restoration"), data, follow=True).content.decode()
    assert "1 record stays in the trash" in text
    assert f"<b>Villa in Altea</b>: {WHY}" in text
    assert f'href="{fresh(buyer).get_absolute_url()}">Open Inés Sáez in Leads</a>' in text
    assert fresh(trashed).in_trash


def test_the_trash_leads_to_a_lead_that_lies_there_too(as_agent, agent, trashed, buyer):
    fresh(buyer).trash(by=agent)
    data = {"bin": "deals", "id": [trashed.pk]}
    text = as_agent.post(reverse("trash:restoration"), data, follow=True).content.decode()
    assert f'href="{reverse("trash:list")}?bin=people">Open the trash</a>' in text


def test_deals_that_are_closed_come_back_with_whoever_takes_part(agent, won):
    won.trash(by=agent)
    assert restore_deals(Deal.with_trash.all(), by=agent) == (1, {})
    assert not fresh(won).in_trash


def test_deal_comes_back_once_the_lead_is_a_contact_again(agent, trashed, buyer):
    convert(fresh(buyer), "buyer", by=agent)
    assert restore_deals(Deal.with_trash.all(), by=agent) == (1, {})


def test_support_is_told_why_a_deal_stays(client, trashed, django_user_model):
    client.force_login(django_user_model.objects.create_superuser(email="root@example.com", password="x"))
    words = {"action": "restore", "_selected_action": [trashed.pk]}
    text = client.post(reverse("admin:deals_deal_changelist"), words, follow=True).content.decode()
    assert f"Villa in Altea: {WHY}" in text


def test_support_is_told_why_though_the_lead_is_a_contact_by_then(
    client, agent, trashed, buyer, monkeypatch, django_user_model
):
    def late(*args, **kwargs):
        done = restore_deals(*args, **kwargs)
        convert(fresh(buyer), "buyer", by=agent)
        return done

    monkeypatch.setattr(admin, "restore_deals", late)
    client.force_login(django_user_model.objects.create_superuser(email="root@example.com", password="x"))
    words = {"action": "restore", "_selected_action": [trashed.pk]}
    text = client.post(reverse("admin:deals_deal_changelist"), words, follow=True).content.decode()
    assert f"Villa in Altea: {WHY}" in text


def test_many_take_as_many_statements_as_few(account, agent):
    def statements(number):
        for _number in range(number):
            PartyFactory(deal=DealFactory(account=account, stage="won"), person=ContactFactory(account=account))
        with CaptureQueriesContext(connection) as asked:
            pipeline.move_many(Deal.objects.filter(stage="won"), "offer", by=agent)
        return len(asked)

    assert statements(2) == statements(40)
