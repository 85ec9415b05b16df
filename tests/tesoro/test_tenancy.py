"""No row without its account, and no link into another."""

import pytest
from django.apps import apps
from django.http import Http404

from contacts.models import Contact
from tesoro.tenancy import AccountOwned, CrossAccountError, fetch
from tests.factories import ContactFactory, RelationFactory, UserFactory

OURS = {
    "accounts", "contacts", "timeline", "relations", "imports", "leads", "attachments", "tasks", "meetings", "emails",
    "lines", "calls", "messaging", "enquiries", "duplicates", "deals",
}  # fmt: skip
WITHOUT_ACCOUNT = {"accounts.Account", "accounts.User"}


def test_every_table_of_the_business_has_an_account_that_is_never_null():
    for model in apps.get_models():
        if model._meta.app_label in OURS and model._meta.label not in WITHOUT_ACCOUNT:
            assert issubclass(model, AccountOwned), model
            assert not model._meta.get_field("account").null


def test_every_manager_starts_at_for_account():
    for model in apps.get_models():
        if issubclass(model, AccountOwned):
            assert hasattr(model._default_manager.all(), "for_account"), model


def test_saving_refuses_a_link_into_another_account(contact, stranger):
    contact.relation = RelationFactory(account=stranger.account)

    with pytest.raises(CrossAccountError):
        contact.save()


def test_saving_refuses_a_link_by_id_too(contact, stranger):
    contact.assigned_to_id = stranger.pk

    with pytest.raises(CrossAccountError):
        contact.save()


def test_fetch_gives_a_row_of_the_account(rf, contact):
    request = rf.get("/")
    request.account = contact.account

    assert fetch(Contact, request, pk=contact.pk) == contact


@pytest.mark.parametrize("pk", [0, -1, 2**70])
def test_fetch_answers_404_for_what_is_not_there(rf, contact, pk):
    request = rf.get("/")
    request.account = contact.account

    with pytest.raises(Http404):
        fetch(Contact, request, pk=pk)


def test_fetch_answers_404_for_a_row_of_another_account(rf, account, stranger):
    request = rf.get("/")
    request.account = account
    theirs = ContactFactory(account=stranger.account, assigned_to=UserFactory(account=stranger.account))

    with pytest.raises(Http404):
        fetch(Contact, request, pk=theirs.pk)


def test_without_an_account_nothing_is_shown(contact):
    assert list(Contact.objects.for_account(None)) == []
