"""Opening an account for an office."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from accounts import offices
from accounts.models import Account, User


def data(**changes):
    return {
        "office": "Casa Mirador",
        "first_name": "Carmen",
        "last_name": "Soler",
        "email": "carmen@example.com",
        "password1": "mar de fondo",
        "language": "en",
        "time_zone": "Europe/Madrid",
        "currency": "EUR",
        **changes,
    }


def sign_up(client, **changes):
    return client.post("/sign-up/", data(**changes))


def test_sign_up_makes_the_account_and_its_first_admin_and_signs_them_in(client, db):
    response = sign_up(client, time_zone="Europe/Berlin", currency="CHF", language="de")
    assert response["Location"] == reverse("home")
    account = Account.objects.get()
    assert (account.name, account.slug, account.time_zone, account.currency) == (
        "Casa Mirador",
        "casa-mirador",
        "Europe/Berlin",
        "CHF",
    )
    admin = User.objects.get()
    assert (admin.account, admin.role, admin.get_full_name()) == (account, "admin", "Carmen Soler")
    assert admin.check_password("mar de fondo")
    assert client.session["_auth_user_id"] == str(admin.pk)


def test_language_time_zone_and_currency_are_set_beforehand(client, db):
    page = client.get("/sign-up/").content.decode()
    assert '<option value="Europe/Madrid" selected>' in page
    assert '<option value="EUR" selected>' in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"email": "not an address"}, "Enter a valid email address."),
        ({"email": "a@b.test"}, "No email can be delivered to this ending after the @."),
        ({"office": "  "}, "Name is missing."),
        ({"office": "Visit https://evil.example"}, "A name has no web address"),
        ({"office": "x" * 101}, "At most 100 characters; this has 101."),
        ({"first_name": "Carm3n"}, "A name has no digits."),
        ({"password1": "short"}, "This password is too short."),
        ({"password1": "carmen@example.com"}, "The password is too similar to the email."),
        ({"time_zone": "Europe/Atlantis"}, "Select a valid choice."),
        ({"currency": "XXX"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(client, db, changes, message):
    response = sign_up(client, **changes)
    assert response.status_code == 422
    assert message in response.content.decode()
    assert not Account.objects.exists()
    assert not User.objects.exists()


def test_an_address_that_is_a_user_already_is_refused(client, agent):
    response = sign_up(client, email="Lucia@Example.com")
    assert "A user with this email already exists." in response.content.decode()
    assert Account.objects.count() == 1


def test_the_address_is_stored_in_lower_case(client, db):
    sign_up(client, email="Carmen@Example.COM")
    assert User.objects.get().email == "carmen@example.com"


def test_two_sign_ups_with_one_address_end_in_an_error_beside_it(client, monkeypatch, db):
    """The other one commits between our check and our save."""
    save = offices._save

    def beaten(account, admin, password, agents):
        monkeypatch.setattr(offices, "_save", save)
        save(Account(name="Faster"), User(email=admin.email), password, [])
        raise IntegrityError

    monkeypatch.setattr(offices, "_save", beaten)
    response = sign_up(client)
    assert response.status_code == 422
    assert "A user with this email already exists." in response.content.decode()
    assert Account.objects.get().name == "Faster"


def test_two_offices_with_one_name_get_two_slugs(client, db):
    sign_up(client)
    client.post("/sign-out/")
    sign_up(client, email="other@example.com")
    assert set(Account.objects.values_list("slug", flat=True)) == {"casa-mirador", "casa-mirador-2"}


def test_a_failure_in_the_middle_leaves_nothing(db, monkeypatch):
    monkeypatch.setattr(User, "save", lambda *args, **kwargs: (_ for _ in ()).throw(IntegrityError))
    with pytest.raises(ValidationError):
        offices.open_office(Account(name="Casa"), User(email="a@example.com"), "mar de fondo")
    assert not Account.objects.exists()


def test_a_next_address_is_not_followed_to_another_site(client, db):
    assert sign_up(client, next="https://evil.example/")["Location"] == reverse("home")


def test_somebody_signed_in_has_no_business_there(as_agent):
    assert as_agent.get("/sign-up/")["Location"] == reverse("home")


def test_one_address_cannot_open_accounts_by_the_hundred(client, settings, db):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    sign_up(client, email="bad")
    assert sign_up(client).status_code == 429
