"""What seeds 001 and 003 ask of the playbook. That it prints on one sheet is seen in tests/e2e/test_companion_pages.py."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from meelezer.core.engine import Engine
from meelezer.playbook import FILE_NAME, PlaybookFile, read_playbook, shipped_text
from meelezer.settings import Settings
from meelezer.tokens import TokenStore
from meelezer.web.factory import create_app

SHIPPED = read_playbook(shipped_text())
QUOTED = 'een "woord" met \\ en é'


def client_on(engine: Engine, folder: Path) -> tuple[FlaskClient, dict[str, str]]:
    """A companion on a data folder of its own, and what proves that one may ask it."""
    tokens = TokenStore(folder)
    app = create_app(Settings(data_dir=folder), engine=engine, tokens=tokens)
    return app.test_client(), {"Authorization": f"Bearer {tokens.own_token()}"}


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> FlaskClient:
    return client_on(engine, tmp_path)[0]


def test_001_3_a_fresh_install_has_a_playbook(tmp_path: Path):
    playbook = PlaybookFile(tmp_path).now()
    assert playbook == SHIPPED
    assert playbook.promise_minutes
    assert len(playbook.standard_replies) >= 5
    for reply in playbook.standard_replies:
        assert reply.title.nl
        assert reply.title.en
        assert reply.text.nl
        assert reply.text.en
    assert not (tmp_path / FILE_NAME).exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ["Antwoord binnen", "60 minuten", "Ik zoek het uit"]), ("en", ["Answer within", "60 minutes", "I am looking into it"])],
)  # fmt: skip
def test_003_22_the_playbook_is_a_page_to_print(client: FlaskClient, language: str, words: list[str]):
    page = client.get(f"/playbook?lang={language}").get_data(as_text=True)
    assert f'<html lang="{language}">' in page
    for each in words:
        assert each in page
    style = client.get("/static/playbook.css").get_data(as_text=True)
    assert "@media print" in style
    assert re.search(r'<form class="screen"', page), "the form is not printed"


def test_003_23_what_one_team_exports_another_imports_unchanged(engine: Engine, tmp_path: Path):
    ours, our_key = client_on(engine, tmp_path / "ours")
    theirs, their_key = client_on(engine, tmp_path / "theirs")
    agreed = {**SHIPPED.model_dump(mode="json"), "promise_minutes": 15, "words": ["Flubberzwop", QUOTED]}
    agreed["contacts"] = [{"name": "Chris", "role": "eigenaar", "reach": None}]
    assert ours.put("/v1/playbook", json=agreed, headers=our_key).status_code == 200
    exported = ours.get("/v1/playbook", headers=our_key).get_json()
    assert exported == agreed
    theirs.put("/v1/playbook", json=exported, headers=their_key)
    assert theirs.get("/v1/playbook", headers=their_key).get_json() == exported
    assert (tmp_path / "ours" / FILE_NAME).read_bytes() == (tmp_path / "theirs" / FILE_NAME).read_bytes()
