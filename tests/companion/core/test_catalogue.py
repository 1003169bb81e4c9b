"""A bad file is refused by its name, the key and the reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from meelezer.core.catalogue import CatalogueError, load_catalogue, shared_directory


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    for name in ("lexicon", "checks"):
        shutil.copytree(shared_directory() / name, tmp_path / name)
    shutil.copy(shared_directory() / "platform-rules.toml", tmp_path)
    return tmp_path


def test_good_catalogue_loads(shared: Path):
    assert {check.id for check in load_catalogue(shared).checks} >= {
        "sarcasm",
        "finger-pointing",
        "anonymity",
        "defensiveness",
    }


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ('level      = "warn"', 'level      = "loud"', "level", "'loud' is not one of"),
        ('id         = "sarcasm"', 'id         = "irony"', "id", "must be the file's name"),
        ('detector   = "patterns"', 'detector   = "magic"', "detector", "'magic' is not one of"),
        ("[title]\n", "[titel]\n", "file", "'titel' was unexpected"),
        ("{your}", "{yours}", "families.mock-praise.nl.0", "no word list {yours}"),
        ("(?:wat |hoe ", "((?:wat |hoe ", "families.mock-praise.nl.0", "unterminated"),
        ("[source]", "[source", "file", "is not valid TOML"),
    ],
)
def test_bad_check_is_refused(shared: Path, old: str, new: str, key: str, reason: str):
    path = shared / "checks" / "sarcasm.toml"
    text = path.read_text("utf-8")
    assert old in text or old == "{your}"
    text = text.replace("'(?:wat |hoe ", "'{yours} (?:wat |hoe ", 1) if old == "{your}" else text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    with pytest.raises(CatalogueError) as refused:
        load_catalogue(shared)
    assert (refused.value.path.name, refused.value.key) == ("sarcasm.toml", key)
    assert reason in str(refused.value)


def test_check_that_is_not_text_is_refused(shared: Path):
    (shared / "checks" / "sarcasm.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CatalogueError, match=r"sarcasm\.toml: file: is not UTF-8"):
        load_catalogue(shared)


def test_check_without_a_language_is_refused(shared: Path):
    path = shared / "checks" / "anonymity.toml"
    text = path.read_text("utf-8")
    start, end = text.index("[examples.en]"), text.index("[rewrites]")
    path.write_text(text[:start] + text[end:], "utf-8")
    with pytest.raises(CatalogueError, match=r"anonymity\.toml: examples: has nothing for 'en'"):
        load_catalogue(shared)


def test_bad_word_list_is_refused(shared: Path):
    (shared / "lexicon" / "nl.toml").write_text('you = "u"\n', "utf-8")
    with pytest.raises(CatalogueError, match=r"nl\.toml: you: must be a list of words"):
        load_catalogue(shared)
