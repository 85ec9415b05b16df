"""What the tests of places share."""

import time
from types import SimpleNamespace

import pytest

from tesoro.geocoding import asking, models


@pytest.fixture
def waited(monkeypatch):
    """Let no question wait for its turn; return the seconds that each would have waited."""
    seconds = []
    monkeypatch.setattr(asking, "time", SimpleNamespace(sleep=seconds.append, monotonic=time.monotonic))
    return seconds


@pytest.fixture
def no_limit(monkeypatch, waited):
    """Give every question its turn at once."""
    monkeypatch.setattr(models, "APART", models.APART * 0)
