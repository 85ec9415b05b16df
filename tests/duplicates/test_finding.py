"""Finding: who looks like somebody else, for which reason, how sure, and at what cost."""

import pytest

from contacts.duplicates import dismissing, finding, scanning
from contacts.duplicates.models import Dismissal, Scan, State, Suggestion
from contacts.models import Kind, Person
from tests.factories import ContactFactory, LeadFactory

NUMBERS = [f"+346123{place:05d}" for place in range(45_000, 46_000)]


@pytest.fixture
def person(account, agent):
    """A function that makes a contact with a number and an email of their own."""
    made = iter(range(1_000))

    def make(first="Andrea", last="Dourado", factory=ContactFactory, **more):
        place = next(made)
        more = {"phone": NUMBERS[place], "email": f"box{place}@example.com", **more}
        return factory(account=account, assigned_to=agent, first_name=first, last_name=last, **more)

    return make


def found(account):
    """Search, and return the pairs with their reasons, the surest first."""
    scanning.work(Scan.objects.create(account=account, total=finding.effort(account)).pk)
    rows = Suggestion.objects.for_account(account).of_living().order_by("-score", "pk")
    return [({pair.one, pair.two}, pair.told) for pair in rows]


def both(*people):
    return {Person.objects.get(pk=person.pk) for person in people}


def test_same_phone(account, person):
    one, two, _other = (
        person(phone="+34655123456"),
        person("Boris", "Quiroga", phone="+34655123456"),
        person("Zoe", "X"),
    )

    assert found(account) == [(both(one, two), "Same phone")]


def test_same_name_and_phone_across_leads_and_contacts(account, person):
    one = person("José", "Núñez", phone="+34655123456")
    two = person("JOSE", "Nunez", LeadFactory, phone="+34655123456")

    assert found(account) == [(both(one, two), "Same name and phone")]
    assert Suggestion.objects.get().score == 100


def test_a_number_for_whatsapp_is_a_number(account, person):
    one, two = person("Ana", "Mora", phone="+34655123456"), person("Boris", "Quiroga", whatsapp="+34655123456")
    three, four = (person(name, name, whatsapp="+4915123456789") for name in ("Wilhelmine", "Zacharias"))

    assert (
        found(account) == [(both(one, two), "Same phone"), (both(three, four), "Same phone")]
        or len(found(account)) == 2
    )


@pytest.mark.parametrize(
    ("one", "two", "likeness"),
    [
        (("Andrea", "Dourado López"), ("Andrea", "Dourado Lopes"), "Similar names, 95 %"),
        (("José Luis", "Núñez"), ("Jose-Luis", "NUÑEZ"), "Similar names, 100 %"),
        (("Andrea", "Dourado"), ("Dourado", "Andrea"), "Similar names, 100 %"),
        (("Aleksandr", "Sørensen"), ("Alexandr", "Sorensen"), "Similar names, 91 %"),
        (("三", "张"), ("张", "三"), "Similar names, 100 %"),
    ],
)
def test_similar_names(account, person, one, two, likeness):
    people = person(*one), person(*two)

    assert found(account) == [(both(*people), likeness)]


def test_other_names_are_not_alike(account, person):
    person("Andrea", "Dourado")
    person("Beatriz", "Dourado")
    person("Andrea", "Quiroga")

    assert found(account) == []


def test_one_mailbox_at_two_hosts_with_a_similar_name(account, person):
    one = person("Maximilian", "Hohenfels", email="m.hohenfels@example.com")
    two = person("Max", "Hohenfels-Lindemann", email="m.hohenfels@example.org")
    three = person("Katharina", "Mora", email="kmora@example.com")
    four = person("Katarina", "Morra", email="kmora@example.org")
    person("Boris", "Ivanov", email="info@example.com")
    person("Zoe", "Quiroga", email="info@example.org")

    assert found(account) == [(both(three, four), "Similar name and email, 93 %")]
    assert not Suggestion.objects.between(one.pk, two.pk).exists()


def test_people_in_the_trash_are_left_out(account, person, agent):
    one, two = person(phone="+34655123456"), person("Boris", "Quiroga", phone="+34655123456")
    two.trash(by=agent)
    assert found(account) == []
    two.restore(by=agent)
    assert len(found(account)) == 1
    one.trash(by=agent)
    assert list(Suggestion.objects.of_living()) == []


