"""Gets LanguageTool's jars from the package registries, once; only when a person asks for it (`meelezer languagetool install`, `dev.py`).

In order: Maven where it is present, jgo (pure Python) where it is not, language-tool-python's own verified download.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from meelezer.languagetool.errors import ProofreadingError
from meelezer.languagetool.jars import DATA, VERSION, own_folder, pinned, verify

_PATIENCE = 900
"""Seconds for one way of fetching 89 MB."""

Say = Callable[[str], None]


def fetch(data_dir: Path, say: Say) -> Path | None:
    """Return the folder with the checked jars, fetched where they are not there yet.

    None: language-tool-python fetched a LanguageTool of its own, into its own cache. `say` is told which way is tried.
    Raises ProofreadingError with what every way answered.
    """
    folder = own_folder(data_dir)
    try:
        verify(folder)
        return folder
    except ProofreadingError:
        shutil.rmtree(folder, ignore_errors=True)
    answers = []
    for name, way in (("maven", _with_maven), ("jgo", _with_jgo)):
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that it is put in place in one step: killed half way, nothing half is left there.
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="fetching-") as work:
            try:
                jars = way(Path(work), say)
                if jars is None:
                    continue
                verify(jars)
                jars.replace(folder)
                return folder
            except (ProofreadingError, OSError, subprocess.SubprocessError) as error:
                answers.append(f"{name}: {error}")
    try:
        say("language-tool-python")
        _own_download()
        return None
    except Exception as error:  # whatever it throws (network, checksum, disk), the person must read all three answers
        answers.append(f"language-tool-python: {type(error).__name__}")
    raise ProofreadingError("not-fetched", "; ".join(answers))


def _run(words: list[str | Path], cwd: Path) -> None:
    done = subprocess.run(  # noqa: S603 - a fixed command
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, timeout=_PATIENCE, check=False
    )
    if done.returncode:
        lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise ProofreadingError("not-fetched", lines[-1][:200] if lines else f"exit {done.returncode}")


def _with_maven(work: Path, say: Say) -> Path | None:
    maven = shutil.which("mvn")
    if maven is None:
        return None
    say("Maven")
    jars = work / "jars"
    options: list[str | Path] = [
        "-q",
        "-B",
        "-C",
        "-f",
        DATA / "pom.xml",
        "dependency:copy-dependencies",
        "-DincludeScope=runtime",
    ]
    _run([maven, *options, f"-DoutputDirectory={jars}"], work)
    return jars


def _with_jgo(work: Path, say: Say) -> Path | None:
    if importlib.util.find_spec("jgo") is None:
        return None
    say("jgo")
    shutil.copy(DATA / "jgo.toml", work / "jgo.toml")
    options: list[str | Path] = [
        "--resolver",
        "python",
        "--system-java",
        "--repo-cache",
        work / "repository",
        "--timeout",
        "60",
        "sync",
    ]
    _run([sys.executable, "-m", "jgo", *options], work)
    jars = work / "jars"
    jars.mkdir()
    # jgo sorts them into plain jars and Java modules; the class path wants both.
    for path in (*(work / "env" / "jars").glob("*.jar"), *(work / "env" / "modules").glob("*.jar")):
        if path.name in pinned():
            os.replace(path, jars / path.name)  # noqa: PTH105
    return jars


def _own_download() -> None:
    from language_tool_python.download_lt import LocalLanguageTool

    LocalLanguageTool.from_version_name(VERSION).download()
