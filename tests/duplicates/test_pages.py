"""The pages: what was found, two people side by side, what was merged; for admins, at a constant number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.duplicates import scanning
from contacts.duplicates.models import Dismissal, Merge, Scan, State, Suggestion
from contacts.models import Person
from tests.factories import ContactFactory, LeadFactory, UserFactory

from .test_merging import fill_notes, into

LIST = reverse("duplicates:list")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def pairs(account, agent):
    """A function that suggests pairs of people."""
    scan = Scan.objects.create(account=account, state=State.DONE, finished_at=timezone.now())

    def make(number=1, reason="phone", score=80):
        made = []
        for _place in range(number):
            one, two = (ContactFactory(account=account, assigned_to=UserFactory(account=account)) for _side in "ab")
            made.append(
                Suggestion.objects.create(
                    account=account, scan=scan, one_id=one.pk, two_id=two.pk, reason=reason, score=score, likeness=93
                )
            )
        return made

    return make


def compare(one, two):
    return reverse("duplicates:compare", args=[one.pk, two.pk])


def form(*people, **picks):
    versions = {f"version-{person.pk}": Person.with_trash.get(pk=person.pk).version for person in people}
    return {**versions, **{f"pick-{name}" if name != "keep" else name: str(pick) for name, pick in picks.items()}}


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_before_the_first_search_the_page_says_what_it_does(as_admin):
    assert "Two records for one person?" in text_of(as_admin.get(LIST))


def test_a_search_is_started_by_the_button_and_shown_while_it_runs(as_admin, account):
    assert as_admin.post(reverse("duplicates:search")).url == LIST
    page = text_of(as_admin.get(LIST))
    assert "Looking for duplicates …" in page
    assert 'http-equiv="refresh"' in page
    assert "Comparing names" in text_of(as_admin.get(LIST, headers=HTMX))


def test_when_the_search_is_over_the_page_is_loaded_anew(as_admin, account, admin):
    scanning.work(scanning.start(account, by=admin).pk)
    assert as_admin.get(LIST, headers=HTMX).headers["HX-Refresh"] == "true"
    assert "No two records look like the same person." in text_of(as_admin.get(LIST))


def test_a_search_that_failed_says_so(as_admin, account):
    Scan.objects.create(account=account, state=State.ATTENTION, finished_at=timezone.now())
    assert "The search failed several times." in text_of(as_admin.get(LIST))


def test_pairs_stand_with_reason_and_both_people_the_surest_first(as_admin, pairs):
    (weak,), (sure,) = pairs(reason="name", score=80), pairs(reason="both", score=99)
    answer = as_admin.get(LIST)
    assert [entry.suggestion for entry in answer.context["pairs"].entries] == [sure, weak]
    page = text_of(answer)
    for words in (
        "Similar names, 93 %",
        "Same name and phone",
        weak.one.email,
        weak.two.email,
        compare(sure.one, sure.two),
    ):
        assert words in page


def test_pairs_are_narrowed_by_reason(as_admin, pairs):
    pairs(2, reason="name")
    (phone,) = pairs(reason="phone")
    answer = as_admin.get(LIST, {"reason": "phone"})
    assert [entry.suggestion for entry in answer.context["pairs"].entries] == [phone]
    assert [(str(choice.label), choice.count) for choice in answer.context["pairs"].choices] == [
        ("All", 3), ("Same phone", 1), ("Similar names", 2),
    ]  # fmt: skip
    assert "No duplicates for this reason" in text_of(as_admin.get(LIST, {"reason": "mailbox"}))


def test_pages_go_on_by_key(as_admin, pairs):
    made = [*pairs(20, score=90), *pairs(10, score=90)]
    first = as_admin.get(LIST).context["pairs"]
    second = as_admin.get(first.next_url).context["pairs"]
    shown = [entry.suggestion.pk for page in (first, second) for entry in page.entries]
    assert shown == sorted((pair.pk for pair in made), reverse=True)
    assert as_admin.get(second.previous_url).context["pairs"].entries[0].suggestion.pk == shown[0]


def test_the_list_costs_the_same_for_one_pair_as_for_many(as_admin, pairs):
    pairs()
    as_admin.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as few:
        as_admin.get(LIST)
    pairs(20)
    with CaptureQueriesContext(connection) as many:
        as_admin.get(LIST)
    assert len(many) == len(few)


def test_not_the_same_is_remembered_and_can_be_taken_back(as_admin, pairs):
    (pair,) = pairs()
    url = reverse("duplicates:dismissal", args=[pair.one_id, pair.two_id])
    answer = as_admin.post(url, {"next": f"{LIST}?reason=phone"}, follow=True)
    assert answer.redirect_chain[0][0] == f"{LIST}?reason=phone"
    assert "are not the same" in text_of(answer)
    assert not Suggestion.objects.exists()

    as_admin.post(reverse("duplicates:revocation", args=[Dismissal.objects.get().pk]))
    again = Suggestion.objects.get()
    assert (again.one_id, again.two_id, again.reason, again.score) == (pair.one_id, pair.two_id, "phone", 80)


def test_two_people_side_by_side(as_admin, ana, anna):
    page = text_of(as_admin.get(compare(ana, anna)))
    for words in ("ana@example.com", "anna@example.org", "Both, one after the other", "Notes 2", "Tasks 1", "Sea view"):
        assert words in page
    assert "A lead and a contact become one contact." in page
    assert 'name="keep"' not in page


def test_of_two_of_one_kind_either_may_stay(as_admin, ana, account, agent):
    other = ContactFactory(account=account, assigned_to=agent)
    answer = as_admin.get(compare(ana, other))
    assert answer.context["form"].stays == str(ana.pk)
    as_admin.post(compare(ana, other), form(ana, other, keep=other.pk))
    assert Merge.objects.get().kept_id == other.pk


def test_the_cost_of_the_page_does_not_follow_the_history(as_admin, ana, anna, agent):
    as_admin.get(compare(ana, anna))
    with CaptureQueriesContext(connection) as few:
        as_admin.get(compare(ana, anna))
    fill_notes(anna, agent)
    with CaptureQueriesContext(connection) as many:
        as_admin.get(compare(ana, anna))
    assert len(many) == len(few) < 30


def test_a_merge_leads_to_who_stays_with_a_way_back(as_admin, ana, anna):
    answer = as_admin.post(compare(ana, anna), form(ana, anna, email=anna.pk), follow=True)
    page = text_of(answer)
    assert answer.redirect_chain[-1][0] == ana.get_absolute_url()
    assert "Anna Ferrandiz Mora merged into Ana Ferrándiz Mora" in page
    assert reverse("duplicates:undo", args=[Merge.objects.get().pk]) in page
    assert "<b>Anna Ferrandiz Mora</b> into this record" in page
    assert "Not taken over:" in page


def test_an_agent_reads_of_the_merge_without_a_link_to_it(as_agent, ana, anna, admin):
    done = into(ana, anna, admin)
    page = text_of(as_agent.get(ana.get_absolute_url()))
    assert "Not taken over:" in page
    assert reverse("duplicates:merge", args=[done.pk]) not in page


def test_what_a_colleague_saved_meanwhile_is_shown_and_what_was_chosen_stays(as_admin, ana, anna, agent):
    sent = form(ana, anna, email=anna.pk)
    fresh = Person.objects.get(pk=ana.pk)
    fresh.zip_code = "03590"
    fresh.revise(by=agent, version=fresh.version)
    answer = as_admin.post(compare(ana, anna), sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Lucía Fernández-Ocaña saved Ana Ferrándiz Mora" in page
    assert "Nothing was merged." in page
    (email,) = [line for line in answer.context["form"].lines if line.decision.key == "email"]
    assert [option.checked for option in email.options] == [False, True]
    assert not Merge.objects.exists()

    as_admin.post(compare(ana, anna), form(ana, anna, email=anna.pk))
    assert Merge.objects.exists()


def test_without_versions_nothing_is_merged(as_admin, ana, anna):
    assert as_admin.post(compare(ana, anna), {"pick-email": str(anna.pk)}).status_code == 422
    assert not Merge.objects.exists()


def test_what_a_rule_refuses_stands_beside_its_choice(as_admin, ana, anna, account):
    Person.objects.filter(pk=anna.pk).update(assigned_to=UserFactory(account=account, is_active=False))
    answer = as_admin.post(compare(ana, anna), form(ana, anna, assigned_to=anna.pk))
    (line,) = [line for line in answer.context["form"].lines if line.decision.key == "assigned_to"]
    assert answer.status_code == 422
    assert line.errors == ["This user is no longer active."]
    assert 'id="error-assigned_to"' in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_was_merged_already_leads_to_that_merge(as_admin, ana, anna, admin, method):
    done = into(ana, anna, admin)
    answer = getattr(as_admin, method)(compare(ana, anna), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("duplicates:merge", args=[done.pk])
    assert "Carmen Fernández-Ocaña has already merged Anna Ferrandiz Mora into" in text_of(answer)


def test_who_lies_in_the_trash_is_not_compared(as_admin, ana, anna, admin):
    anna.trash(by=admin)
    answer = as_admin.get(compare(ana, anna), follow=True)
    assert "Anna Ferrandiz Mora is in the trash." in text_of(answer)


def test_nobody_is_compared_with_themselves_or_with_a_stranger(as_admin, ana, stranger):
    theirs = ContactFactory(account=stranger.account)
    assert as_admin.get(compare(ana, ana)).status_code == 404
    assert as_admin.get(compare(ana, theirs)).status_code == 404
    assert as_admin.post(compare(theirs, ana)).status_code == 404
    assert as_admin.post(reverse("duplicates:dismissal", args=[ana.pk, theirs.pk])).status_code == 404


def test_the_page_of_who_went_points_to_who_stayed(as_admin, as_agent, ana, anna, admin):
    done = into(ana, anna, admin, first_name=str(ana.pk), last_name=str(ana.pk))
    for client, words in ((as_admin, "Undo the merge"), (as_agent, "An admin can undo the merge until")):
        page = text_of(client.get(anna.get_absolute_url()))
        assert "Merged into Ana Ferrándiz Mora" in page
        assert ana.get_absolute_url() in page
        assert words in page
    assert reverse("duplicates:merge", args=[done.pk]) not in text_of(as_agent.get(anna.get_absolute_url()))


def test_merges_are_listed_and_undone(as_admin, ana, anna, admin):
    assert "Nothing was merged yet" in text_of(as_admin.get(reverse("duplicates:merges")))
    done = into(ana, anna, admin)
    assert "Can be undone" in text_of(as_admin.get(reverse("duplicates:merges")))
    page = text_of(as_admin.get(reverse("duplicates:merge", args=[done.pk])))
    assert "Not taken over" in page
    answer = as_admin.post(reverse("duplicates:undo", args=[done.pk]), follow=True)
    assert "are separate records again" in text_of(answer)
    assert "Undone" in text_of(as_admin.get(reverse("duplicates:merges")))
    assert not Person.with_trash.get(pk=anna.pk).in_trash


def test_what_stays_as_it_is_now_is_named(as_admin, ana, anna, admin, agent):
    done = into(ana, anna, admin)
    ana.last_name = "Ferrándiz"
    ana.revise(by=agent, version=ana.version)
    answer = as_admin.post(reverse("duplicates:undo", args=[done.pk]), follow=True)
    assert "Changed since the merge and therefore left as is: Last name." in text_of(answer)


def test_an_email_that_is_taken_is_told_with_the_way_to_its_holder(as_admin, ana, anna, account, agent, admin):
    done = into(ana, anna, admin, email=str(ana.pk))
    holder = LeadFactory(account=account, assigned_to=agent, email="anna@example.org", first_name="Zoe")
    answer = as_admin.post(reverse("duplicates:undo", args=[done.pk]))
    assert answer.status_code == 422
    assert "Nothing was undone. Another record (lead or contact) already uses this email address." in text_of(answer)
    assert f'href="{holder.get_absolute_url()}"' in answer.content.decode()


def test_after_thirty_days_the_page_says_why_not(as_admin, ana, anna, admin):
    done = into(ana, anna, admin)
    Merge.objects.update(at=timezone.now() - timedelta(days=31))
    page = text_of(as_admin.get(reverse("duplicates:merge", args=[done.pk])))
    assert "This merge cannot be undone. A merge can be undone for 30 days." in page
    assert as_admin.post(reverse("duplicates:undo", args=[done.pk])).status_code == 422


def test_an_agent_is_not_offered_the_search(as_agent, as_admin, contact):
    for section in ("contacts", "leads"):
        assert LIST not in as_agent.get(reverse(f"{section}:list")).content.decode()
        assert LIST in as_admin.get(reverse(f"{section}:list")).content.decode()


@pytest.mark.parametrize("page", ["dismissal", "compare"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_is_alike_with_themselves(as_admin, ana, page, method):
    answer = getattr(as_admin, method)(reverse(f"duplicates:{page}", args=[ana.pk, ana.pk]))
    assert answer.status_code == (405 if (page, method) == ("dismissal", "get") else 404)
    assert not Dismissal.objects.exists()
