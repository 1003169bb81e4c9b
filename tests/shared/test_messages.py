"""Interface texts: the same keys in the same order, the same gaps, in both languages."""

from __future__ import annotations

import string
import tomllib
from pathlib import Path

import pytest

from meelezer.core.catalogue import shared_directory

PAIRS = [
    (folder / "nl.toml", folder / "en.toml")
    for folder in (shared_directory() / "messages", shared_directory() / "messages" / "companion")
]


def keys(table: dict, prefix: str = "") -> list[str]:
    found = []
    for key, value in table.items():
        found += keys(value, f"{prefix}{key}.") if isinstance(value, dict) else [prefix + key]
    return found


def value(table: dict, key: str) -> str:
    for part in key.split("."):
        table = table[part]
    return table


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("nl", "en"), PAIRS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_languages_match(nl: Path, en: Path):
    tables = [tomllib.loads(path.read_text("utf-8")) for path in (nl, en)]
    assert keys(tables[0]) == keys(tables[1])
    for key in keys(tables[0]):
        assert value(tables[0], key).strip()
        assert value(tables[1], key).strip()
        assert gaps(value(tables[0], key)) == gaps(value(tables[1], key)), key
