"""What the doctor says about a companion that a team shares."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.companion.reviews.test_people import SECRET, _quick  # noqa: F401 - a fixture
from tests.companion.test_cli import meelezer
from tests.companion.web.certificates import make_certificate
from tests.companion.web.oidc_provider import CLIENT_ID, CLIENT_SECRET, Provider
from tests.postgres import Postgres

from meelezer import doctor
from meelezer.doctor import Examined
from meelezer.doctor_team import examine_team
from meelezer.messages import messages
from meelezer.reviews.database import Database
from meelezer.reviews.people import People
from meelezer.settings import Settings
from meelezer.web import team_parts

PUBLIC = "https://meelezer.example"


def examined(folder: Path, language: str = "en", **settings: Any) -> dict[str, Examined]:
    text = messages("nl" if language == "nl" else "en")
    found = list(examine_team(Settings(data_dir=folder, team=True, **{"public_url": PUBLIC, **settings}), text))
    return {each.subject.removeprefix("Team: "): each for each in found}


def with_people(folder: Path, address: str = "") -> None:
    database = Database(folder, address)
    people = People(database)
    for name, role in (("Ada", "admin"), ("Bob", "writer"), ("Gone", "admin")):
        people.accept(people.invite(name, role, "test", "test"), name, SECRET)
    people.deactivate("gone", "Ada", "test")
    database.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_is_well_behind_a_proxy(tmp_path: Path, language: str) -> None:
    with_people(tmp_path)
    found = examined(tmp_path, language)
    assert all(each.fine for each in found.values()), found
    told = " ".join(each.outcome for each in found.values())
    assert str(tmp_path / "reviews.sqlite3") in told
    assert PUBLIC in told
    assert {"nl": "2 mensen, van wie 1 beheerder(s)", "en": "2 people, of whom 1 admin(s)"}[language] in told
    assert not any("organisa" in subject for subject in found)  # not set, not spoken of


def test_without_people_it_says_how_to_begin(tmp_path: Path) -> None:
    found = examined(tmp_path)
    assert not found["people"].fine
    assert "meelezer team invite NAME --role admin" in found["people"].outcome
    assert list(tmp_path.iterdir()) == []  # looking makes nothing


def test_where_the_database_is_and_that_it_is_away(tmp_path: Path, postgres: Postgres) -> None:
    address = postgres.new_database()
    with_people(tmp_path, address)
    assert examined(tmp_path, database=address)["people"].fine
    away = examined(tmp_path, database="postgresql://me:geheim@127.0.0.1:9/none")
    assert not away["database"].fine
    assert "geheim" not in str(away)
    assert "people" not in away


@pytest.mark.parametrize(
    ("settings", "fine", "told"),
    [
        ({"public_url": ""}, False, "only this device can come in"),
        ({"public_url": "http://meelezer.example"}, False, "passwords would travel readable"),
        ({"public_url": PUBLIC}, True, PUBLIC),
    ],
)
def test_the_address(tmp_path: Path, settings: dict[str, str], fine: bool, told: str) -> None:
    found = examined(tmp_path, **settings)["public_url"]
    assert (found.fine, told in found.outcome) == (fine, True)


def test_whether_others_can_reach_it(tmp_path: Path) -> None:
    assert "only a proxy on this device" in examined(tmp_path)["listens on"].outcome
    assert "0.0.0.0: others can reach it" in examined(tmp_path, host="0.0.0.0")["listens on"].outcome


def test_the_certificate(tmp_path: Path) -> None:
    until = datetime.now(UTC) + timedelta(days=20, hours=1)
    files = make_certificate(tmp_path / "tls", "meelezer.example", not_after=until)
    known = {"certificate": files.certificate, "key": files.key}
    fine = examined(tmp_path, **known)["certificate"]
    assert (fine.fine, fine.outcome) == (True, f"valid until {until.astimezone():%Y-%m-%d} (20 days)")
    other = examined(tmp_path, **known, public_url="https://other.example")["certificate"]
    assert (other.fine, other.outcome) == (
        False,
        "is for meelezer.example, not for other.example; browsers will refuse it",
    )
    files.key.unlink()
    gone = examined(tmp_path, **known)["certificate"]
    assert (gone.fine, str(files.key) in gone.outcome) == (False, True)
    assert examined(tmp_path)["certificate"].fine


def test_the_organisation(tmp_path: Path) -> None:
    provider = Provider()
    known = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT_ID, "oidc_client_secret": CLIENT_SECRET}
    name = "login through the organisation"
    found = examined(tmp_path, **known)
    assert (found[name].fine, found[name].outcome) == (True, provider.issuer)
    assert CLIENT_SECRET not in str(found)
    provider.told = lambda told: {**told, "issuer": "https://evil.example"}
    odd = examined(tmp_path, **known)[name]
    assert (odd.fine, f"issuer is not {provider.issuer}" in odd.outcome) == (False, True)
    provider.stop()
    away = examined(tmp_path, **known)[name]
    assert (away.fine, "does not answer" in away.outcome) == (False, True)
    secret = {**known, "oidc_client_secret": "", "oidc_client_secret_file": tmp_path / "none"}
    assert "cannot be read" in examined(tmp_path, **secret)[name].outcome


def test_a_package_that_is_missing_is_all_there_is_to_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(team_parts, "find_spec", lambda name: None if name == "argon2" else object())
    (only,) = examined(tmp_path, "nl").values()
    assert (only.fine, "pip install 'meelezer[team]'" in only.outcome) == (False, True)


def test_the_doctor_looks_where_the_team_listens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.2", 0)) as other:
        port = other.getsockname()[1]
        text = messages("en")
        assert not doctor._port(Settings(port=port, team=True, host="127.0.0.2"), text).fine
        assert doctor._port(Settings(port=port), text).fine


def test_on_the_command_line(tmp_path: Path) -> None:
    alone = meelezer("doctor", "--port", "0", folder=tmp_path, locale="en")
    assert (alone.returncode, "Team:" in alone.stdout.decode()) == (0, False)
    shared = meelezer("doctor", "--port", "0", "--team", folder=tmp_path, locale="en")
    assert shared.returncode == 1
    assert "✗ Team: people: there is no admin" in shared.stdout.decode()
    assert "✓ Team: packages: fine" in shared.stdout.decode()
