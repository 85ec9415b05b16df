"""Who gets a new lead: a fixed agent, or several in turn; nobody who is gone."""

import pytest
from django.core.exceptions import ValidationError

from accounts import handover
from leads.enquiries.assigning import next_agent
from leads.enquiries.models import Assignment, Turn
from leads.enquiries.receiving import receive
from tests.enquiries.test_receiving import DATA
from tests.factories import UserFactory


def new_leads(account, count):
    """Return the agents of so many new leads, in order."""
    return [
        receive(account, DATA | {"email": f"lead{place}@example.org"}).person.assigned_to.first_name
        for place in range(count)
    ]


def test_without_a_rule_the_first_admin_gets_them(account, admin, agent):
    UserFactory(account=account, role="admin")
    assert next_agent(account) == admin


def test_fixed_agent_gets_them(account, admin, agent):
    Assignment(account=account, agent=agent).choose([])
    assert new_leads(account, 2) == ["Lucía", "Lucía"]


def test_fixed_agent_who_is_gone_is_stood_in_for_by_the_first_admin(account, admin, agent):
    Assignment(account=account, agent=agent).choose([])
    agent.deactivate()
    assert new_leads(account, 1) == ["Carmen"]


def test_a_rule_saved_from_a_page_opened_before_keeps_the_count(account, in_turn, agent, colleague):
    opened = Assignment.objects.get(pk=in_turn.pk)
    new_leads(account, 3)
    opened.choose([agent, colleague])
    assert Assignment.objects.get().count == 3
    more = [receive(account, DATA | {"email": f"later{n}@example.org"}).person.assigned_to for n in range(2)]
    assert [one.first_name for one in more] == ["Mateo", "Lucía"]


def test_chosen_agents_take_turns(account, in_turn):
    assert new_leads(account, 5) == ["Lucía", "Mateo", "Lucía", "Mateo", "Lucía"]


def test_somebody_known_takes_no_turn(account, in_turn, contact):
    receive(account, DATA | {"email": contact.email})
    assert new_leads(account, 1) == ["Lucía"]


def test_refused_enquiry_takes_no_turn(account, in_turn):
    with pytest.raises(ValidationError):
        receive(account, DATA | {"phone": "1"})
    assert new_leads(account, 1) == ["Lucía"]


def test_whoever_is_deactivated_is_passed_over_and_leaves_the_rotation(account, in_turn, agent, colleague):
    agent.deactivate()
    assert new_leads(account, 2) == ["Mateo", "Mateo"]
    agent.reactivate()
    assert list(Turn.objects.values_list("user", flat=True)) == [colleague.pk]
    assert next_agent(account) == colleague


def test_row_of_somebody_inactive_is_passed_over_however_it_came_about(account, in_turn, agent):
    type(agent).objects.filter(pk=agent.pk).update(is_active=False)
    assert new_leads(account, 2) == ["Mateo", "Mateo"]


def test_with_nobody_left_the_first_admin_gets_them(account, admin, in_turn, agent, colleague):
    for user in (agent, colleague):
        user.deactivate()
    assert new_leads(account, 1) == ["Carmen"]


def test_who_joins_is_next_once_and_then_takes_turns(account, in_turn, agent, colleague):
    new_leads(account, 4)
    third = UserFactory(account=account, first_name="Nuria")
    in_turn.refresh_from_db()
    in_turn.choose([agent, colleague, third])
    later = [
        receive(account, DATA | {"email": f"later{place}@example.org"}).person.assigned_to.first_name
        for place in range(4)
    ]
    assert later == ["Nuria", "Lucía", "Mateo", "Nuria"]


def test_two_offices_have_each_their_own_rotation(account, in_turn, stranger):
    assert next_agent(stranger.account) == stranger
    assert new_leads(account, 1) == ["Lucía"]


def test_fixed_agent_hands_it_over_when_they_leave(account, admin, agent, colleague):
    Assignment(account=account, agent=agent).choose([])
    assert ("assignment of new leads", 1) in handover.workload(agent)
    handover.hand_over(agent, to=colleague, by=admin)
    assert new_leads(account, 1) == ["Mateo"]


def test_place_in_the_rotation_is_no_work_to_hand_over(account, in_turn, agent):
    assert handover.workload(agent) == []
