"""The tone never waits for spelling: not even for a LanguageTool that takes every text and answers none."""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import subprocess
import sys
import threading
import urllib.request
from pathlib import Path

from meelezer.tokens import TokenStore


def test_the_tone_is_read_while_twenty_texts_wait_for_spelling(tmp_path: Path):
    silent = socket.create_server(("127.0.0.1", 0), backlog=64)
    companion = subprocess.Popen(
        [sys.executable, "-u", "-m", "meelezer", "serve", "--port", "0", "--locale", "en"],
        env={
            **os.environ,
            "MEELEZER_DATA_DIR": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path),
            "MEELEZER_LANGUAGETOOL": f"http://127.0.0.1:{silent.getsockname()[1]}",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address = next(found[0] for line in companion.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+", line)))
        headers = {
            "Authorization": f"Bearer {TokenStore(tmp_path).own_token()}",
            "Content-Type": "application/json",
        }
        answered: list[int] = []

        def post(path: str, body: object) -> bytes:
            request = urllib.request.Request(f"{address}/v1/{path}", json.dumps(body).encode(), headers)
            with urllib.request.urlopen(request, timeout=60) as response:
                return response.read()

        def proofread(number: int) -> None:
            with contextlib.suppress(OSError):
                post("proofreadings", {"text": f"Tekst {number}", "language": "nl"})
            answered.append(number)

        for number in range(20):
            threading.Thread(target=proofread, args=(number,), daemon=True).start()
        silent.accept()  # a text has come in, and nobody will answer it
        found = json.loads(post("analyses", {"draft": {"text": "Dat had u moeten lezen."}, "language": "nl"}))
        assert found["warnings"]
        assert answered == [], "spelling was answered first, so nothing was shown"
    finally:
        companion.kill()
        companion.wait()
        companion.stdout.close()
        silent.close()
