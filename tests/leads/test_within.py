"""From a list to a lead's page and on to the next: the filter and the order of the list go along."""

import re
from urllib.parse import quote

import pytest
from django.urls import reverse

from contacts.models import Person
from leads.models import Lead
from tests.factories import ContactFactory, LeadFactory

LIST = "status=new&sort=name"


@pytest.fixture
def three(account, agent):
    """Three new leads by name, and one between them who is lost."""
    given = {"account": account, "assigned_to": agent, "first_name": "Ana"}
    one, two, three = (LeadFactory(last_name=name, **given) for name in ("Alba", "Cano", "Diez"))
    LeadFactory(last_name="Bello", lead__status="lost", lead__reason="Bought elsewhere", **given)
    return [one, two, three]


def within(query=LIST):
    return f"?within={quote(query, safe='')}"


def page(client, person, query=""):
    query = query or within()
    return client.get(reverse(f"{person.namespace}:detail", args=[person.pk]) + query)


def test_rows_of_a_filtered_list_lead_to_pages_that_know_it(as_agent, three):
    text = as_agent.get(reverse("leads:list"), {"status": "new", "sort": "name"}).content.decode()
    assert f'href="{reverse("leads:detail", args=[three[0].pk])}{within()}"' in text


def test_rows_of_the_whole_list_lead_to_bare_addresses(as_agent, three):
    text = as_agent.get(reverse("leads:list")).content.decode()
    assert f'href="{reverse("leads:detail", args=[three[0].pk])}"' in text


def test_neighbours_are_those_of_the_filtered_list_in_its_order(as_agent, three):
    record = page(as_agent, three[1]).context["record"]
    assert record.newer == reverse("leads:detail", args=[three[0].pk]) + within()
    assert record.older == reverse("leads:detail", args=[three[2].pk]) + within()


def test_there_is_nobody_beyond_the_ends(as_agent, three):
    assert page(as_agent, three[0]).context["record"].newer == ""
    assert page(as_agent, three[2]).context["record"].older == ""


def test_order_can_be_turned_round(as_agent, three):
    record = page(as_agent, three[1], within("status=new&sort=-name")).context["record"]
    assert record.newer.startswith(reverse("leads:detail", args=[three[2].pk]))


def test_whoever_left_the_filter_meanwhile_still_has_neighbours(as_agent, three):
    three[1].lead.status = "contacted"
    three[1].lead.save()
    assert page(as_agent, three[1]).context["record"].older.startswith(reverse("leads:detail", args=[three[2].pk]))


def test_breadcrumb_and_tabs_keep_the_list(as_agent, three):
    text = page(as_agent, three[1]).content.decode()
    assert f'<a href="{reverse("leads:list")}?status=new&amp;sort=name">Leads</a>' in text
    assert f'href="{reverse("leads:notes", args=[three[1].pk])}{within()}"' in text


def test_who_came_from_the_board_goes_back_to_it(as_agent, three):
    board = as_agent.get(reverse("leads:board"), {"status": "new"}).content.decode()
    there = within("status=new&shape=board")
    assert f'href="{reverse("leads:detail", args=[three[0].pk])}{there}"' in board
    assert page(as_agent, three[0], there).context["record"].back_url == f"{reverse('leads:board')}?status=new"


def test_neighbours_from_a_board_are_those_of_the_lane_in_the_order_of_the_board(as_agent, three):
    for lead, rank in zip(three, (30, 10, 20), strict=True):
        Lead.objects.filter(pk=lead.pk).update(rank=rank)
    record = page(as_agent, three[2], within("shape=board")).context["record"]
    assert record.newer == reverse("leads:detail", args=[three[1].pk]) + within("shape=board")
    assert record.older == reverse("leads:detail", args=[three[0].pk]) + within("shape=board")


def test_what_is_posted_on_the_page_leads_back_to_it_with_its_list(as_agent, three):
    here = reverse("leads:detail", args=[three[1].pk]) + within()
    text = page(as_agent, three[1]).content.decode()
    assert set(re.findall(r'name="next" value="([^"]*)"', text)) == {here}
    status = reverse("leads:status", args=[three[1].pk])
    assert as_agent.post(status, {"status": "contacted", "next": here}).url == here


