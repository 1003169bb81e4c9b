"""Docs are output: what the program writes is never stale."""

from __future__ import annotations

from meelezer.documentation import PAGE, checks_page


def test_checks_page_is_fresh():
    assert PAGE.read_text("utf-8") == checks_page(), "run: python3 dev.py generate"
