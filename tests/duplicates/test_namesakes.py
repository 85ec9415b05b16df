"""Two who have nothing but their names in common: whoever merges them is asked first."""

import pytest
from django.urls import reverse

from contacts.duplicates.models import Merge, Scan, State, Suggestion
from contacts.timeline.noting import write_note
from tests.factories import ContactFactory

from .test_pages import compare, form, text_of


@pytest.fixture
def namesakes(account, agent):
    """Two Anas with numbers and addresses of their own."""
    known = {"account": account, "assigned_to": agent, "first_name": "Ana", "last_name": "Cano"}
    return (
        ContactFactory(email="ana@example.com", phone="+34612345678", **known),
        ContactFactory(email="cano@example.org", phone="+34699999999", **known),
    )


def test_namesakes_are_merged_only_after_a_yes(as_admin, namesakes):
    page = as_admin.get(compare(*namesakes))
    assert "Neither the phone number nor the email address matches" in text_of(page)
    answer = as_admin.post(compare(*namesakes), form(*namesakes, keep=namesakes[0].pk))
    assert answer.status_code == 422
    assert 'id="id_sure_error"' in answer.content.decode()
    assert not Merge.objects.exists()
    as_admin.post(compare(*namesakes), {**form(*namesakes, keep=namesakes[0].pk), "sure": "on"})
    assert Merge.objects.exists()


@pytest.mark.parametrize(
    "alike", [{"phone": "+34612345678"}, {"whatsapp": "+34612345678"}, {"email": "ana@example.org"}]
)
def test_whoever_shares_more_than_the_name_is_merged_without_a_question(as_admin, namesakes, alike):
    for name, value in alike.items():
        setattr(namesakes[1], name, value)
    namesakes[1].save()
    as_admin.post(compare(*namesakes), form(*namesakes, keep=namesakes[0].pk))
    assert Merge.objects.exists()


def test_activities_are_counted_as_in_the_list(as_admin, namesakes, agent):
    write_note(namesakes[0], "Seen", by=agent)
    page = text_of(as_admin.get(compare(*namesakes)))
    assert "1 activity · Notes 1" in page
    assert "0 activities" in page


def test_score_is_explained_where_it_stands(as_admin, account, agent, namesakes):
    scan = Scan.objects.create(account=account, state=State.DONE)
    one, two = sorted(namesakes, key=lambda person: person.pk)
    Suggestion.objects.create(account=account, scan=scan, one=one, two=two, reason="name", score=85, likeness=100)
    page = text_of(as_admin.get(reverse("duplicates:list")))
    assert "The higher the score, the more speaks for it" in page
    assert f'<a class="button" href="{reverse("duplicates:merges")}"' in page
