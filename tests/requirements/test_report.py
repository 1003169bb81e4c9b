"""The page about the requirements is fresh, and no test names a number that does not exist."""

from __future__ import annotations

import tomllib

from tests.requirements.report import HERE, PAGE, page, proofs_by_number


def known() -> set[str]:
    return set(tomllib.loads((HERE / "requirements.toml").read_text("utf-8"))["requirements"])


def test_the_page_is_fresh():
    assert PAGE.read_text("utf-8") == page(), "run: python3 dev.py generate"


def test_every_number_exists():
    assert set(proofs_by_number()) <= known()
    assert len(known()) == 91
