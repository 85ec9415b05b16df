"""A closing date whose year nobody means is refused, wherever it is given."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deals import pipeline
from deals.models import Deal
from tests.factories import DealFactory, UserFactory
from tests.imports.conftest import verified  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
FAR = ["0001-01-01", "0026-11-27", "1999-12-31", "2100-01-01", "9999-12-31"]
SAID = "This date lies too far away. Is the year right?"


@pytest.mark.parametrize("day", FAR)
def test_rule_stands_on_the_deal(day):
    with pytest.raises(ValidationError, match="too far away"):
        Deal._meta.get_field("closing_on").clean(dt.date.fromisoformat(day), None)


@pytest.mark.parametrize(
    ("day", "wrong"),
    [("2000-01-01", []), ("2099-12-31", []), ("", []), *((day, [("closing_on", SAID)]) for day in FAR)],
)
def test_import_tells_it_at_its_row(verified, agent, buyer, day, wrong):  # noqa: F811
    row = {"Name": "Villa", "Type": "Buy", "Contacts": buyer.email, "Owner email": agent.email, "Closing date": day}
    (staged,) = verified([row], kind="deal").staged.all()
    assert [(error["field"], error["message"]) for error in staged.errors] == wrong


def test_new_deal_is_refused_at_the_field(as_agent, agent, buyer):
    words = {"name": "Villa", "clients": buyer.email, "type": "buy", "stage": "knowing", "assigned_to": agent.pk}
    answer = as_agent.post(reverse("deals:create"), {**words, "closing_on": "0026-11-27"})
    assert answer.status_code == 422
    assert SAID in answer.content.decode()
    assert not Deal.objects.exists()


def test_field_changed_on_its_page_is_refused(as_agent, deal):
    url = reverse("deals:info-field", args=[deal.pk, "closing_on"])
    answer = as_agent.post(url, {"closing_on": "9999-12-31", "version": deal.version})
    assert SAID in answer.content.decode()
    assert Deal.objects.get().closing_on is None


def test_deal_that_was_stored_with_such_a_day_can_still_be_moved(agent, account):
    deal = DealFactory(account=account, assigned_to=agent, closing_on=dt.date(26, 11, 27))
    pipeline.move(deal, "offer", by=agent)
    assert Deal.objects.get().stage == "offer"


def test_admin_refuses_it_at_the_field(client, deal):
    client.force_login(UserFactory(account=None, is_staff=True, is_superuser=True))
    url = reverse("admin:deals_deal_change", args=[deal.pk])
    form = client.get(url).context["adminform"].form
    words = {bound.html_name: value for bound in form if (value := bound.value()) is not None}
    answer = client.post(url, {**words, "closing_on": "9999-12-31"})
    assert answer.context["adminform"].form.errors["closing_on"] == [SAID]
    assert Deal.objects.get().closing_on is None
