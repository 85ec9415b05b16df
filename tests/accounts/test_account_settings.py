"""What an admin sets for the office, and the logo."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Account

ACCOUNT = "/settings/account/"


def data(**changes):
    return {
        "name": "Casa Mirador",
        "email": "office@example.com",
        "phone": "+34 912 345 678",
        "website": "example.com",
        "language": "es",
        "time_zone": "Atlantic/Canary",
        "currency": "GBP",
        "cold_after_days": "21",
        **changes,
    }


def picture(size=(300, 200), kind="PNG", name="logo.png"):
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind)
    return SimpleUploadedFile(name, written.getvalue())


def test_an_admin_changes_the_office(as_admin, account):
    assert as_admin.post(ACCOUNT, data())["Location"] == ACCOUNT
    account.refresh_from_db()
    assert (account.time_zone, account.currency, account.language) == ("Atlantic/Canary", "GBP", "es")
    assert account.phone == "+34912345678"
    assert account.website == "https://example.com"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"name": " "}, "Name is missing."),
        ({"email": "office"}, "There is no @ sign."),
        ({"phone": "912 345 678"}, "No country code. Start with + or 00."),
        ({"website": "no address"}, "Enter a valid URL."),
        ({"website": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"time_zone": "Europe/Atlantis"}, "There is no time zone of this name."),
        ({"currency": "XXX"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(as_admin, account, changes, message):
    response = as_admin.post(ACCOUNT, data(**changes))
    assert response.status_code == 422
    assert message in response.content.decode()
    account.refresh_from_db()
    assert account.currency == "EUR"


def test_an_error_leaves_the_name_in_the_frame_as_it_is(as_admin):
    page = as_admin.post(ACCOUNT, data(name="x" * 200)).content.decode()
    assert '<span class="word truncate">Casa Mirador</span>' in page


def test_times_are_shown_in_the_new_time_zone(as_admin, account):
    as_admin.post(ACCOUNT, data(time_zone="Asia/Tokyo"))
    assert str(Account.objects.get(pk=account.pk).zone) == "Asia/Tokyo"


def test_a_logo_is_re_encoded_and_shown_to_the_office_only(as_admin, as_stranger, account):
    as_admin.post(f"{ACCOUNT}logo/", {"picture": picture()})
    account.refresh_from_db()
    assert account.logo.name.endswith(".webp")
    assert b"".join(as_admin.get(account.logo.url)).startswith(b"RIFF")
    assert as_stranger.get(account.logo.url).status_code == 404


def test_the_file_of_the_logo_before_is_deleted(as_admin, account, django_capture_on_commit_callbacks):
    as_admin.post(f"{ACCOUNT}logo/", {"picture": picture()})
    account.refresh_from_db()
    before, storage = account.logo.name, account.logo.storage
    with django_capture_on_commit_callbacks(execute=True):
        as_admin.post(f"{ACCOUNT}logo/", {"picture": picture((50, 50))})
    assert not storage.exists(before)


def test_a_logo_can_be_deleted(as_admin, account, django_capture_on_commit_callbacks):
    as_admin.post(f"{ACCOUNT}logo/", {"picture": picture()})
    account.refresh_from_db()
    name, storage = account.logo.name, account.logo.storage
    with django_capture_on_commit_callbacks(execute=True):
        as_admin.post(f"{ACCOUNT}logo/removal/")
    account.refresh_from_db()
    assert not account.logo
    assert not storage.exists(name)


@pytest.mark.parametrize(
    ("upload", "message"),
    [
        (None, "Choose a picture first."),
        (SimpleUploadedFile("logo.png", b"%PDF-1.4 no picture"), "This file is not an image we can read."),
        (SimpleUploadedFile("logo.svg", b"<svg onload='alert(1)'/>"), "An SVG drawing cannot be a photo."),
        (SimpleUploadedFile("logo.png", b""), "This file is empty."),
        (SimpleUploadedFile("logo.png", b"x" * 1_048_577), "at most 1 MB"),
    ],
)
def test_what_is_no_picture_is_refused(as_admin, account, upload, message):
    response = as_admin.post(f"{ACCOUNT}logo/", {"picture": upload} if upload else {})
    assert response.status_code == 422
    assert message in response.content.decode()
    account.refresh_from_db()
    assert not account.logo
