"""Inviting colleagues, and accepting."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import invitations
from accounts.models import Invitation, User
from accounts.models.invitation import InvitationClosedError
from tests.factories import UserFactory

INVITE = "/settings/users/invitations/"
NEW_USER = {"first_name": "Núria", "last_name": "Puig", "password1": "mar de fondo"}


def invite(client, emails, role="agent"):
    return client.post(INVITE, {"emails": emails, "role": role})


def link(mail):
    return re.search(r"http://testserver(/invitation/\S+)", mail.body)[1]


@pytest.fixture
def invitation(as_admin, mailoutbox):
    invite(as_admin, "nuria@example.com")
    return Invitation.objects.get()


@pytest.fixture
def path(invitation, mailoutbox):
    """The path of the link that was sent."""
    return link(mailoutbox[-1])


def test_several_addresses_are_invited_at_once(as_admin, mailoutbox):
    response = invite(as_admin, "nuria@example.com, mateo@example.com;\nJonas Berg <Jonas@Example.com>\n", role="admin")
    assert response["Location"] == reverse("settings:users")
    assert [mail.to for mail in mailoutbox] == [["nuria@example.com"], ["mateo@example.com"], ["jonas@example.com"]]
    assert set(Invitation.objects.values_list("role", flat=True)) == {"admin"}


def test_the_mail_says_who_invites_to_which_office(invitation, mailoutbox):
    mail = mailoutbox[-1]
    assert mail.subject == "Carmen Fernández-Ocaña invites you to Casa Mirador"
    assert "as Agent" in mail.body
    assert "for 7 days" in mail.body


def test_each_address_is_answered_by_itself(as_admin, agent, stranger, account, mailoutbox):
    UserFactory(account=account, email="gone@example.com", is_active=False)
    invite(as_admin, "waits@example.com")
    text = "new@example.com\nlucia@example.com\ngone@example.com\nwaits@example.com\nstranger@example.org\nno address"
    page = invite(as_admin, text).content.decode()
    answers = re.findall(r'medium">([^<]+)</span><span class="hint">([^<]+)<', page)
    assert answers == [
        ("new@example.com", "Invited"),
        ("lucia@example.com", "Is already a user of this office"),
        ("gone@example.com", "Is a deactivated user of this office. Reactivate them instead."),
        ("waits@example.com", "Was already invited"),
        ("stranger@example.org", "This address cannot be invited"),
        ("no address", "There is no @ sign."),
    ]
    assert [mail.to[0] for mail in mailoutbox] == ["waits@example.com", "new@example.com"]


def test_only_the_addresses_to_be_corrected_stay_in_the_box(as_admin, db):
    page = invite(as_admin, "new@example.com\nno address").content.decode()
    assert re.search(r"<textarea[^>]*>\s*no address</textarea>", page)


def test_an_address_that_waits_already_can_be_sent_again_from_the_answers(as_admin, invitation, mailoutbox):
    page = invite(as_admin, "nuria@example.com").content.decode()
    assert f'name="resend" value="{invitation.pk}"' in page
    as_admin.post(INVITE, {"resend": invitation.pk})
    assert len(mailoutbox) == 2


def test_two_offices_may_invite_the_same_person(as_admin, as_stranger, mailoutbox):
    invite(as_admin, "nuria@example.com")
    invite(as_stranger, "nuria@example.com")
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("text", ["", " ,;\n"])
def test_an_empty_box_is_refused(as_admin, text):
    response = invite(as_admin, text)
    assert response.status_code == 422
    assert "Give at least one address." in response.content.decode()


def test_more_than_fifty_at_once_are_refused(as_admin):
    response = invite(as_admin, "\n".join(f"a{n}@example.com" for n in range(51)))
    assert "At most 50 addresses at once." in response.content.decode()
    assert not Invitation.objects.exists()


def test_an_office_cannot_write_to_the_whole_world(as_admin, settings, mailoutbox):
    settings.ACCOUNT_RATE_LIMITS = {"invite": "2/d/key"}
    page = invite(as_admin, "a@example.com b@example.com".replace(" ", "\n") + "\nc@example.com").content.decode()
    assert "Too many invitations today. Try again tomorrow." in page
    assert len(mailoutbox) == 2


def test_accepting_makes_the_user_and_signs_them_in(client, path, account):
    assert "Welcome to Casa Mirador" in client.get(path).content.decode()
    response = client.post(path, NEW_USER)
    assert response["Location"] == reverse("home")
    user = User.objects.get(email="nuria@example.com")
    assert (user.account, user.role, user.get_full_name()) == (account, "agent", "Núria Puig")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_link_works_once(client, path):
    client.post(path, NEW_USER)
    response = Client().get(path)
    assert response.status_code == 410
    assert "There is a user already" in response.content.decode()
    assert Client().post(path, NEW_USER).status_code == 410
    assert User.objects.filter(email="nuria@example.com").count() == 1


def test_a_link_ends_after_seven_days(client, path):
    with time_machine.travel(timezone.now() + timezone.timedelta(days=6, hours=23), tick=False):
        assert client.get(path).status_code == 200
    with time_machine.travel(timezone.now() + timezone.timedelta(days=7, minutes=1), tick=False):
        response = client.get(path)
        assert response.status_code == 410
        assert "The invitation has ended" in response.content.decode()
        assert client.post(path, NEW_USER).status_code == 410


def test_a_made_up_link_opens_nothing(client, db):
    response = client.get("/invitation/nonsense/")
    assert response.status_code == 410
    assert "This link does not work" in response.content.decode()


def test_sending_again_makes_a_new_link_and_ends_the_old_one(as_admin, client, invitation, path, mailoutbox):
    as_admin.post(f"/settings/users/invitations/{invitation.pk}/renewal/")
    assert client.get(path).status_code == 410
    assert client.get(link(mailoutbox[-1])).status_code == 200


def test_sending_again_opens_an_expired_invitation_for_seven_more_days(as_admin, client, invitation, mailoutbox):
    Invitation.objects.update(expires_at=timezone.now())
    as_admin.post(f"/settings/users/invitations/{invitation.pk}/renewal/")
    assert client.get(link(mailoutbox[-1])).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(as_admin, client, invitation, path):
    as_admin.post(f"/settings/users/invitations/{invitation.pk}/withdrawal/")
    assert client.get(path).status_code == 410
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("verb", ["renewal", "withdrawal"])
def test_an_accepted_invitation_can_be_neither_sent_nor_withdrawn(as_admin, client, invitation, path, verb):
    client.post(path, NEW_USER)
    assert as_admin.post(f"/settings/users/invitations/{invitation.pk}/{verb}/").status_code == 404


def test_of_two_who_opened_the_link_one_is_told_that_it_has_ended(invitation):
    first, second = Invitation.objects.get(), Invitation.objects.get()
    first.accept(password="mar de fondo", first_name="A", last_name="B")
    with pytest.raises(InvitationClosedError):
        second.accept(password="mar de fondo", first_name="C", last_name="D")


def test_a_link_renewed_while_its_form_was_open_is_not_accepted(invitation):
    opened = Invitation.objects.get()
    invitation.renew()
    with pytest.raises(InvitationClosedError):
        opened.accept(password="mar de fondo", first_name="A", last_name="B")


def test_who_became_a_user_meanwhile_is_sent_to_the_sign_in(client, path, stranger):
    UserFactory(email="nuria@example.com", account=stranger.account)
    response = client.get(path)
    assert response.status_code == 410
    assert "There is a user already" in response.content.decode()


def test_an_address_that_became_a_user_during_acceptance_leaves_the_invitation_open(invitation, stranger):
    opened = Invitation.objects.get()
    UserFactory(email="nuria@example.com", account=stranger.account)
    with pytest.raises(InvitationClosedError):
        opened.accept(password="mar de fondo", first_name="A", last_name="B")
    assert Invitation.objects.get().accepted_at is None


def test_somebody_signed_in_is_asked_to_sign_out_first(as_agent, path):
    page = as_agent.get(path).content.decode()
    assert "Sign out and go on" in page
    as_agent.post(path, NEW_USER)
    assert not User.objects.filter(email="nuria@example.com").exists()
    assert as_agent.post("/sign-out/", {"next": path})["Location"] == path


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"password1": "short"}, "This password is too short."),
        ({"password1": "nuria@example.com"}, "The password is too similar to the email."),
        ({"first_name": "N1na"}, "A name has no digits."),
        ({"last_name": " "}, "is missing"),
    ],
)
def test_what_is_wrong_is_said_and_the_link_stays_open(client, path, changes, message):
    response = client.post(path, NEW_USER | changes)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert client.post(path, NEW_USER).status_code == 302


def test_a_mail_that_cannot_leave_keeps_the_invitation(as_admin, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    page = invite(as_admin, "nuria@example.com").content.decode()
    assert "The invitation is kept, but the mail could not be sent." in page
    assert Invitation.objects.count() == 1


def test_two_admins_who_invite_one_address_at_once_make_one_invitation(rf, admin, account, monkeypatch, mailoutbox):
    request = rf.post("/")
    request.user, request.account = admin, account
    known = invitations._known
    asked = []

    def known_only_later(request, email):
        asked.append(email)
        return known(request, email) if len(asked) > 1 else None

    invitations.invite(request, ["nuria@example.com"], "agent")
    monkeypatch.setattr(invitations, "_known", known_only_later)
    [answer] = invitations.invite(request, ["nuria@example.com"], "agent")
    assert answer.verdict == invitations.Verdict.PENDING
    assert Invitation.objects.count() == 1


def test_links_cannot_be_guessed_by_the_thousand(client, settings, path):
    settings.ACCOUNT_RATE_LIMITS = {"open_invitation": "1/m/ip"}
    client.post(path, {})
    assert client.post(path, NEW_USER).status_code == 429
