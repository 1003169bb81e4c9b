"""What the doctor says about a companion that a team shares."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from meelezer.doctor import Examined
from meelezer.messages import Messages
from meelezer.settings import Settings
from meelezer.web.team_parts import PartMissingError, check_parts


def examine_team(settings: Settings, text: Messages) -> Iterator[Examined]:
    """Yield one outcome after another. No secret is in any of them."""
    try:
        check_parts(settings)
        yield Examined(text("doctor_team.parts"), True, text("doctor.good"))
    except PartMissingError as error:
        told = text("team_command.no_part", part=error.part, package=error.package)
        yield Examined(text("doctor_team.parts"), False, told)
        return
    yield from _people(settings, text)
    is_alone = ipaddress.ip_address(settings.host).is_loopback
    yield Examined(
        text("doctor_team.host"), True, text(f"doctor_team.{'loopback' if is_alone else 'open'}", host=settings.host)
    )
    yield _public_url(settings, text)
    yield _certificate(settings, text)
    if settings.has_organisation:
        yield _organisation(settings, text)


def _people(settings: Settings, text: Messages) -> Iterator[Examined]:
    from meelezer.reviews.command import in_words
    from meelezer.reviews.database import Database, StorageError
    from meelezer.reviews.people import People

    subject = text("doctor_team.database")
    try:
        database = Database(settings.data_dir, settings.database)
        people = People(database).listed()
        database.close()
    except StorageError as error:
        yield Examined(subject, False, in_words(error, text))
        return
    yield Examined(subject, True, text("doctor_team.reachable", where=database.where))
    admins = sum(each.active and each.role == "admin" for each in people)
    told = text("doctor_team.count", people=sum(each.active for each in people), admins=admins)
    yield Examined(text("doctor_team.people"), admins > 0, told if admins else text("doctor_team.no_admin"))


def _public_url(settings: Settings, text: Messages) -> Examined:
    address = settings.public_url
    subject = text("doctor_team.public_url")
    if not address:
        return Examined(subject, False, text("doctor_team.no_public_url"))
    if not settings.is_https:
        return Examined(subject, False, text("doctor_team.not_https", address=address))
    return Examined(subject, True, address)


def _certificate(settings: Settings, text: Messages) -> Examined:
    subject = text("doctor_team.certificate")
    if settings.certificate is None or settings.key is None:
        return Examined(subject, True, text("doctor_team.of_proxy"))
    from meelezer.web.certificate import CertificateError, read_certificate

    try:
        found = read_certificate(settings.certificate, settings.key)
    except CertificateError as error:
        return Examined(subject, False, text(f"certificate.{error.kind}", path=error.path, reason=error.reason))
    name = urlsplit(settings.address).hostname or ""
    if not found.is_for(name):
        return Examined(subject, False, text("doctor_team.other_name", names=", ".join(found.names) or "-", name=name))
    days = (found.valid_until - datetime.now(UTC)).days
    return Examined(
        subject, True, text("doctor_team.valid", until=f"{found.valid_until.astimezone():%Y-%m-%d}", days=days)
    )


def _organisation(settings: Settings, text: Messages) -> Examined:
    from meelezer.web.organisation import Organisation, OrganisationError

    subject = text("doctor_team.organisation")
    try:
        Organisation(settings).provider()
    except OrganisationError as error:
        told = text(f"doctor_team.organisation_{error.kind}", issuer=settings.oidc_issuer, detail=error.detail)
        return Examined(subject, False, told)
    return Examined(subject, True, settings.oidc_issuer)
