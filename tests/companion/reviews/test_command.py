"""`meelezer reviews`, as a user starts it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.companion.reviews.asked import PLAIN, asked
from tests.companion.test_cli import meelezer

from meelezer.reviews.database import Database
from meelezer.reviews.store import Reviews


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def review_id(folder: Path) -> str:
    database = Database(folder / "data")
    reviews = Reviews(database)
    review, _ = reviews.ask(PLAIN)
    reviews.ask(asked(key="k-2", writer="Tom"))
    database.close()
    return review.id


@pytest.mark.parametrize(("locale", "words"), [("nl", "Er is nog niets"), ("en", "Nothing has been sent")])
def test_nothing_yet(folder: Path, locale: str, words: str) -> None:
    done = meelezer("reviews", "list", folder=folder, locale=locale)
    assert (done.returncode, done.stderr) == (0, b"")
    assert words in done.stdout.decode()
    assert not (folder / "data").exists()


def test_list_and_export_and_erase(folder: Path, review_id: str) -> None:
    lines = meelezer("reviews", "list", folder=folder).stdout.decode().splitlines()
    assert len(lines) == 2
    assert review_id in "".join(lines)
    one = json.loads(meelezer("reviews", "export", review_id, folder=folder).stdout)
    assert (one["draft"], one["complaint"]["text"]) == (PLAIN.text, PLAIN.complaint)
    assert len(meelezer("reviews", "export", "all", folder=folder).stdout.splitlines()) == 2
    refused = meelezer("reviews", "erase", review_id, "--yes", folder=folder)
    assert (refused.returncode, "nog niet beantwoord" in refused.stderr.decode()) == (2, True)
    why = ("--reason", "De klant vroeg erom.")
    kept = meelezer("reviews", "erase", review_id, *why, stdin="n\n", folder=folder)
    assert kept.returncode == 1
    assert len(meelezer("reviews", "list", folder=folder).stdout.splitlines()) == 2
    assert meelezer("reviews", "erase", review_id, "--yes", *why, folder=folder).returncode == 0
    assert review_id not in meelezer("reviews", "list", folder=folder).stdout.decode()
    again = meelezer("reviews", "erase", review_id, "--yes", folder=folder)
    assert (again.returncode, "bestaat niet" in again.stderr.decode()) == (2, True)


def test_backup_never_writes_over_a_file(folder: Path, review_id: str) -> None:
    target = folder / "copy.sqlite3"
    assert meelezer("reviews", "backup", str(target), folder=folder).returncode == 0
    copied = Database(folder / "elsewhere")
    copied.path.parent.mkdir()
    target.rename(copied.path)
    assert Reviews(copied).get(review_id).complaint == PLAIN.complaint
    target.write_text("mine")
    done = meelezer("reviews", "backup", str(target), folder=folder)
    assert done.returncode == 2
    assert str(target) in done.stderr.decode()
    assert target.read_text() == "mine"


def test_what_is_wrong_is_said_in_words(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "reviews.sqlite3").write_bytes(b"holiday pictures" * 100)
    for command in (("list",), ("export", "x"), ("sweep",)):
        done = meelezer("reviews", *command, folder=folder, locale="en")
        assert done.returncode == 2
        assert "cannot be used" in done.stderr.decode()
        assert b"Traceback" not in done.stderr
    assert "cannot be used" in meelezer("doctor", folder=folder, locale="en").stdout.decode()
    wrong = meelezer("reviews", "list", "--database", "mysql://x/y", folder=folder)
    assert (wrong.returncode, b"Traceback" in wrong.stderr) == (2, False)


def test_doctor_counts(folder: Path, review_id: str) -> None:
    assert "2 beoordeling(en)" in meelezer("doctor", folder=folder).stdout.decode()


def test_serve_refuses_an_address_that_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEELEZER_DATABASE", "mysql://x/y")
    done = meelezer("serve", "--port", "0", folder=folder, locale="en")
    assert done.returncode == 2
    assert "postgresql://" in done.stderr.decode()
