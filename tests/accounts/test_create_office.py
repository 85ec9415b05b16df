"""manage.py create_office: an office for scripts and operators."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from accounts.models import Account, User

pytestmark = pytest.mark.django_db


def run(capsys, *args):
    """Run the command with --json; return its one object."""
    try:
        call_command("create_office", *args, "--json")
        code = 0
    except CommandError as error:
        code = error.returncode
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    return code, json.loads(lines[0])


def test_it_makes_an_office_whose_users_sign_in_at_once(capsys, client):
    args = ["Casa Mirador", "--admin", "Admin@Demo.example", "--password", "tesoro-demo"]
    code, said = run(capsys, *args, "--agent", "a@demo.example", "b@demo.example", "--agent", "c@demo.example")
    account = Account.objects.get()
    assert code == 0
    assert said == {
        "account": {"id": account.pk, "slug": "casa-mirador", "name": "Casa Mirador"},
        "admin": "admin@demo.example",
        "agents": ["a@demo.example", "b@demo.example", "c@demo.example"],
    }
    assert User.objects.filter(account=account, role="agent", is_active=True).count() == 3
    for email in ("admin@demo.example", "b@demo.example"):
        assert client.post("/sign-in/", {"login": email, "password": "tesoro-demo"}).status_code == 302
        client.post("/sign-out/")


def test_a_password_is_made_up_and_told_once_when_none_is_given(capsys):
    _code, said = run(capsys, "Casa", "--admin", "a@example.com")
    assert User.objects.get().check_password(said["password"])


def test_without_json_it_prints_who_can_sign_in(capsys):
    call_command("create_office", "Casa", "--slug", "casa", "--admin", "a@example.com", "--password", "tesoro-demo")
    assert capsys.readouterr().out.split() == ["Casa", "(casa)", "Admin:", "a@example.com"]


def test_a_slug_is_drawn_from_the_name_and_made_free(capsys):
    run(capsys, "Casa Ñandú", "--admin", "a@example.com")
    _code, said = run(capsys, "Casa Ñandú", "--admin", "b@example.com")
    assert said["account"]["slug"] == "casa-nandu-2"


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        (["Casa", "--admin", "taken@example.com"], "A user with this email already exists."),
        (["Casa", "--admin", "TAKEN@example.com"], "A user with this email already exists."),
        (["Casa", "--admin", "a@example.com", "--agent", "taken@example.com"], "taken@example.com: A user with this"),
        (["Casa", "--admin", "a@example.com", "--slug", "taken"], "Another office already has this short name."),
        (["Casa", "--admin", "a@example.com", "--slug", "no slug"], "Enter a valid"),
        (["Casa", "--admin", "a@example.com", "--slug", "x" * 51], "at most 50 characters"),
        (["Casa", "--admin", "nonsense"], "There is no @ sign."),
        (["Casa", "--admin", ""], "Email is missing."),
        (["Casa", "--admin", "a@example.com", "--agent", "A@example.com"], "a@example.com is given twice."),
        (["", "--admin", "a@example.com"], "Name is missing."),
        (["x" * 101, "--admin", "a@example.com"], "At most 100 characters; this has 101."),
        (["Casa\x00", "--admin", "a@example.com"], "There is a character that cannot be shown"),
        (["Casa", "--admin", "a@example.com", "--password", "short"], "A password has at least 8 characters."),
        (["Casa", "--admin", "a@example.com", "--password", ""], "A password has at least 8 characters."),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason_and_nothing_is_made(capsys, args, reason):
    run(capsys, "Taken", "--slug", "taken", "--admin", "taken@example.com")
    code, said = run(capsys, *args)
    assert code == 2
    assert reason in said["refused"]
    assert Account.objects.count() == 1
    assert User.objects.count() == 1


def test_a_database_that_is_not_ready_is_told_without_a_traceback(capsys, monkeypatch):
    def broken(*args, **kwargs):
        raise OperationalError("no such table: accounts_account")

    monkeypatch.setattr("accounts.management.commands.create_office.open_office", broken)
    code, said = run(capsys, "Casa", "--admin", "a@example.com")
    assert code == 2
    assert "is it migrated?" in said["refused"]
