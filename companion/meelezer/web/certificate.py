"""A team's own certificate: whether its two files can be used, until when, and for which names."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key


class CertificateError(Exception):
    """A certificate that cannot be used. `kind` is the key of its text; `path` and `reason` go into it."""

    def __init__(self, kind: str, path: Path, reason: str = "") -> None:
        """Take the kind: missing, unreadable, odd_certificate, odd_key, locked_key, other_key, expired, early or unusable."""
        super().__init__(f"{kind}: {path}")
        self.kind, self.path, self.reason = kind, path, reason


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its key, which fit together."""

    path: Path
    key: Path
    valid_until: datetime
    names: tuple[str, ...]

    def is_for(self, host: str) -> bool:
        """Say whether browsers accept it for this name or IP address."""
        host = host.casefold()
        return any(
            name == host or (name.startswith("*.") and name[2:] == host.partition(".")[2]) for name in self.names
        )

    def context(self) -> ssl.SSLContext:
        """Return what a server speaks TLS with: 1.2 and newer. Raises CertificateError."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        try:
            context.load_cert_chain(self.path, self.key)
        except (OSError, ssl.SSLError) as error:
            raise CertificateError(
                "unusable", self.path, getattr(error, "reason", None) or type(error).__name__
            ) from None
        return context


def read_certificate(path: Path, key: Path, now: datetime | None = None) -> Certificate:
    """Return the certificate in `path` with the key in `key`. Raises CertificateError."""
    moment = now or datetime.now(UTC)
    try:
        leaf = x509.load_pem_x509_certificates(_bytes_of(path))[0]
    except ValueError:
        raise CertificateError("odd_certificate", path) from None
    try:
        public = load_pem_private_key(_bytes_of(key), password=None).public_key()
    except TypeError:
        raise CertificateError("locked_key", key) from None
    except (ValueError, UnsupportedAlgorithm):
        raise CertificateError("odd_key", key) from None
    plain = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    try:
        is_its_own = public.public_bytes(*plain) == leaf.public_key().public_bytes(*plain)
    except (ValueError, UnsupportedAlgorithm):
        raise CertificateError("odd_certificate", path) from None
    if not is_its_own:
        raise CertificateError("other_key", key)
    if moment >= leaf.not_valid_after_utc:
        raise CertificateError("expired", path, f"{leaf.not_valid_after_utc.astimezone():%Y-%m-%d %H:%M}")
    if moment < leaf.not_valid_before_utc:
        raise CertificateError("early", path, f"{leaf.not_valid_before_utc.astimezone():%Y-%m-%d %H:%M}")
    found = Certificate(path, key, leaf.not_valid_after_utc, _names(leaf))
    found.context()
    return found


def stamp_of(*files: Path) -> tuple[tuple[int, int, int] | None, ...]:
    """Return what changes when one of `files` is written, replaced or taken away."""
    return tuple(_stamp(each) for each in files)


def _stamp(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise CertificateError("missing", path) from None
    except OSError as error:
        raise CertificateError("unreadable", path, error.strerror or "") from None


def _names(leaf: x509.Certificate) -> tuple[str, ...]:
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    addresses = names.get_values_for_type(x509.IPAddress)
    return (*(each.casefold() for each in names.get_values_for_type(x509.DNSName)), *map(str, addresses))
