"""The fixed cast of every test: an admin and an agent of one office, the admin of another, and a signed-out visitor."""

import gc

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.factories import AccountFactory, ContactFactory, LineFactory, UserFactory
from tests.fakes import geocoder as fake_geocoder
from tests.fakes import twilio as fake_twilio
from tests.migrated import copy_for_tests, drop_copy


def pytest_collection_finish(session):
    """Look for garbage less often, and not among the tests and what they stand on: it takes a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Keep every file a test writes apart, and hash passwords cheaply."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "outbox"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.CACHES = {
        "default": {**memory, "LOCATION": f"{tmp_path.name}-default"},
        "process": {**memory, "LOCATION": f"{tmp_path.name}-process"},
    }


@pytest.fixture(autouse=True)
def _no_maps(settings):
    """Let no test ask anybody outside where a place is, nor for the pictures of a map."""
    settings.GEOCODER = settings.MAP_TILES = ""


@pytest.fixture(autouse=True)
def _office_time():
    """Count days as the offices of the tests do: for an hour or two each night it is another day there than in UTC."""
    with timezone.override("Europe/Madrid"):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Let no commit of a test wait for the disk: only a power cut would tell, and none is tested."""
    options = connection.settings_dict.setdefault("OPTIONS", {})
    if connection.vendor == "sqlite":
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    else:
        options["options"] = f"{options.get('options', '')} -c synchronous_commit=off".strip()


def _deletions(ops, style, tables, *, reset_sequences=False, allow_cascade=False):
    assert not reset_sequences, "no test counts on the numbers that rows get"
    return [f"DELETE FROM {ops.quote_name(table)};" for table in tables]


@pytest.fixture(scope="session")
def django_db_keepdb(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """Take a copy of the migrated database for the test database, as if one had been kept."""
    with django_db_blocker.unblock():
        copy_for_tests()
    return True


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Empty PostgreSQL between tests as SQLite is: TRUNCATE makes each table's and index's file anew."""
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "postgresql":
            patch.setattr(type(connection.ops), "sql_flush", _deletions)
        yield
    with django_db_blocker.unblock():
        drop_copy()


@pytest.fixture
def account(db):
    """The office."""
    return AccountFactory(name="Casa Mirador")


@pytest.fixture
def admin(account):
    """The office's admin."""
    return UserFactory(account=account, role="admin", email="admin@example.com", first_name="Carmen")


@pytest.fixture
def agent(account):
    """A colleague of the admin."""
    return UserFactory(account=account, email="lucia@example.com")


@pytest.fixture
def stranger(db):
    """The admin of another office."""
    return UserFactory(role="admin", email="stranger@example.org", account=AccountFactory(name="Otra Casa"))


@pytest.fixture
def contact(account, agent):
    """A contact of the office, assigned to the agent."""
    return ContactFactory(account=account, assigned_to=agent)


def _signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def as_admin(admin):
    """A browser in which the admin is signed in."""
    return _signed_in(admin)


@pytest.fixture
def as_agent(agent):
    """A browser in which the agent is signed in."""
    return _signed_in(agent)


@pytest.fixture
def as_stranger(stranger):
    """A browser in which the other office's admin is signed in."""
    return _signed_in(stranger)


@pytest.fixture
def twilio(settings):
    """A Twilio on loopback, where the product takes it to be."""
    fake, stop = fake_twilio.start()
    settings.TWILIO_API_URL = fake.url
    yield fake
    stop()


@pytest.fixture
def geocoder(settings):
    """A geocoding service on loopback, of Nominatim's kind unless a test says otherwise."""
    fake, stop = fake_geocoder.start()
    settings.GEOCODER, settings.GEOCODER_URL, settings.GEOCODER_KEY = "nominatim", fake.url, ""
    yield fake
    stop()


@pytest.fixture
def line(account, twilio):
    """The office's line, connected to the Twilio on loopback."""
    return LineFactory(account=account)


@pytest.fixture
def mail_server(settings):
    """The service's own mail server: one on loopback."""
    from tests.fakes import smtp

    office, stop = smtp.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = smtp.HOST, office.port, 5
    yield office
    stop()
