"""The application over TLS with a team's own certificate, on Cheroot: waitress speaks plain HTTP only.

Cheroot shakes hands where it accepts, so that one silent client would keep everybody out (cherrypy/cheroot#748). Here a
connection waits in the selector until there is something to read, and the thread that reads it shakes hands.
"""

from __future__ import annotations

import logging
import socket
import ssl
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from cheroot.server import HTTPConnection
from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server
from flask import Flask

from meelezer.web.certificate import Certificate, CertificateError, read_certificate, stamp_of

logger = logging.getLogger(__name__)

Tell = Callable[[Certificate | CertificateError], None]
"""Hears once of every renewal: the certificate that is used from now on, or why the former one stays."""
SECONDS_OF_SILENCE = 30
MOST_IDLE = 512
MAX_HEADER_BYTES = 64 * 1024
MAX_BODY_BYTES = 16_000_000
"""Beyond what the application takes, so that it can say so in its own words."""
_SECONDS_FOR_PLAIN = 1.0
_PLAIN = (
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
    b"Zet https:// voor dit adres. / Put https:// before this address.\n"
)


class TlsServer(Server):
    """Serves one application on a socket that listens already."""

    def __init__(
        self, app: Flask, listener: socket.socket, certificate: Certificate, threads: int, tell: Tell = lambda _: None
    ) -> None:
        """Take the parts. Raises CertificateError."""
        super().__init__(
            listener.getsockname()[:2],
            app,
            numthreads=threads,
            server_name="Meelezer",
            request_queue_size=128,
            timeout=SECONDS_OF_SILENCE,
        )
        self._listener = listener
        self.ConnectionClass = _Connection
        self.keep_alive_conn_limit = MOST_IDLE
        self.max_request_header_size, self.max_request_body_size = MAX_HEADER_BYTES, MAX_BODY_BYTES
        self.ssl_adapter = _Adapter(certificate, tell)

    def bind(self, family: int, type: int, proto: int = 0) -> socket.socket:  # noqa: A002, ARG002 - the name is Cheroot's
        """Use the socket that is there."""
        self._listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = self._listener
        return self._listener

    def process_conn(self, conn: Any) -> None:
        """Let a connection wait until there is something to read."""
        if conn.last_used is None:
            self.put_conn(conn)
        else:
            super().process_conn(conn)

    def run(self) -> None:
        """Serve until interrupted."""
        self.start()

    def close(self) -> None:
        """Stop, and let go of the socket."""
        self.stop()
        self._listener.close()

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:  # noqa: ARG002
        """Say that something went wrong and what kind it was; a message may quote what a user sent."""
        kind = sys.exc_info()[0]
        if kind is not None and level >= logging.WARNING:
            logger.log(level, "a connection ended: %s", kind.__name__)


class _Adapter(BuiltinSSLAdapter):
    """Wraps a socket, and leaves shaking hands to whoever reads it. A renewed certificate is for the connections after it."""

    def __init__(self, certificate: Certificate, tell: Tell) -> None:
        super().__init__(str(certificate.path), str(certificate.key))
        self._files, self._tell = (certificate.path, certificate.key), tell
        self._seen = stamp_of(*self._files)  # before they are read: what is written meanwhile is seen with the next
        self.context = certificate.context()

    def wrap(self, sock: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        self._take_renewed()
        wrapped = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return wrapped, {"wsgi.url_scheme": "https", "HTTPS": "on"}

    def _take_renewed(self) -> None:
        stamp = stamp_of(*self._files)
        if stamp == self._seen:
            return
        self._seen = stamp
        found: Certificate | CertificateError
        try:
            found = read_certificate(*self._files)
            # Another context, not the same one loaded anew: that would be left with half of a pair that does not fit.
            self.context = found.context()
        except CertificateError as error:
            found = error
        with suppress(OSError):  # nobody may listen any more
            self._tell(found)


class _Connection(HTTPConnection):
    """Shakes hands before the first request."""

    is_known = False

    def communicate(self) -> bool:
        """Answer one request; say whether the connection stays open."""
        if not self.is_known:
            try:
                self.socket.do_handshake()
            except ssl.SSLError as error:
                if error.reason == "HTTP_REQUEST":
                    self._say_https()
                return False
            except OSError:
                return False
            self.is_known = True
            if not self.socket.pending():
                # Browsers open connections to have them ready: those wait for their first request without a thread.
                return True
        return bool(super().communicate())  # type: ignore[no-untyped-call]

    def _say_https(self) -> None:
        plain = socket.socket  # past TLS, of which there is none
        with suppress(OSError):
            plain.settimeout(self.socket, _SECONDS_FOR_PLAIN)
            plain.recv(self.socket, MAX_HEADER_BYTES)  # closing with something unread would take the answer back
            plain.sendall(self.socket, _PLAIN)
