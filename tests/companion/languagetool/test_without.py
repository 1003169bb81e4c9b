"""No Java, no jars, a changed jar, switched off, no answer: everything else works, and the reason says what to do."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from meelezer.core.engine import Engine
from meelezer.languagetool import jars, java, spelling
from meelezer.languagetool.errors import ProofreadingError
from meelezer.languagetool.proofreading import Proofreader, locate
from meelezer.languagetool.words import in_words
from meelezer.messages import messages
from meelezer.settings import Settings
from meelezer.tokens import TokenStore
from meelezer.web.factory import create_app


@pytest.fixture
def linked_jars(jars_home: Path, tmp_path: Path) -> Path:
    """A data folder of its own whose jars are links to the real ones."""
    folder = jars.own_folder(tmp_path)
    folder.mkdir(parents=True)
    for path in jars.own_folder(jars_home).glob("*.jar"):
        (folder / path.name).symlink_to(path)
    return tmp_path


def change(data_dir: Path, name: str) -> Path:
    path = jars.own_folder(data_dir) / name
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    return path


def test_unchanged_jars_are_taken(linked_jars: Path):
    assert locate("auto", linked_jars) == str(jars.own_folder(linked_jars) / "*")


def test_a_changed_jar_is_refused_by_name(linked_jars: Path):
    change(linked_jars, "language-nl-6.8.jar")
    it = Proofreader("auto", linked_jars)
    it.start()
    condition = it.settle(60)
    assert (condition.state, condition.reason) == ("off", "jar-changed")
    assert "language-nl-6.8.jar" in str(in_words(condition, messages("nl")))
    assert "meelezer languagetool install" in str(in_words(condition, messages("en")))


def test_a_jar_that_is_not_ours_is_refused_too(linked_jars: Path):
    (jars.own_folder(linked_jars) / "evil.jar").write_bytes(b"PK")
    with pytest.raises(ProofreadingError, match=r"jar-changed .*evil\.jar"):
        locate("auto", linked_jars)


def test_a_missing_jar_is_named(linked_jars: Path):
    (jars.own_folder(linked_jars) / "language-en-6.8.jar").unlink()
    with pytest.raises(ProofreadingError, match=r"jars-missing language-en-6\.8\.jar"):
        locate("auto", linked_jars)


def test_nothing_fetched_says_how_to_fetch_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "none"))
    it = Proofreader("auto", tmp_path)
    it.start()
    condition = it.settle(30)
    assert (condition.state, condition.reason) == ("off", "not-installed")
    assert str(in_words(condition, messages("nl"))).endswith("meelezer languagetool install")


def fake_java(folder: Path, version: str) -> Path:
    path = folder / "bin" / "java"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n")
    path.chmod(0o755)
    return path


def test_java_is_looked_for_in_order_and_old_ones_are_passed_over(tmp_path: Path):
    old, new = fake_java(tmp_path / "old", "1.8.0_292"), fake_java(tmp_path / "new", "21.0.1")
    found = java.find_java({"JAVA_HOME": str(old.parents[1]), "PATH": f"{new.parent}:{os.environ['PATH']}"})
    assert (found.path, found.version) == (str(new), 21)


def test_no_java_is_off_with_what_was_found_and_what_to_do(
    linked_jars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    old = fake_java(tmp_path / "old", "11.0.2")
    monkeypatch.setattr(java, "candidates", lambda _environment: iter([str(tmp_path / "no" / "java"), str(old)]))
    it = Proofreader("auto", linked_jars)
    it.start()
    condition = it.settle(60)
    assert (condition.state, condition.reason, condition.detail) == ("off", "no-java", "Java 11")
    assert "pip install 'meelezer[java]'" in str(in_words(condition, messages("nl")))


def test_without_java_a_dictionary_keeps_spelling_alive(tmp_path: Path):
    assert spelling.is_available()
    it = Proofreader("auto", tmp_path)  # never started, as good as without Java
    for text, language, wrong, better in (
        ("Hoi Marloes, wij hebben het onmiddelijk opgelost. ^Kim", "nl", "onmiddelijk", "onmiddellijk"),
        ("Hi Okafor, we have not recieved it. ^Kim", "en", "recieved", "received"),
    ):
        found = it.proofread(text, language)
        assert found.engine == "spelling"
        (only,) = found.corrections
        assert text[only.start : only.end] == wrong
        assert better in only.replacements
        assert only.message


def test_switched_off_is_off_and_the_api_says_so(engine: Engine, tmp_path: Path):
    tokens = TokenStore(tmp_path)
    app = create_app(
        Settings(data_dir=tmp_path), engine=engine, tokens=tokens, proofreader=Proofreader("off", tmp_path)
    )
    headers = {"Authorization": f"Bearer {tokens.own_token()}"}
    answer = app.test_client().post("/v1/proofreadings", json={"text": "Hoi", "language": "nl"}, headers=headers)
    assert (answer.status_code, answer.json["error"]["code"]) == (503, "languagetool-off")
    health = app.test_client().get("/v1/health").json
    assert health["languagetool"] == "off"
    assert "languagetool = off" in health["reason"]
    # The tone does not miss it.
    body = {"draft": {"text": "Dat had u moeten lezen."}, "language": "nl"}
    assert app.test_client().post("/v1/analyses", json=body, headers=headers).json["warnings"]


def test_an_address_where_nothing_answers_is_said(tmp_path: Path):
    with socket.socket() as taken:  # bound, never listening
        taken.bind(("127.0.0.1", 0))
        it = Proofreader(f"http://127.0.0.1:{taken.getsockname()[1]}", tmp_path)
        with pytest.raises(ProofreadingError, match="no-answer http://127"):
            it.proofread("Hallo daar.", "nl")
        assert it.condition.state == "off"
        assert "http://127.0.0.1" in str(in_words(it.condition, messages("nl")))
