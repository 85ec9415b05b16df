"""How many queries a page takes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def asked(client, url):
    """Return how many queries ``client`` causes by opening ``url``."""
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)
