"""The real LanguageTool, started once for all tests of a run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from meelezer.languagetool.jars import own_folder, verify
from meelezer.languagetool.proofreading import Proofreader, languagetool_folder

SETTLES_WITHIN = 300.0


@pytest.fixture(scope="session")
def jars_home() -> Path:
    """The folder that `dev.py setup` fetched LanguageTool into."""
    folder = languagetool_folder(
        Path(os.environ.get("MEELEZER_DATA_DIR") or platformdirs.user_data_path("meelezer", appauthor=False))
    )
    verify(own_folder(folder))  # fails with what to do: `python3 dev.py setup`
    return folder


@pytest.fixture(scope="session")
def proofreader(jars_home: Path) -> Iterator[Proofreader]:
    """A proofreader with LanguageTool warm."""
    it = Proofreader("auto", jars_home)
    it.start()
    try:
        assert it.settle(SETTLES_WITHIN).state == "ready", it.condition
        yield it
    finally:
        it.stop()
