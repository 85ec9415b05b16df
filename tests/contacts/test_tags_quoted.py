"""A tag whose name holds what parts words stays one tag, in every form in which tags are changed."""

import html
import re

import pytest
from django.urls import reverse

from contacts.models import Person
from tests.factories import ContactFactory, DealFactory, LeadFactory, PartyFactory, RelationFactory

NAMES = ['"Sea" view', "cash|loan", "pool; garden", "sea, pool"]
FACTORIES = {"contacts": ContactFactory, "leads": LeadFactory, "relations": RelationFactory, "deals": DealFactory}


@pytest.fixture(params=FACTORIES)
def tagged(request, account, agent):
    """A record of each section with such tags."""
    owner = {} if request.param == "relations" else {"assigned_to": agent}
    record = FACTORIES[request.param](account=account, **owner)
    if request.param == "deals":
        PartyFactory(deal=record, person=ContactFactory(account=account))
    record.set_tags(NAMES)
    return record


def sent(form):
    """What the form sends when nothing is changed in it."""
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False, "", [""])}


def test_tags_stay_as_they_are_when_another_field_is_saved(as_agent, tagged):
    url = reverse(f"{tagged.namespace}:edit", args=[tagged.pk])
    data = sent(as_agent.get(url).context["form"])
    answer = as_agent.post(url, {**data, "city": "Altea"})
    assert answer.status_code == 302, answer.context["form"].errors
    tagged.refresh_from_db()
    assert (tagged.city, sorted(tagged.tag_names())) == ("Altea", NAMES)


def test_info_adds_a_tag_and_keeps_the_others(as_agent, tagged):
    url = reverse(f"{tagged.namespace}:info-field", args=[tagged.pk, "tags"])
    data = sent(as_agent.get(url).context["form"])
    as_agent.post(url, {**data, "tags": f"{data['tags']}, Golf"})
    assert sorted(tagged.tag_names()) == sorted([*NAMES, "Golf"])


def test_suggestions_stand_as_they_would_be_typed(as_agent, tagged):
    text = as_agent.get(reverse(f"{tagged.namespace}:create")).content.decode()
    offered = [html.unescape(word) for word in re.findall(r'<option value="([^"]*)"></option>', text)]
    assert sorted(offered) == ['"""Sea"" view"', '"cash|loan"', '"pool; garden"', '"sea, pool"']


def test_a_new_contact_gets_what_is_quoted_as_one_tag(as_agent, account, agent):
    data = sent(as_agent.get(reverse("contacts:create")).context["form"])
    names = {"first_name": "Ana", "last_name": "Sol", "email": "a@example.com", "phone": "+34600111222"}
    as_agent.post(reverse("contacts:create"), {**data, **names, "role": "buyer", "tags": 'VIP; "sea, pool"'})
    assert Person.objects.get().tag_names() == ["sea, pool", "VIP"]
