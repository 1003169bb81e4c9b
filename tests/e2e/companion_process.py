"""A real companion in a process of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from pathlib import Path
from queue import Empty, Queue

import platformdirs

from meelezer.languagetool.proofreading import languagetool_folder

_CODE = re.compile(r"\b(\d{3}-\d{3})\b")
_READY_WITHIN = 60
_SETTLES_WITHIN = 300


class CompanionProcess:
    """`meelezer serve` on a free port, with its own data folder; a team's shows no pairing codes."""

    def __init__(self, data_dir: Path, languagetool: str = "off", database: str = "", *, team: bool = False) -> None:
        self.data_dir = data_dir
        self._database = database
        self._team = team
        self._languagetool = languagetool
        self.port = _free_port()
        self._codes: Queue[str] = Queue()
        self._lines: Queue[str] = Queue()
        self._process: subprocess.Popen[str] | None = None
        self.start()

    def start(self) -> None:
        """Start, and wait until a pairing code is shown, or for a team until it listens."""
        arguments = ["serve", "--port", str(self.port), "--data-dir", str(self.data_dir)]
        arguments += ["--team"] if self._team else []
        jars = languagetool_folder(platformdirs.user_data_path("meelezer", appauthor=False))
        environment = {"MEELEZER_LANGUAGETOOL": self._languagetool, "MEELEZER_LANGUAGETOOL_DIR": str(jars)}
        environment["MEELEZER_DATABASE"] = self._database
        self._process = subprocess.Popen(
            [sys.executable, "-u", "-m", "meelezer", *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, **environment},
        )
        self._codes, self._lines = Queue(), Queue()
        threading.Thread(target=self._listen, args=(self._process, self._codes, self._lines), daemon=True).start()
        self._first = "" if self._team else self._next_code()
        if self._team:
            self.wait_until_it_says(self.address)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def code(self) -> str:
        """Return the code that is shown now; a code is spent by pairing."""
        if self._first:
            code, self._first = self._first, ""
            return code
        return self._next_code()

    def wait_until_it_says(self, words: str) -> str:
        """Wait for a line with these words; return it."""
        while words not in (line := self._lines.get(timeout=_SETTLES_WITHIN)):
            pass
        return line

    def kill(self) -> None:
        """End it as a crash would."""
        if self._process and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)

    def _next_code(self) -> str:
        try:
            return self._codes.get(timeout=_READY_WITHIN)
        except Empty:
            raise AssertionError("the companion showed no pairing code") from None

    @staticmethod
    def _listen(process: subprocess.Popen[str], codes: Queue[str], lines: Queue[str]) -> None:
        for line in process.stdout or ():
            lines.put(line)
            if found := _CODE.search(line):
                codes.put(found[1])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
