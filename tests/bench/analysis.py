"""How long an analysis takes: `python tests/bench/analysis.py`; one core, texts never seen, beside spaCy alone.

Prints milliseconds (median and 95th percentile) and the ratio to reading with spaCy only, measured in turns in one
run: milliseconds do not travel between machines, ratios do. Nothing here is a test.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")

from meelezer.core.conversation import Complaint, Conversation, Draft
from meelezer.core.engine import Engine
from meelezer.core.reading import read
from meelezer.shipped import shipped_engine
from training.items import is_whole, lines

ROUNDS = 200
WORDS = 100


def words_of(texts: list[str], chance: random.Random) -> str:
    """Return about a hundred words of sentences from different texts, so that no engine has met the whole."""
    out: list[str] = []
    while len(out) < WORDS:
        out += chance.choice(texts).split()
    # A word that no memory of sentences can know.
    out[len(out) // 2] = f"w{chance.randrange(10**9)}"
    return " ".join(out[:WORDS])


def timed(work: Callable[[], object]) -> float:
    """Return how many milliseconds `work` takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def show(name: str, times: list[float], base: float) -> None:
    """Print one line."""
    times.sort()
    print(
        f"{name:34} p50 {statistics.median(times):7.2f} ms   p95 {times[int(len(times) * 0.95)]:7.2f} ms   x{statistics.median(times) / base:5.1f}"
    )


def main() -> None:
    """Measure each way in turn."""
    start = time.perf_counter()
    engines = {"patterns": Engine(), "patterns and model": shipped_engine()}
    for engine in engines.values():
        engine.analyse(Conversation(Complaint("Waar blijft het?"), Draft("Wij zoeken het uit."), language="nl"))
    print(f"start to first answer (both engines): {time.perf_counter() - start:.1f} s")
    chance = random.Random(1)
    for language in ("nl", "en"):
        items = [item for _, item in lines(f"{language}-*.jsonl") if is_whole(item)]
        drafts, complaints = [item["text"] for item in items], [item["complaint"] for item in items]
        times: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            complaint, draft = words_of(complaints, chance), words_of(drafts, chance)
            times.setdefault("spaCy alone", []).append(
                timed(lambda d=draft, c=complaint: (read(d, language), read(c, language)))
            )
            for name, engine in engines.items():
                fresh = Conversation(
                    Complaint(complaint), Draft(f"{draft} {chance.randrange(10**9)}"), language=language
                )
                times.setdefault(f"{name}, new", []).append(timed(lambda e=engine, c=fresh: e.analyse(c)))
                typed = Conversation(
                    Complaint(complaint),
                    Draft(f"{fresh.draft.text} en nog wat. Nieuw {chance.randrange(10**9)}"),
                    language=language,
                )  # type: ignore[union-attr]
                times.setdefault(f"{name}, one sentence typed", []).append(
                    timed(lambda e=engine, c=typed: e.analyse(c))
                )
        print(f"\n{language}")
        base = statistics.median(times["spaCy alone"])
        for name, found in times.items():
            show(name, found, base)


if __name__ == "__main__":
    main()
