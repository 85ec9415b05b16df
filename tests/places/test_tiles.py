"""Where the pictures of a map come from: the one host that a page may ask beside the product."""

import runpy

import pytest
from django.conf import settings as ours

from tesoro.tiles import tile_hosts

DEFAULT = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("tiles", "hosts"),
    [
        (DEFAULT, ["https://tile.openstreetmap.org"]),
        ("https://{s}.tile.example.com/{z}/{x}/{y}.png", ["https://*.tile.example.com"]),
        ("https://tiles-{s}.example.com/{z}/{x}/{y}.png", ["https://*.example.com"]),
        ("https://maps.{s}.example.com/{z}/{x}/{y}.png", ["https://*.example.com"]),
        ("https://{s}.tile.example.com:8443/{z}/{x}/{y}{r}.png?key=a", ["https://*.tile.example.com:8443"]),
        ("http://127.0.0.1:8080/{z}/{x}/{y}.png", ["http://127.0.0.1:8080"]),
    ],
)
def test_a_policy_allows_the_host_of_the_tiles(tiles, hosts):
    assert tile_hosts(tiles) == hosts


@pytest.mark.parametrize(
    "tiles",
    [
        "", " ", "/tiles/{z}/{x}/{y}.png", "tile.example.com/{z}", "javascript:alert(1)", "data:image/png;base64,", "*",
        "https://", "https://*/{z}", "https://{s}/{z}", "https://a.example; script-src */{z}", "https://a b/{z}",
        "https://'self'/{z}", "https://a.example,*/{z}", "ftp://tile.example.com/{z}",
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_host_opens_nothing(tiles):
    assert tile_hosts(tiles) == []


def policy(monkeypatch, tiles):
    """Return the policy that the settings make of an environment."""
    monkeypatch.setenv("MAP_TILES", tiles)
    monkeypatch.setenv("VAR_DIR", str(ours.VAR_DIR))
    return runpy.run_path(str(ours.BASE_DIR / "tesoro" / "settings.py"))["CONTENT_SECURITY_POLICY"]


@pytest.mark.parametrize(
    ("tiles", "told"),
    [
        (DEFAULT, "img-src 'self' data: https://tile.openstreetmap.org;"),
        ("https://{s}.tile.example.com/{z}/{x}/{y}.png", "img-src 'self' data: https://*.tile.example.com;"),
        ("", "img-src 'self' data:;"),
    ],
)
def test_a_page_may_ask_the_host_of_the_tiles_for_pictures_and_no_other(as_agent, settings, monkeypatch, tiles, told):
    settings.CONTENT_SECURITY_POLICY = policy(monkeypatch, tiles)
    header = as_agent.get("/")["Content-Security-Policy"] + ";"

    assert told in header
    assert header.count("https://") == told.count("https://")
    for name in ("default-src 'none';", "script-src 'self';", "style-src 'self';", "connect-src 'self';"):
        assert name in header
