"""Certificates made for a test, by an authority made for a test."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import trustme


@dataclass(frozen=True)
class Files:
    """A certificate with its key, and the authority that browsers must know."""

    certificate: Path
    key: Path
    authority: Path


def make_certificate(
    folder: Path, *names: str, not_before: datetime | None = None, not_after: datetime | None = None
) -> Files:
    """Write a certificate for `names` into `folder`."""
    folder.mkdir(exist_ok=True)
    authority = trustme.CA()
    leaf = authority.issue_cert(*(names or ("127.0.0.1", "localhost")), not_before=not_before, not_after=not_after)
    files = Files(folder / "certificate.pem", folder / "key.pem", folder / "authority.pem")
    files.certificate.write_bytes(b"".join(each.bytes() for each in leaf.cert_chain_pems))
    files.key.write_bytes(leaf.private_key_pem.bytes())
    authority.cert_pem.write_to_path(files.authority)
    return files
