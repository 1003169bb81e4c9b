"""The command line, as a user starts it: real processes, real files, real pipes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest


def meelezer(
    *words: str, stdin: str | bytes = b"", folder: Path, locale: str = "nl", languagetool: str = "off"
) -> subprocess.CompletedProcess[bytes]:
    environment = {
        **os.environ,
        "XDG_CONFIG_HOME": str(folder),
        "MEELEZER_DATA_DIR": str(folder / "data"),
        "MEELEZER_LOCALE": locale,
        "MEELEZER_LANGUAGETOOL": languagetool,  # tests/companion/languagetool has the real one
    }
    raw = stdin.encode() if isinstance(stdin, str) else stdin
    return subprocess.run(
        [sys.executable, "-m", "meelezer", *words],
        input=raw,
        capture_output=True,
        env=environment,
        timeout=60,
        check=False,
    )


def test_check_prints_for_people(tmp_path: Path):
    draft, complaint = tmp_path / "draft.txt", tmp_path / "complaint.txt"
    draft.write_text("Beste Lisa,\nDat had u moeten lezen.\nGroet, Noor", "utf-8")
    complaint.write_text("Waar blijft mijn jurk?", "utf-8")
    done = meelezer("check", "--draft", str(draft), "--complaint", str(complaint), folder=tmp_path)
    assert done.returncode == 1
    assert "2:5  LET OP  Dit kan als een verwijt overkomen" in done.stdout.decode()
    assert "1 opmerking(en)." in done.stdout.decode()


def test_check_says_what_is_asked_for_and_suggests_a_reply(tmp_path: Path):
    draft, complaint = tmp_path / "draft.txt", tmp_path / "complaint.txt"
    draft.write_text("Beste Lisa,\nDat had u moeten lezen.\nGroet, Noor", "utf-8")
    complaint.write_text("Al drie weken wacht ik op mijn jurk, waar blijft hij?", "utf-8")
    done = meelezer("check", "--draft", str(draft), "--complaint", str(complaint), "--suggest", folder=tmp_path)
    out = done.stdout.decode()
    assert done.returncode == 1
    assert "Deze klacht vraagt ook om: " in out
    suggestion = out.split("Een heel antwoord om van te beginnen:")[1].strip()
    assert suggestion.startswith("Beste Lisa,")
    assert suggestion.endswith("Groet, Noor")
    assert "moeten lezen" not in suggestion


def test_check_names_the_rules_of_the_site(tmp_path: Path):
    draft = tmp_path / "draft.txt"
    draft.write_text("Dag Femke, ik zoek het vandaag uit. Mail mij op noor@visbar.nl. Groet, Noor", "utf-8")
    done = meelezer("check", "--draft", str(draft), "--platform", "tripadvisor", folder=tmp_path)
    assert "Tripadvisor: Geen e-mailadres, maar hier staat “noor@visbar.nl”." in done.stdout.decode()
    done = meelezer("check", "--draft", str(draft), "--platform", "tripadvisor", "--locale", "en", folder=tmp_path)
    assert "Tripadvisor: No e-mail address, yet here is “noor@visbar.nl”." in done.stdout.decode()


def test_check_of_a_fine_draft(tmp_path: Path):
    done = meelezer(
        "check",
        "--draft",
        "-",
        stdin="Hi Lisa, I'm sorry we kept you waiting. I'm sending it today. Sam",
        folder=tmp_path,
        locale="en",
    )
    assert (done.returncode, done.stdout.decode()) == (0, "Nothing found.\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "is niet te lezen: No such file"),
        (b"\xff\xfe", "is geen tekst in UTF-8"),
        (b" \n", "Er staat niets in"),
        (b"a" * 20_001, "langer dan 20000"),
    ],
)
def test_check_of_a_bad_file(tmp_path: Path, content: bytes | None, message: str):
    path = tmp_path / "draft.txt"
    if content is not None:
        path.write_bytes(content)
    done = meelezer("check", "--draft", str(path), folder=tmp_path)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_analyse_answers_line_by_line(tmp_path: Path):
    lines = [
        json.dumps({"draft": {"text": "Dat had u moeten lezen 😀. Tom"}, "language": "nl"}),
        "geen json",
        "",
        json.dumps({"draft": {"text": "Prima"}, "extra": 1}),
        json.dumps({"complaint": {"text": "Waar blijft mijn pakket?"}}),
    ]
    done = meelezer("analyse", stdin="\n".join(lines), folder=tmp_path)
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 1
    assert answers[0]["warnings"][0]["check"] == "finger-pointing"
    assert [answer["error"]["code"] for answer in answers[1:3]] == ["not-json", "unknown-key"]
    assert answers[3]["warnings"] == []


def test_analyse_of_good_lines_ends_well(tmp_path: Path):
    assert meelezer("analyse", stdin='{"draft": {"text": "Prima"}}\n', folder=tmp_path).returncode == 0


def test_token_is_made_once_and_kept_private(tmp_path: Path):
    first, second = (meelezer("token", folder=tmp_path).stdout for _ in range(2))
    assert first == second
    assert len(first.strip()) >= 40
    assert (tmp_path / "data" / "tokens.json").stat().st_mode & 0o077 == 0
    assert meelezer("token", "--new", folder=tmp_path).stdout != first


def test_token_with_a_spoilt_file(tmp_path: Path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "tokens.json").write_text("{")
    done = meelezer("token", folder=tmp_path)
    assert done.returncode == 2
    assert "remove the file to start afresh" in done.stderr.decode()


def test_explain(tmp_path: Path):
    done = meelezer("explain", "sarcasm", folder=tmp_path, locale="en")
    assert done.returncode == 0
    assert "Gives no remark:" in done.stdout.decode()
    assert "Source:" in done.stdout.decode()
    assert meelezer("explain", "humour", folder=tmp_path).returncode == 2


def test_doctor(tmp_path: Path):
    done = meelezer("doctor", "--port", "0", folder=tmp_path)
    assert "✓ Catalogus" in done.stdout.decode()
    assert done.returncode == 0, done.stdout.decode()


def test_doctor_says_that_languagetool_is_not_there_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LTP_PATH", str(tmp_path / "none"))
    monkeypatch.setenv("MEELEZER_LANGUAGETOOL_DIR", str(tmp_path / "nothing"))
    done = meelezer("doctor", "--port", "0", folder=tmp_path, languagetool="auto")
    out = done.stdout.decode()
    assert done.returncode == 1
    assert "✗ Spelling en grammatica (LanguageTool): LanguageTool is niet opgehaald." in out
    assert "meelezer languagetool install" in out


class Served:
    """A companion in a process of its own."""

    def __init__(self, folder: Path, port: int = 0) -> None:
        environment = {
            **os.environ,
            "MEELEZER_DATA_DIR": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder),
            "MEELEZER_LANGUAGETOOL": "off",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "meelezer", "serve", "--port", str(port)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment,
        )  # fmt: skip
        assert self.process.stdout
        self.first = self.process.stdout.readline()
        self.address = self.first.split()[3] if "http" in self.first else ""

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)


def test_serve_answers_on_this_device_only(tmp_path: Path):
    with Served(tmp_path) as served:
        assert served.address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{served.address}/v1/health", timeout=10) as answer:
            assert json.load(answer)["service"] == "meelezer"


def test_a_second_companion_on_the_port_says_so(tmp_path: Path):
    with Served(tmp_path) as served:
        port = served.address.rsplit(":", 1)[1]
        done = meelezer("serve", "--port", port, folder=tmp_path)
    assert done.returncode == 2
    assert "Meelezer draait al op" in done.stderr.decode()


def test_a_port_taken_by_another_program(tmp_path: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = meelezer("serve", "--port", str(other.getsockname()[1]), folder=tmp_path)
    assert done.returncode == 2
    assert "bezet door een ander programma" in done.stderr.decode()


def test_a_data_folder_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "data").write_text("a file where the folder should be")
    done = meelezer("token", folder=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr.decode()
