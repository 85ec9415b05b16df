"""The mail servers an office names: none inside the service's own network, which a stranger could look into that way.

A name is judged when it is saved and again at each connection, by the very address that is then spoken to: a name can
change where it points.
"""

import ipaddress
import socket

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def connect(host: str, port: int, timeout: float) -> socket.socket:
    """Return a connection to ``host``, or raise ValidationError (the name) or OSError (the connection)."""
    failure: OSError | None = None
    for address in addresses(host, port):
        try:
            return socket.create_connection((address, port), timeout)
        except OSError as error:
            failure = error
    raise failure or OSError("no address")


def addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a host, or raise ValidationError.

    Codes: "unknown_host", and "private_host" for loopback, private, link-local and reserved addresses, unless
    ``settings.PRIVATE_MAIL_HOSTS`` allows them. One such address among several refuses the name.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError, OverflowError):
        raise ValidationError(
            _("There is no server named %(host)s."), code="unknown_host", params={"host": host}
        ) from None
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not settings.PRIVATE_MAIL_HOSTS and not all(_is_public(number) for number in numbers):
        text = _("%(host)s lies in a private network. Name a server that is reached over the internet.")
        raise ValidationError(text, code="private_host", params={"host": host})
    return numbers


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return all(one.is_global and not one.is_multicast for one in (address, inner) if one is not None)
