"""A client of the application, with a token, on a data folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient

from meelezer.core.engine import Engine
from meelezer.settings import Settings
from meelezer.tokens import Pairing, TokenStore
from meelezer.web.factory import create_app


class Companion:
    """The application with its parts, so that a test can look behind it."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.folder = folder
        self.tokens, self.pairing, self.announced = TokenStore(folder), Pairing(), []
        settings = Settings(data_dir=folder)
        self.app: APIFlask = create_app(
            settings, engine=engine, tokens=self.tokens, pairing=self.pairing, announce_code=self.announced.append
        )
        self.client: FlaskClient = self.app.test_client()
        self.headers = {"Authorization": f"Bearer {self.tokens.own_token()}"}

    def get(self, path: str, **headers: str):
        return self.client.get(path, headers={**self.headers, **headers})

    def post(self, path: str, body: object):
        return self.client.post(path, json=body, headers=self.headers)

    def analyse(self, body: object, **headers: str):
        return self.client.post("/v1/analyses", json=body, headers={**self.headers, **headers})


@pytest.fixture
def companion(engine: Engine, tmp_path: Path) -> Companion:
    return Companion(engine, tmp_path / "data")
