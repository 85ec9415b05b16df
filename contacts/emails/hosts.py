"""The mail servers an office names: none inside the service's own network, which a stranger could look into that way.

A name is judged when it is saved and again at each connection, by the very address that is then spoken to: a name can
change where it points.
"""

import ipaddress
import socket
from time import monotonic

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # by which a network of IPv6 alone reaches servers of IPv4


def connect(host: str, port: int, timeout: float) -> socket.socket:
    """Return a connection to ``host``, or raise ValidationError (the name) or OSError (the connection).

    All its addresses together have ``timeout`` seconds; so has each answer over the connection.
    """
    failure: OSError | None = None
    until = monotonic() + timeout
    for address in addresses(host, port):
        left = until - monotonic()
        if left <= 0:
            raise failure or TimeoutError
        try:
            line = socket.create_connection((address, port), left)
        except OSError as error:
            failure = error
            continue
        line.settimeout(timeout)
        return line
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
    """Whether an address is reached over the internet; one that stands for an IPv4 address is where that one leads."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv4Address):
        return _is_open(address)
    if address.ipv4_mapped is not None or address in _NAT64:
        return _is_open(ipaddress.IPv4Address(address.packed[-4:]))
    return _is_open(address) and (address.sixtofour is None or _is_open(address.sixtofour))


def _is_open(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    # Among the reserved ones are those that carry an IPv4 address in a way of old (::/96) or of one's own network
    # (64:ff9b:1::/48).
    closed = address.is_multicast or address.is_reserved or getattr(address, "is_site_local", False)
    return address.is_global and not closed
