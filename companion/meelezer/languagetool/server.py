"""Owns the LanguageTool process: starts it, warms it up, starts it again when it stops, ends it with Meelezer."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from meelezer.core.conversation import LANGUAGES, Language
from meelezer.languagetool.client import Client
from meelezer.languagetool.errors import ProofreadingError, Reason
from meelezer.languagetool.jars import DATA

State = Literal["off", "starting", "ready"]
HOST = "127.0.0.1"
# Measured on two cores: 768 MB holds ten pipelines at 14 texts a second; with 512 MB the server runs out of memory, and the
# serial collector with the first compiler tier starts in half the time and needs half the memory.
JAVA_OPTIONS = ("-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true")
WARM_UP: Mapping[Language, str] = {
    "nl": "Dag Els, wat vervelend dat je pakket niet is aangekomen. Ik zoek het vandaag uit en bel je om vijf uur.",
    "en": "Hi Ellen, I'm sorry your parcel hasn't arrived. I'll look into it today and ring you at five.",
}
PAUSES = (0.0, 1.0, 5.0, 15.0, 60.0)
"""Seconds before the next start after that many failures in a row; after the last one it stays off."""
_STABLE_AFTER = 300.0
"""Seconds after which an end counts as the first failure again."""
_HEALTHY_WITHIN = 90.0
_WARM_WITHIN = 180.0
"""Seconds for the first check of a language: 11 to 18 s on two idle cores, longer on a busy machine."""
_POLL = 0.2
_ENDS_WITHIN = 8.0
_LINES_KEPT = 60


@dataclass(frozen=True, slots=True)
class Condition:
    """How LanguageTool is doing."""

    state: State
    reason: Reason | None = None
    detail: str = ""


class LanguageToolServer:
    """One LanguageTool on a free loopback port. `start` returns at once; `condition` tells how far it is."""

    def __init__(self, command: Callable[[], tuple[str, str]], codes: Mapping[Language, str]) -> None:
        """`command` returns the path of Java and the class path, or raises ProofreadingError; asked at each start."""
        self._command, self._codes = command, dict(codes)
        self._changed = threading.Condition()
        self._now = Condition("off", "starting")
        self._client: Client | None = None
        self._process: subprocess.Popen[str] | None = None
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def condition(self) -> Condition:
        """How it is doing now."""
        with self._changed:
            return self._now

    @property
    def client(self) -> Client:
        """Who to ask. Raises ProofreadingError where it is not ready."""
        with self._changed:
            if self._now.state == "ready" and self._client:
                return self._client
            off = self._now.state == "off"
            raise ProofreadingError((self._now.reason if off else None) or "starting", self._now.detail)

    def start(self) -> None:
        """Begin; a second call does nothing."""
        if self._thread is None:
            self._set(Condition("starting"))
            self._thread = threading.Thread(target=self._keep_running, name="languagetool", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the process and wait for it."""
        self._ending.set()
        process = self._process
        if process:
            _end(process)
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(_ENDS_WITHIN)

    def settle(self, within: float) -> Condition:
        """Wait until it is ready or off, at most `within` seconds; return how it is doing then."""
        with self._changed:
            self._changed.wait_for(lambda: self._now.state != "starting", within)
            return self._now

    def _set(self, condition: Condition, client: Client | None = None) -> None:
        with self._changed:
            self._now, self._client = condition, client
            self._changed.notify_all()

    def _keep_running(self) -> None:
        failures = 0
        while not self._ending.is_set():
            try:
                java, class_path = self._command()
            except ProofreadingError as error:
                self._set(Condition("off", error.reason, error.detail))
                return
            began = time.monotonic()
            was_ready, reason = self._run_once(java, class_path)
            if self._ending.is_set():
                break
            if was_ready and time.monotonic() - began > _STABLE_AFTER:
                failures = 0
            failures += 1
            if failures >= len(PAUSES):
                self._set(Condition("off", "keeps-stopping" if was_ready else reason))
                return
            self._set(Condition("starting", reason))
            self._ending.wait(PAUSES[failures])
        self._set(Condition("off", "switched-off"))

    def _run_once(self, java: str, class_path: str) -> tuple[bool, Reason]:
        """Run one process to its end; return whether it was ever ready, and why it ended."""
        port = _free_port()
        server = [
            "org.languagetool.server.HTTPServer",
            "--port",
            str(port),
            "--config",
            str(DATA / "server.properties"),
        ]
        process = subprocess.Popen(  # noqa: S603 - our own command
            [
                sys.executable,
                "-I",
                str(Path(__file__).with_name("keeper.py")),
                java,
                *JAVA_OPTIONS,
                "-cp",
                class_path,
                *server,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self._process = process
        ready = threading.Event()
        greeter = threading.Thread(target=self._greet, args=(process, port, ready), daemon=True)
        greeter.start()
        if self._ending.is_set():  # stopped between the check and the start
            _end(process)
        # What it prints is read to its end, so that it never waits for us; only the last lines stay, and nobody logs them.
        last: deque[str] = deque(maxlen=_LINES_KEPT)
        assert process.stdout is not None
        with process.stdout:
            last.extend(process.stdout)
        process.wait()
        with contextlib.suppress(OSError):
            if process.stdin:
                process.stdin.close()
        greeter.join()
        return ready.is_set(), _why("".join(last))

    def _greet(self, process: subprocess.Popen[str], port: int, ready: threading.Event) -> None:
        """Wait until the server answers, warm both languages up, then call it ready."""
        address = f"http://{HOST}:{port}"
        for _ in range(int(_HEALTHY_WITHIN / _POLL)):
            if process.poll() is not None or is_healthy(address):
                break
            self._ending.wait(_POLL)
            if self._ending.is_set():
                return
        else:
            _end(process)  # it runs and never answered
        if process.poll() is not None:  # its port may be another program's, which must not be asked anything
            return
        patient = Client(address, self._codes, _WARM_WITHIN)
        # Two pipelines a language, since two checks run at the same time.
        with ThreadPoolExecutor(2) as pool:
            waiting = [pool.submit(_warm, patient, language) for language in LANGUAGES for _ in (1, 2)]
        failed = next((error for each in waiting if (error := each.exception())), None)
        if failed is None and process.poll() is None:
            ready.set()
            self._set(Condition("ready"), Client(address, self._codes))
        elif process.poll() is None:  # it runs but does not answer
            _end(process)


def _warm(client: Client, language: Language) -> None:
    """Have one pipeline built. Raises ProofreadingError where the server cannot, after some tries."""
    for last in (False, False, False, True):
        try:
            client.check(WARM_UP[language], language)
            return
        except ProofreadingError as error:
            # Given up by the server after maxCheckTimeMillis; the next try finds most of the work done.
            if last or error.reason != "too-slow":
                raise


def _free_port() -> int:
    # Between this and Java's own binding another program may take it: then the process ends, and the next start tries another.
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def is_healthy(address: str) -> bool:
    """Say whether a LanguageTool answers at `address`."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{address}/v2/healthcheck", timeout=2) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def _end(process: subprocess.Popen[str]) -> None:
    """Close the keeper's input, which ends Java; kill what does not listen."""
    with contextlib.suppress(OSError):
        if process.stdin:
            process.stdin.close()
    try:
        process.wait(_ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()


def _why(output: str) -> Reason:
    """Return why the process ended, from the last lines it printed."""
    if "PortBindingException" in output or "Address already in use" in output:
        return "port-taken"
    if "OutOfMemoryError" in output:
        return "out-of-memory"
    if "UnsupportedClassVersionError" in output:
        return "no-java"
    return "cannot-start" if output else "no-answer"
