"""Looks at what Meelezer needs on this device, and says in words what is missing."""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

from meelezer.core.catalogue import CatalogueError, load_catalogue
from meelezer.messages import Messages
from meelezer.settings import HOST, Settings
from meelezer.tone_model.runtime import ToneModel


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at."""

    subject: str
    fine: bool
    outcome: str


def examine(settings: Settings, text: Messages) -> Iterator[Examined]:
    """Yield one outcome after another; nothing is changed."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Examined(text("doctor.python"), sys.version_info >= (3, 11), version)
    yield _reading(text)
    try:
        checks = load_catalogue().checks
        yield Examined(text("doctor.catalogue"), True, text("doctor.checks", count=len(checks)))
    except (CatalogueError, OSError) as error:
        yield Examined(text("doctor.catalogue"), False, str(error))
    model = ToneModel.load()
    yield Examined(
        text("doctor.model"), True, f"{text('doctor.good')} ({model.version})" if model else text("doctor.no_model")
    )
    yield _languagetool(settings, text)
    yield _data_folder(settings, text)
    yield _reviews(settings, text)
    yield _port(settings, text)
    if settings.team:
        from meelezer.doctor_team import examine_team

        yield from examine_team(settings, text)


def _reading(text: Messages) -> Examined:
    from meelezer.core.reading import detect_language, read

    try:
        read("Dat had u moeten lezen.", "nl")
        read("You should have read that.", "en")
        fine = detect_language("Wij hebben uw bericht gelezen.") == "nl"
    except Exception as error:  # whatever is wrong with an installation is to be told, not thrown
        return Examined(text("doctor.reading"), False, f"{type(error).__name__}: {error}")
    return Examined(text("doctor.reading"), fine, text("doctor.good") if fine else text("doctor.problem"))


def _languagetool(settings: Settings, text: Messages) -> Examined:
    from meelezer.languagetool import java, spelling
    from meelezer.languagetool.errors import ProofreadingError
    from meelezer.languagetool.proofreading import is_address, languagetool_folder, locate, proofreader
    from meelezer.languagetool.words import error_in_words, in_words

    subject, where = text("languagetool.doctor"), settings.languagetool
    if where == "off":
        return Examined(subject, True, in_words(proofreader(where, settings.data_dir).condition, text) or "")
    try:
        if is_address(where):
            proofreader(where, settings.data_dir).proofread(text("languagetool.ready"), text.language)
            return Examined(subject, True, text("languagetool.doctor_server", address=where))
        locate(where, languagetool_folder(settings.data_dir))
        return Examined(subject, True, text("languagetool.doctor_good", version=java.find_java().version))
    except ProofreadingError as error:
        meanwhile = f" {text('languagetool.doctor_spelling')}" if spelling.is_available() else ""
        return Examined(subject, False, error_in_words(error, text) + meanwhile)


def _reviews(settings: Settings, text: Messages) -> Examined:
    from meelezer.reviews.command import in_words
    from meelezer.reviews.database import Database, StorageError
    from meelezer.reviews.store import Reviews, Wanted

    subject = text("doctor.reviews")
    try:
        database = Database(settings.data_dir, settings.database)
        if not database.exists:
            return Examined(subject, True, text("reviews_command.none"))
        count = Reviews(database).listed(Wanted(), size=1).total
        database.close()
    except StorageError as error:
        return Examined(subject, False, in_words(error, text))
    return Examined(subject, True, text("reviews_command.count", count=count))


def _data_folder(settings: Settings, text: Messages) -> Examined:
    folder = settings.data_dir
    existing = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(b"meelezer")
            file.flush()
    except OSError as error:
        return Examined(text("doctor.data"), False, f"{folder}: {error.strerror}")
    return Examined(text("doctor.data"), True, str(folder))


def is_meelezer(settings: Settings) -> bool:
    """Say whether it is a companion of ours that answers where this one would listen."""
    address = f"{'https' if settings.has_own_certificate else 'http'}://{_dialled(settings)}:{settings.port}/v1/health"
    # Only whose program it is, is asked: nothing secret is sent, so whose certificate it has does not matter.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(address, headers={"Host": HOST})  # noqa: S310 - http and https only, see above
    try:
        with urllib.request.urlopen(request, timeout=2, context=context) as response:  # noqa: S310
            return bool(json.load(response).get("service") == "meelezer")
    except (OSError, ValueError, AttributeError):
        return False


def _dialled(settings: Settings) -> str:
    """Return the address to look at from here: who listens everywhere also listens on the loopback address."""
    listens_on = ipaddress.ip_address(settings.listens_on)
    if listens_on.is_unspecified:
        return HOST
    return f"[{listens_on}]" if listens_on.version == 6 else str(listens_on)


def _port(settings: Settings, text: Messages) -> Examined:
    is_v6 = _dialled(settings).startswith("[")
    with socket.socket(socket.AF_INET6 if is_v6 else socket.AF_INET) as probe:
        probe.settimeout(2)
        taken = probe.connect_ex((_dialled(settings).strip("[]"), settings.port)) == 0
    if not taken:
        return Examined(text("doctor.port"), True, text("doctor.free", port=settings.port))
    ours = is_meelezer(settings)
    return Examined(text("doctor.port"), ours, text("doctor.running" if ours else "doctor.taken", port=settings.port))
