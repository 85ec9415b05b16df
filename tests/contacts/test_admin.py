"""Django admin: every model is there, every page opens, and only support comes in."""

import pytest
from django.apps import apps
from django.contrib import admin as django_admin
from django.urls import reverse

from accounts.models import Invitation
from contacts.models import Person
from tesoro.secrecy import SecretField
from tests.contacts.admin_pages import page, tick
from tests.factories import UserFactory

OURS = {
    "accounts", "contacts", "relations", "timeline", "imports", "leads", "deals", "portal", "attachments", "tasks",
    "meetings", "emails", "lines", "calls", "messaging", "enquiries", "duplicates",
}  # fmt: skip
MODELS = [
    model
    for model in apps.get_models()
    if model._meta.app_label in OURS and not model._meta.proxy and not model._meta.auto_created
]
# Rows that only the product writes, or that come to be elsewhere with more than one row.
WITHOUT_ADD = {
    "accounts.account", "accounts.invitation", "contacts.persontag", "contacts.savedview", "contacts.defaultview",
    "relations.relationtag",
    "timeline.event", "timeline.note", "imports.importrun", "imports.importrow", "imports.rememberedmapping",
    "attachments.attachment", "tasks.task", "meetings.meeting", "meetings.attendance", "meetings.calendarfeed",
    "emails.email", "emails.conversation", "emails.mailserver", "emails.bouncedaddress", "lines.line", "lines.stray",
    "calls.call", "messaging.message", "leads.lead", "deals.deal",
    "deals.party", "deals.dealtag", "enquiries.enquiry", "enquiries.publicform",
    "enquiries.apitoken", "enquiries.assignment", "enquiries.turn", "duplicates.scan", "duplicates.suggestion",
    "duplicates.dismissal", "duplicates.merge",
}  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_model_is_in_django_admin(model):
    assert django_admin.site.is_registered(model)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_opens_and_can_be_searched(desk, everything, model):
    row = model._base_manager.first()
    assert row is not None
    assert desk.get(page(model, "changelist")).status_code == 200
    assert django_admin.site.get_model_admin(model).search_fields
    assert desk.get(page(model, "changelist"), {"q": "casa and (612) 34"}).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_row_opens(desk, everything, model):
    for row in model._base_manager.all():
        response = desk.get(page(model, "change", row.pk))
        assert response.status_code == 200
        assert desk.get(page(model, "history", row.pk)).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_add_pages_open_where_rows_can_be_made_by_hand(desk, everything, model):
    expected = 403 if model._meta.label_lower in WITHOUT_ADD else 200
    assert desk.get(page(model, "add")).status_code == expected


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_nothing_is_really_deleted_but_invitations(desk, everything, model):
    row = model._base_manager.first()
    response = desk.post(page(model, "delete", row.pk), {"post": "yes"})
    assert response.status_code == (302 if model is Invitation else 403)
    desk.post(page(model, "changelist"), tick(model, "delete_selected", row, post="yes"))
    assert model._base_manager.filter(pk=row.pk).exists() == (model is not Invitation)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_lists_can_be_narrowed_to_an_account(desk, everything, stranger, model):
    if "account" not in {field.name for field in model._meta.fields}:
        return
    response = desk.get(page(model, "changelist"), {"office": "mirador"})
    assert response.status_code == 200
    assert {row.account.name for row in response.context["cl"].queryset} == {"Casa Mirador"}
    assert desk.get(page(model, "changelist"), {"office": "nobody"}).context["cl"].queryset.count() == 0


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_page_shows_a_secret_not_even_sealed(desk, everything, model):
    row = model._base_manager.first()
    text = desk.get(page(model, "change", row.pk)).content.decode()
    for field in model._meta.fields:
        if isinstance(field, SecretField) or "token" in field.name:
            stored = getattr(row, field.name)
            assert not stored or stored not in text


def test_people_are_found_without_accents_and_by_digits(desk, contact):
    for query in ("dourado lopez", "andrea DOUR", "612 34 56"):
        response = desk.get(page(Person, "changelist"), {"q": query})
        assert [row.pk for row in response.context["cl"].queryset] == [contact.pk]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_users_of_an_office_find_nothing_here(as_admin, as_agent, model):
    for client in (as_admin, as_agent):
        assert client.get(page(model, "changelist")).status_code == 404


def test_signed_out_visitors_are_sent_to_the_one_sign_in(client, db):
    response = client.get(page(Person, "changelist"), follow=True)
    assert response.redirect_chain[-1][0] == f"{reverse('account_login')}?next={page(Person, 'changelist')}"


def test_users_of_an_office_do_not_even_find_a_door(as_admin):
    assert as_admin.get(reverse("admin:login")).status_code == 404
    assert as_admin.get(reverse("admin:index")).status_code == 404


def test_support_without_rights_sees_no_people(client, db):
    client.force_login(UserFactory(account=None, is_staff=True))
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(page(Person, "changelist")).status_code == 403