def test_another_office_is_another_world(account, person, stranger):
    person("Ana", "Mora", phone="+34655123456")
    ContactFactory(account=stranger.account, first_name="Ana", last_name="Mora", phone="+34655123456")

    assert found(account) == found(stranger.account) == []


def test_who_was_said_not_to_be_the_same_is_not_suggested_again(account, person, admin):
    one, two = person(phone="+34655123456"), person(phone="+34655123456")
    assert len(found(account)) == 1
    dismissal = dismissing.dismiss(two, one, by=admin)
    assert (found(account), Suggestion.objects.count()) == ([], 0)

    dismissing.take_back(dismissal)
    assert [told for _pair, told in found(account)] == ["Same name and phone"]


def test_a_number_that_a_whole_office_shares_suggests_only_who_is_alike(account, person):
    for place in range(30):
        person(f"{chr(97 + place % 26) * 3}{chr(105 + place % 9)}", f"{chr(98 + place % 24) * 4}", phone="+34655123456")
    one, two = person("Andrea", "Dourado", phone="+34655123456"), person("Andrea", "Dourada", phone="+34655123456")

    assert (both(one, two), "Same name and phone") in found(account)
    assert Suggestion.objects.count() < 30


def test_a_name_that_many_bear_says_nothing_by_itself(account, person):
    namesakes = [person("María", "García López") for _place in range(9)]
    person("Maria", "Garcia Lopes")
    assert found(account) == []
    namesakes[0].trash(by=namesakes[0].assigned_to)

    assert len(found(account)) > 0


def test_only_the_surest_pairs_are_kept(account, person, monkeypatch):
    monkeypatch.setattr(finding, "MOST_KEPT", 2)
    for name in ("Abel", "Boris", "Carla"):
        person(name, "Quiroga"), person(name, "Quiroga")
    one, two = person("Zoe", "Holm", phone="+34655123456"), person("Zoe", "Holm", phone="+34655123456")

    pairs = found(account)
    assert (len(pairs), pairs[0]) == (2, (both(one, two), "Same name and phone"))


def test_what_is_no_longer_alike_leaves_the_list(account, person):
    _one, two = person(phone="+34655123456"), person("Boris", "Quiroga", phone="+34655123456")
    assert len(found(account)) == 1
    Person.objects.filter(pk=two.pk).update(phone="+4915123456789")

    assert found(account) == []
    assert Scan.objects.for_account(account).count() == 1


def test_who_was_deleted_for_good_leaves_nothing_behind(account, person, admin):
    one, two = person(phone="+34655123456"), person(phone="+34655123456")
    dismissing.dismiss(one, two, by=admin)
    two.trash(by=admin)
    Person.with_trash.filter(pk=two.pk).delete()
    assert Dismissal.objects.get().two_id is None

    assert found(account) == []
    assert not Dismissal.objects.exists()


def test_chunks_meet_without_a_gap(account, agent, monkeypatch):
    monkeypatch.setattr(finding, "CHUNK", 3)
    monkeypatch.setattr(finding, "NUMBERS", 2)
    names = [
        "Abel Quiroga",
        "Boris Ivanov",
        "Carla Núñez",
        "Dunja Petrović",
        "Elena Mora",
        "Fabián Ortuño",
        "Greta Holm",
    ]
    for place, name in enumerate(names):
        first, last = name.split()
        shared = {"account": account, "assigned_to": agent, "first_name": first, "last_name": last}
        ContactFactory(**shared, phone=NUMBERS[place], email=f"{place}@example.com")
        LeadFactory(**shared, phone=NUMBERS[place], email=f"{place}@example.org")

    assert len(found(account)) == len(names)
    assert {told for _pair, told in found(account)} == {"Same name and phone"}


def test_the_number_of_queries_follows_the_chunks_not_the_people(account, agent, django_assert_max_num_queries):
    people = [
        ContactFactory.build(
            account=account, assigned_to=None, first_name=f"{chr(97 + place % 26)}{place}x", last_name=f"Y{place * 7}",
            email=f"many{place}@example.com", phone="+34655123456" if place % 50 == 0 else NUMBERS[place],
        )
        for place in range(900)
    ]  # fmt: skip
    for one in people:
        one.kind = Kind.CONTACT
        one.draw_keys()
    Person.objects.bulk_create(people)
    scan = Scan.objects.create(account=account)
    with django_assert_max_num_queries(60):
        scanning.work(scan.pk)

    scan.refresh_from_db()
    assert scan.state == State.DONE
