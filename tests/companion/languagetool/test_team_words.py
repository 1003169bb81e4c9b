"""`dictionary.txt` in the data folder: words that are right for everybody here."""

from __future__ import annotations

import os
from pathlib import Path

from meelezer.languagetool.proofreading import Proofreader
from meelezer.languagetool.team_words import FILE_NAME, TeamWords


def test_its_words_are_right_for_everybody(tmp_path: Path):
    it = Proofreader("auto", tmp_path)  # not started: the dictionary reads, the words count all the same
    text = "Onze flubberzwop is er weer."
    assert len(it.proofread(text, "nl").corrections) == 1
    (tmp_path / FILE_NAME).write_text("# producten\nFlubberzwop  # de grote\n\n", "utf-8")
    assert it.proofread(text, "nl").corrections == ()


def test_a_changed_file_is_read_again_and_a_bad_one_is_none(tmp_path: Path):
    path, words = tmp_path / FILE_NAME, TeamWords(tmp_path)
    assert words.now() == frozenset()
    path.write_text("een\n", "utf-8")
    assert words.now() == {"een"}
    path.write_text("een\ntwee\n", "utf-8")
    assert words.now() == {"een", "twee"}
    path.write_bytes(b"\xff\xfe\x00")
    assert words.now() == frozenset()
    path.unlink()
    os.mkdir(path)  # noqa: PTH102
    assert words.now() == frozenset()
