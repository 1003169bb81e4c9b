"""Runs the application on waitress: on the loopback address only, or where a team's proxy finds it; on Cheroot with a team's own certificate."""

from __future__ import annotations

import errno
import signal
import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import waitress
from flask import Flask

from meelezer.core.conversation import Complaint, Conversation, Draft
from meelezer.core.engine import Engine
from meelezer.doctor import is_meelezer
from meelezer.languagetool.proofreading import Proofreader, proofreader
from meelezer.languagetool.quiet import all_quiet_rules
from meelezer.languagetool.words import in_words
from meelezer.messages import Messages
from meelezer.reviews.database import Database, StorageError
from meelezer.reviews.people import People
from meelezer.reviews.retention import keep_swept
from meelezer.settings import Settings
from meelezer.shipped import shipped_engine
from meelezer.tokens import Pairing, TokenStoreError
from meelezer.web.factory import create_app
from meelezer.web.organisation import OrganisationError
from meelezer.web.team_parts import PartMissingError, check_parts

if TYPE_CHECKING:  # one user alone needs no TLS, and may not have its packages
    from meelezer.web.certificate import Certificate, CertificateError

THREADS = 32
"""Two of them read spelling at a time and others may wait for their turn; the tone must find one free all the same."""
_SETTLES_WITHIN = 300.0


class ServerError(Exception):
    """The server cannot start; the message says what to do."""


def run(settings: Settings, text: Messages, say: Callable[[str], None]) -> None:
    """Serve until interrupted. Raises ServerError and CatalogueError."""
    certificate = _prepare_team(settings, text) if settings.team else None
    listener = _listen(settings, text)
    address = settings.address_at(listener.getsockname()[1])

    def announce(code: str) -> None:
        say(text("serve.pairing_code", code=code))

    engine, pairing = shipped_engine(), Pairing()
    all_quiet_rules()  # a file of data that cannot be used is told now, not with the first text
    spelling = proofreader(settings.languagetool, settings.data_dir)
    try:
        database = Database(settings.data_dir, settings.database)
        has_people = not settings.team or any(each.active for each in People(database).listed())
        app = create_app(
            settings, engine=engine, pairing=pairing, proofreader=spelling, database=database, announce_code=announce
        )
    except StorageError as error:
        listener.close()
        raise ServerError(text(f"reviews_command.{error.kind}", reason=error.detail)) from None
    except TokenStoreError as error:
        listener.close()
        raise ServerError(str(error)) from None
    except OrganisationError as error:
        listener.close()
        raise ServerError(
            text(f"doctor_team.organisation_{error.kind}", issuer=settings.oidc_issuer, detail=error.detail)
        ) from None
    server = _server(app, listener, certificate, text, say)
    say(text("serve.listening", address=address))
    if certificate is not None:
        say(text("certificate.own", until=f"{certificate.valid_until.astimezone():%Y-%m-%d}"))
    elif settings.team:
        say(text("team_command.behind_proxy", address=_plain_address(listener)))
    else:
        say(text("serve.page", address=address))
        announce(pairing.code)
    if not has_people:
        say(text("team_command.none"))
    # Before anybody is let in: thirty requests that come first would each load it all.
    warm_up(engine)
    spelling.start()  # in the background: the tone does not wait for it
    over = threading.Event()
    threading.Thread(target=keep_swept, args=(database, settings.keep_days, over), daemon=True).start()
    threading.Thread(target=_say_how_it_went, args=(spelling, text, say), daemon=True).start()
    # Asked to stop by a service manager is as good as Ctrl+C: LanguageTool must end too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        server.run()
    finally:
        server.close()
        over.set()
        database.close()
        spelling.stop()


def warm_up(engine: Engine) -> None:
    """Read a conversation in each language, so that the first user does not wait for what is loaded and compiled on first use."""
    for complaint, draft in (
        ("Waar blijft mijn pakket? Het zou vrijdag komen.", "Ik bel u morgen zelf. Noor"),
        ("Where is my parcel? It was to come on Friday.", "I will ring you myself tomorrow. Noor"),
    ):
        engine.analyse(Conversation(Complaint(complaint), Draft(draft)))


def _prepare_team(settings: Settings, text: Messages) -> Certificate | None:
    """Look at what a team needs before anything is opened. Raises ServerError."""
    try:
        check_parts(settings)
    except PartMissingError as error:
        raise ServerError(text("team_command.no_part", part=error.part, package=error.package)) from None
    if settings.certificate is None or settings.key is None:
        return None
    from meelezer.web.certificate import CertificateError, read_certificate

    try:
        return read_certificate(settings.certificate, settings.key)
    except CertificateError as error:
        raise ServerError(text(f"certificate.{error.kind}", path=error.path, reason=error.reason)) from None


def _server(
    app: Flask, listener: socket.socket, certificate: Certificate | None, text: Messages, say: Callable[[str], None]
) -> Any:
    if certificate is None:
        return waitress.create_server(app, sockets=[listener], threads=THREADS, ident=None)
    from meelezer.web.tls_server import TlsServer

    return TlsServer(app, listener, certificate, THREADS, lambda found: say(in_words_of_renewal(found, text)))


def in_words_of_renewal(found: Certificate | CertificateError, text: Messages) -> str:
    """Say that a renewed certificate is used, or why it is not; where its key lies is nobody's business."""
    if isinstance(found, Exception):
        reason = text(f"certificate.{found.kind}", path=found.path.name, reason=found.reason)
        return text("certificate.not_taken", reason=reason)
    return text("certificate.renewed", until=f"{found.valid_until.astimezone():%Y-%m-%d}")


def _say_how_it_went(spelling: Proofreader, text: Messages, say: Callable[[str], None]) -> None:
    condition = spelling.settle(_SETTLES_WITHIN)
    say(in_words(condition, text) or text(f"languagetool.{condition.state}"))


def _plain_address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _listen(settings: Settings, text: Messages) -> socket.socket:
    listener = socket.socket(socket.AF_INET6 if ":" in settings.listens_on else socket.AF_INET)
    # Restarting at once must work; a second companion on a live port still fails.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.listens_on, settings.port))
        listener.listen(128)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            key = "serve.already_running" if is_meelezer(settings) else "serve.port_taken"
            raise ServerError(text(key, address=settings.address, port=settings.port)) from None
        raise ServerError(text("serve.port_refused", port=settings.port, reason=error.strerror)) from None
    return listener
