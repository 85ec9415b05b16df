"""An end to what a mail server can draw out: the time-out of a socket begins anew with each byte that drips in."""

import socket
import threading
from contextlib import suppress


class Watch:
    """Ends a connection after some seconds, whatever it waits for then. ``expired`` says that it did."""

    def __init__(self, line: socket.socket, seconds: float) -> None:
        self.expired = False
        # A handle of its own on the connection: TLS takes the other one away.
        self._line = line.dup()
        self._lock = threading.Lock()
        self._timer = threading.Timer(max(seconds, 0), self._cut)
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        """Stop watching."""
        self._timer.cancel()
        with self._lock:
            self._line.close()

    def _cut(self) -> None:
        """Shut the connection from outside: who reads from it finds its end, who writes is refused."""
        with self._lock, suppress(OSError):
            self.expired = self._line.fileno() >= 0
            self._line.shutdown(socket.SHUT_RDWR)
