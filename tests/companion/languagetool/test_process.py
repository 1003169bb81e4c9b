"""The Java process: killed in the middle, a port that is taken, a companion that is killed. Nothing stays behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from meelezer.languagetool import server
from meelezer.languagetool.errors import ProofreadingError
from meelezer.languagetool.jars import own_folder
from meelezer.languagetool.proofreading import Proofreader

SETTLES_WITHIN = 300.0


def java_below(pid: int) -> list[psutil.Process]:
    return [each for each in psutil.Process(pid).children(recursive=True) if "HTTPServer" in " ".join(each.cmdline())]


@pytest.fixture
def own(jars_home: Path) -> Iterator[Proofreader]:
    it = Proofreader("auto", jars_home)
    yield it
    it.stop()


def test_killed_in_the_middle_of_a_check_gives_a_clear_error_and_starts_again(own: Proofreader):
    before = {each.pid for each in java_below(os.getpid())}
    own.start()
    assert own.settle(SETTLES_WITHIN).state == "ready"
    (java,) = [
        each
        for each in java_below(os.getpid())
        if each.pid not in before and "keeper.py" not in " ".join(each.cmdline())
    ]
    java.suspend()  # so that the check is certainly under way when it is killed
    outcome: list[object] = []

    def check() -> None:
        try:
            outcome.append(own.proofread("Dit is nog nooit gelezen, geheel nieuwe tekst.", "nl"))
        except ProofreadingError as error:
            outcome.append(error)

    checking = threading.Thread(target=check)
    checking.start()
    while not any(each.status == psutil.CONN_ESTABLISHED for each in psutil.Process().net_connections("tcp4")):
        assert checking.is_alive()
    java.kill()
    checking.join(30)
    (error,) = outcome
    assert isinstance(error, ProofreadingError)
    assert error.reason == "stopped-midway"
    with own._server._changed:  # until the death has been noticed
        own._server._changed.wait_for(lambda: own._server._now.state != "ready", 30)
    assert own.settle(SETTLES_WITHIN).state == "ready"
    assert own.proofread("Ik heb het onmiddelijk gedaan.", "nl").corrections[0].replacements == ("onmiddellijk",)
    own.stop()
    assert own.condition.state == "off"
    assert {each.pid for each in java_below(os.getpid())} <= before


def test_a_named_folder_is_run_and_a_port_that_is_taken_is_passed_over(
    jars_home: Path, monkeypatch: pytest.MonkeyPatch
):
    own, free_port = Proofreader(str(own_folder(jars_home)), jars_home), server._free_port
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ports = iter([taken.getsockname()[1]])
        monkeypatch.setattr(server, "_free_port", lambda: next(ports, None) or free_port())
        own.start()
        try:
            assert own.settle(SETTLES_WITHIN).state == "ready"
        finally:
            own.stop()


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of other systems")
def test_a_companion_that_is_killed_leaves_no_java(jars_home: Path, tmp_path: Path):
    environment = {
        **os.environ,
        "MEELEZER_DATA_DIR": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "MEELEZER_LANGUAGETOOL_DIR": str(jars_home),
    }
    companion = subprocess.Popen(
        [sys.executable, "-m", "meelezer", "serve", "--port", "0", "--locale", "en"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in companion.stdout:
            if "LanguageTool" in line:  # ready, or why not
                assert "Spelling and grammar (LanguageTool) are ready" in line
                break
        processes = psutil.Process(companion.pid).children(recursive=True)
        assert java_below(companion.pid)
        companion.send_signal(signal.SIGKILL)
        companion.wait()
        _, alive = psutil.wait_procs(processes, timeout=30)
        assert alive == []
    finally:
        companion.kill()
        companion.stdout.close()


def test_the_command_line_starts_one_for_itself_and_leaves_none(jars_home: Path, tmp_path: Path):
    environment = {
        **os.environ,
        "MEELEZER_DATA_DIR": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path),
        "MEELEZER_PORT": "1",  # nobody answers there
        "MEELEZER_LANGUAGETOOL_DIR": str(jars_home),
    }
    done = subprocess.run(
        [sys.executable, "-m", "meelezer", "proofread", "-", "--language", "nl", "--format", "json"],
        input="Wij hebben dit onmiddelijk opgelost.\nGroet, Noor",
        capture_output=True,
        text=True,
        env=environment,
        timeout=300,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    (match,) = json.loads(done.stdout)["matches"]
    assert match["replacements"] == ["onmiddellijk"]
    assert not [each for each in java_below(os.getpid()) if str(tmp_path) in " ".join(each.cmdline())]
