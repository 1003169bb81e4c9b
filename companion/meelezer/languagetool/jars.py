"""The jars of LanguageTool that Meelezer runs, each with the SHA-256 it must have.

Maven and jgo check what they download, but not what already lies in their cache: a changed jar is copied without a word.
So every jar is checked here, before each first start.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from meelezer.languagetool.errors import ProofreadingError

VERSION = "6.8"
DATA = Path(__file__).parent / "data"


@cache
def pinned() -> Mapping[str, str]:
    """Return file name -> SHA-256 (hex) of every jar of LanguageTool `VERSION` that is needed for Dutch and English."""
    lines = (DATA / "jars.sha256").read_text("ascii").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines if line.strip())}


def own_folder(data_dir: Path) -> Path:
    """Return where Meelezer keeps its jars."""
    return data_dir / "languagetool" / VERSION


def verify(folder: Path) -> None:
    """Check every jar in `folder`. Raises ProofreadingError, naming the first jar that is missing, changed or not ours."""
    if not folder.is_dir():
        raise ProofreadingError("not-installed", str(folder))
    there = {path.name: path for path in folder.glob("*.jar")}
    for name, digest in pinned().items():
        path = there.pop(name, None)
        if path is None:
            raise ProofreadingError("jars-missing", name)
        if _digest(path) != digest:
            raise ProofreadingError("jar-changed", str(path))
    if there:  # everything in the folder goes onto the class path
        raise ProofreadingError("jar-changed", str(next(iter(there.values()))))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def class_path(folder: Path) -> str:
    """Return the Java class path of an installed LanguageTool: the jars, wherever in `folder` its packaging puts them.

    Raises ProofreadingError where there is no server among them.
    """
    for candidate in (folder, folder / "libs"):
        if any(candidate.glob("languagetool-server*.jar")):
            return str(candidate / "*")
    raise ProofreadingError("jars-missing", str(folder / "languagetool-server.jar"))
