"""A real Chromium, a real server, a real worker. No page may log an error, ask another host, or break the policy."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from tests.browser import find_chromium

CHROMIUM = find_chromium()
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 15_000  # milliseconds; a machine with other work to do is slow
# What a form with a mistake, a closed door or a lost page answers; the browser logs each as an error.
SPOKEN = {"403", "404", "409", "410", "422", "429"}
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Say clearly that browser tests are left out where there is no browser; in CI they fail instead."""
    for item in items:
        if "/e2e/" in str(item.fspath):
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=False))
            if not CHROMIUM and os.environ.get("CI") != "true":
                item.add_marker(pytest.mark.skip(reason="no chromium on this machine: browser tests are left out"))


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    assert CHROMIUM, "CI demands a chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_browser(chromium, live_server):
    """Return a function that opens a window; at the end of the test none of them may have complained."""
    complaints, contexts = [], []

    def opened(**options):
        context = chromium.new_context(base_url=live_server.url, reduced_motion="reduce", **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        listen(page, complaints)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def listen(page, complaints):
    """Write down what a page logs as an error, what it cannot load, and what it asks of another host."""
    page.on("console", lambda message: _console(message, complaints))
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", lambda request: _demand_own_host(request.url, complaints))
    page.on("response", lambda response: _demand_it_came(response, complaints))


def _console(message, complaints):
    spoken = any(f"status of {status} " in message.text for status in SPOKEN)
    if message.type == "error" and not spoken:
        complaints.append(f"{message.location.get('url')}: {message.text}")


def _demand_own_host(url, complaints):
    if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname != "localhost":
        complaints.append(f"a request left for {url}")


def _demand_it_came(response, complaints):
    if response.status >= 500 or (response.status >= 400 and response.request.resource_type not in ("document", "xhr")):
        complaints.append(f"{response.status} {response.url}")


@pytest.fixture
def sign_in(open_browser, live_server):
    """Return a function that opens a window in which a user is signed in already."""

    def signed_in(user, **options):
        page = open_browser(**options)
        page.context.add_cookies([session_cookie(user, live_server.url)])
        return page

    return signed_in


def session_cookie(user, url):
    """Return a cookie by which a browser is signed in at ``url`` as the user, in a session of its own."""
    client = Client()
    client.force_login(user)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}


def database_url():
    """Return the address of the test database, for another process."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    details = connection.settings_dict
    return f"postgres://{details['USER']}:{details['PASSWORD']}@{details['HOST']}:{details['PORT'] or 5432}/{name}"


@pytest.fixture
def start_worker(live_server, tmp_path):
    """Return a function that starts a real worker on the test's database and files."""
    processes = []

    def start():
        environment = os.environ | {"DATABASE_URL": database_url(), "VAR_DIR": str(tmp_path)}
        root = Path(django_settings.BASE_DIR)
        command = [sys.executable, "manage.py", "worker", "--interval", "0.1"]
        processes.append(subprocess.Popen(command, cwd=root, env=environment))
        return processes[-1]

    yield start
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
