"""However many processes ask: a service is asked once a second by all of them together."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from django.conf import settings as ours
from django.db import connection

NAMES, EACH = "abcd", 2  # a process for each name, and how many questions it asks
# A question that was sent on time may reach the service late, and the next one early.
TOLERANCE = 0.1
PATIENCE = 120  # seconds

SCRIPT = """
import sys
import time
import django
django.setup()
from tesoro.geocoding import asking
from tesoro.geocoding.models import take_turn

take_turn("https://another.example.com", asking.PATIENCE)  # all that is opened once is open
print("ready", flush=True)
sys.stdin.readline()
refusals = 0
for number in range(int(sys.argv[2])):
    while True:
        try:
            asking.search(f"Altea {sys.argv[1]} {number}", "es", None)
            break
        except asking.Unavailable:
            refusals += 1
            time.sleep(0.05)
print(refusals)
"""


def asker(name, url):
    """Start a process of its own on the test database, which asks when it is told to."""
    database = connection.settings_dict
    place = f"sqlite:///{database['NAME']}"
    if connection.vendor == "postgresql":
        place = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    environment = {
        **os.environ, "DATABASE_URL": place, "VAR_DIR": str(ours.VAR_DIR), "CACHE_URL": "locmem://",
        "GEOCODER": "photon", "GEOCODER_URL": url, "DJANGO_SETTINGS_MODULE": "tesoro.settings",
    }  # fmt: skip
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    command = [sys.executable, "-c", SCRIPT, name, str(EACH)]
    return subprocess.Popen(command, env=environment, cwd=ours.BASE_DIR, **pipes)


@pytest.fixture
def askers(geocoder):
    """Processes that are ready to ask the service on loopback; whatever happens, none is left behind."""
    started = [asker(name, geocoder.url) for name in NAMES]
    for one in started:
        assert one.stdout.readline() == "ready\n"
    yield started
    for one in started:
        one.kill()
        one.communicate()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_four_processes_ask_no_more_than_once_a_second(geocoder, askers):
    for one in askers:
        one.stdin.write("go\n")
        one.stdin.flush()
    refusals = [one.communicate(timeout=PATIENCE)[0] for one in askers]

    assert [one.returncode for one in askers] == [0] * len(NAMES)
    assert all(words.strip().isdecimal() for words in refusals)
    asked = sorted(geocoder.asked, key=lambda one: one.moment)
    assert {one.words["q"] for one in asked} == {f"Altea {name} {number}" for name in NAMES for number in range(EACH)}
    assert min(later.moment - sooner.moment for sooner, later in pairwise(asked)) >= 1 - TOLERANCE
