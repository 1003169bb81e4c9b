"""Stands between Meelezer and the Java process, so that no Java stays behind: `python keeper.py COMMAND...`.

A JVM outlives a parent that is killed. This script holds the other end of a pipe to Meelezer: when Meelezer is gone, however
it went, the pipe closes and the command is stopped. Standard library only; it is run as a file, with `-I`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from types import FrameType

PATIENCE = 5
"""Seconds that the command gets to end by itself."""


def _die_with_keeper() -> None:
    # Linux only: for the case that this script itself is killed.
    import ctypes

    set_parent_death_signal = 1
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL)


def main(command: list[str]) -> int:
    """Run `command` until it ends, or until standard input ends."""
    process = subprocess.Popen(  # noqa: S603 - Meelezer's own command
        command, stdin=subprocess.DEVNULL, preexec_fn=_die_with_keeper if sys.platform == "linux" else None
    )

    def stop() -> None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        process.kill()

    def wait_for_end_of_input() -> None:
        while os.read(0, 1024):
            pass
        stop()

    def stop_beside(_signal: int, _frame: FrameType | None) -> None:
        # In a thread: the main one waits for the process and holds its lock.
        threading.Thread(target=stop, daemon=True).start()

    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, stop_beside)
    threading.Thread(target=wait_for_end_of_input, daemon=True).start()
    return process.wait()


if __name__ == "__main__":
    raise SystemExit(max(main(sys.argv[1:]), 0))