def test_tabs_and_their_forms_keep_the_list(as_agent, three):
    record = page(as_agent, three[1]).context["record"]
    notes, new = (reverse(f"leads:{name}", args=[three[1].pk]) + within() for name in ("notes", "task-new"))
    assert (record.notes_url, record.form_url("task")) == (notes, new)
    refused = as_agent.post(notes, {"body": ""})
    assert refused.status_code == 422
    assert f'href="{reverse("leads:detail", args=[three[1].pk])}{within()}"' in refused.content.decode()
    assert f'href="{reverse("leads:tasks", args=[three[1].pk])}{within()}"' in as_agent.get(new).content.decode()
    field = reverse("leads:info-field", args=[three[1].pk, "city"]) + within()
    saved = as_agent.post(field, {"city": "Altea", "version": "1"})
    assert saved.url == reverse("leads:info", args=[three[1].pk]) + within() + "#info-city"


def test_the_way_of_a_lead_keeps_the_list(as_agent, three):
    here, status, conversion = (
        reverse(f"leads:{name}", args=[three[1].pk]) + within() for name in ("detail", "status", "conversion")
    )
    text = page(as_agent, three[1]).content.decode()
    assert f'action="{status}"' in text
    assert text.count(f'href="{conversion}"') == 2
    assert f'href="{status}&amp;status=lost"' in text
    for question in (status, f"{status}&status=lost", conversion):
        assert as_agent.get(question).context["cancel_url"] == here
    assert as_agent.get(f"{status}&status=converted").url == conversion
    assert as_agent.post(status, {"status": "lost", "reason": "Gone"}).url == here


def test_emails_keep_the_list(as_agent, three):
    new, tab = (reverse(f"leads:{name}", args=[three[1].pk]) + within() for name in ("email-new", "emails"))
    assert as_agent.post(new, {"subject": "The visit", "body": "Tomorrow?"}).url.startswith(tab)
    thread = three[1].conversation_set.get()
    there = reverse("leads:conversation", args=[three[1].pk, thread.pk]) + within()
    assert f'href="{there}"' in as_agent.get(tab).content.decode()
    shown = as_agent.get(there)
    assert shown.context["tab_url"] == tab
    assert f'action="{there}"' in shown.content.decode()
    assert as_agent.post(there, {"body": "At ten?"}).url.startswith(f"{there}#email-")


def test_the_panel_leads_back_with_the_list(as_agent, three):
    edit, here = (reverse(f"leads:{name}", args=[three[1].pk]) + within() for name in ("edit", "detail"))
    shown = as_agent.get(edit)
    assert shown.context["cancel_url"] == here
    data = {name: value for name, value in shown.context["form"].initial.items() if value is not None}
    data |= {field.html_name: field.value() for field in shown.context["form"] if field.value() not in (None, [])}
    assert as_agent.post(edit, data).url == here
    told = as_agent.post(
        reverse("leads:edit", args=[three[1].pk]),
        data | {"version": Person.objects.get(pk=three[1].pk).version},
        headers={"HX-Request": "true", "HX-Current-URL": f"http://testserver{here}"},
    )
    assert told.headers["HX-Redirect"] == here


def test_contacts_keep_their_list_as_well(as_agent, account, agent):
    one, two = (ContactFactory(account=account, last_name=name, role="notary") for name in ("Alba", "Cano"))
    ContactFactory(account=account, last_name="Bello", role="buyer")
    record = page(as_agent, one, within("role=notary&sort=name")).context["record"]
    assert record.older.startswith(reverse("contacts:detail", args=[two.pk]))


@pytest.mark.parametrize(
    "query", ["status=nonsense", "sort=%00&agent=99999999999999999999", "q=%F0%9F", "relation=Nobody"]
)
def test_nonsense_in_the_address_does_no_harm(as_agent, three, query):
    assert page(as_agent, three[1], within(query)).status_code == 200


def test_neighbours_of_another_office_are_never_found(as_agent, three):
    LeadFactory(first_name="Ana", last_name="Cazorla")
    assert page(as_agent, three[1]).context["record"].older.startswith(reverse("leads:detail", args=[three[2].pk]))


def test_list_is_not_loaded_for_it(as_agent, three, django_assert_max_num_queries):
    page(as_agent, three[1])
    with django_assert_max_num_queries(14):
        page(as_agent, three[1])
