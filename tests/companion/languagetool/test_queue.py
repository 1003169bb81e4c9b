"""Two at a time; of one editor only the newest text waits."""

from __future__ import annotations

import threading

import pytest

from meelezer.languagetool.errors import ProofreadingError
from meelezer.languagetool.queueing import Turns


def test_a_waiting_text_is_replaced_by_a_newer_one_of_the_same_editor():
    turns, outcomes = Turns(at_once=1), {}
    busy, waiting = threading.Event(), threading.Event()

    def hold() -> None:
        with turns.turn(None):
            waiting.set()
            busy.wait(10)

    def ask(name: str, editor: str) -> None:
        try:
            with turns.turn(editor):
                outcomes[name] = "read"
        except ProofreadingError as error:
            outcomes[name] = error.reason

    holder = threading.Thread(target=hold)
    holder.start()
    assert waiting.wait(10)
    older, other, newer = (
        threading.Thread(target=ask, args=each) for each in (("older", "a"), ("other", "b"), ("newer", "a"))
    )
    older.start()
    with turns._changed:
        assert turns._changed.wait_for(lambda: "a" in turns._waiting, 10)
    other.start()
    newer.start()
    older.join(10)
    assert outcomes == {"older": "superseded"}
    busy.set()
    for each in (holder, other, newer):
        each.join(10)
    assert outcomes == {"older": "superseded", "other": "read", "newer": "read"}


def test_no_more_than_two_at_once():
    turns, running, most, lock = Turns(), 0, 0, threading.Lock()
    both = threading.Barrier(2, timeout=10)

    def ask() -> None:
        nonlocal running, most
        with turns.turn(None):
            with lock:
                running += 1
                most = max(most, running)
            both.wait()
            with lock:
                running -= 1

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(10)
    assert most == 2


def test_a_turn_is_given_back_after_an_error():
    turns = Turns(at_once=1)
    with pytest.raises(ValueError, match="x"), turns.turn("a"):
        raise ValueError("x")
    with turns.turn("a"):
        pass
