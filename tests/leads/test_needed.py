"""Portal and reason: demanded with some answers, and said to be so; what is dropped is told."""

import re

import pytest
from django.urls import reverse

from leads.models import Lead
from tests.factories import LeadFactory


@pytest.fixture
def lead(account, agent):
    lead = LeadFactory(account=account, assigned_to=agent)
    Lead.objects.filter(pk=lead.pk).update(source="portals", portal="kyero")
    return lead


def edit(lead):
    return reverse("leads:edit", args=[lead.pk])


def typed(client, lead, **changes):
    form = client.get(edit(lead)).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    data.pop("photo", None)
    return {**data, **changes}


def label(text, name):
    return re.search(rf'<label class="label[^"]*" for="id_{name}">.*?</label>', text, re.S)[0]


def test_portal_is_not_optional_while_the_source_is_portals(as_agent, lead):
    text = as_agent.get(edit(lead)).content.decode()
    assert "Optional" not in label(text, "portal")
    assert re.search(r'<select[^>]*name="portal"[^>]*aria-required="true"', text)


def test_reason_is_optional_only_where_no_script_hides_it(as_agent, lead):
    text = as_agent.get(edit(lead)).content.decode()
    assert '<span class="optional" data-without-script>Optional</span>' in label(text, "reason")


def test_reason_is_demanded_right_after_the_error(as_agent, lead):
    answer = as_agent.post(edit(lead), typed(as_agent, lead, status="lost", reason=""))
    text = answer.content.decode()
    assert "Give a reason." in text
    assert "Optional" not in label(text, "reason")


def test_form_for_the_status_says_so_too(as_agent, lead):
    text = as_agent.get(reverse("leads:status", args=[lead.pk]), {"status": "lost"}).content.decode()
    assert "Optional" not in label(text, "reason")
    assert "Unqualified and Lost need a reason." in text


def test_conversion_calls_nothing_optional(as_agent, lead):
    text = as_agent.get(reverse("leads:conversion", args=[lead.pk])).content.decode()
    assert "Create a deal" in text
    assert "Optional" not in text


def test_portal_is_kept_while_the_form_has_errors(as_agent, lead):
    answer = as_agent.post(edit(lead), typed(as_agent, lead, source="website", email="nonsense"))
    assert answer.context["form"]["portal"].value() == "kyero"
    assert Lead.objects.get(pk=lead.pk).portal == "kyero"


def test_portal_that_is_dropped_is_told(as_agent, lead):
    as_agent.post(edit(lead), typed(as_agent, lead, source="website"))
    assert Lead.objects.get(pk=lead.pk).portal == ""
    changes = lead.events.get(verb="changed").data["changes"]
    assert {"field": "portal", "old": "Kyero", "new": ""} in changes
    assert "Kyero" in as_agent.get(reverse("leads:detail", args=[lead.pk])).content.decode()
