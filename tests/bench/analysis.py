"""How long an analysis takes: `python tests/bench/analysis.py`; one core, texts never seen, beside spaCy alone.

Prints milliseconds (median and 95th percentile) and the ratio to reading with spaCy only, measured in turns in one
run: milliseconds do not travel between machines, ratios do. Then what a draft costs by its length, and, in a fresh process, how
long the start takes and how much memory both languages need. Nothing here is a test.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
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
LENGTHS = (500, 1_000, 2_000, 5_000, 10_000, 20_000)
_FRESH = """
import resource, time
start = time.perf_counter()
from meelezer.core.conversation import Complaint, Conversation, Draft
from meelezer.shipped import shipped_engine
engine = shipped_engine()
engine.analyse(Conversation(Complaint("Waar blijft het?"), Draft("Wij zoeken het uit."), language="nl"))
first = time.perf_counter() - start
engine.analyse(Conversation(Complaint("Where is it?"), Draft("We are looking into it."), language="en"))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"fresh process: {first:.1f} s to the first answer, {peak:.0f} MB with both languages")
"""


def words_of(texts: list[str], chance: random.Random, words: int = WORDS) -> str:
    """Return so many words of sentences from different texts, so that no engine has met the whole."""
    out: list[str] = []
    while len(out) < words:
        out += chance.choice(texts).split()
    # A word that no memory of sentences can know.
    out[len(out) // 2] = f"w{chance.randrange(10**9)}"
    return " ".join(out[:words])


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
    engines = {"patterns": Engine(), "patterns and model": shipped_engine()}
    for engine in engines.values():
        engine.analyse(Conversation(Complaint("Waar blijft het?"), Draft("Wij zoeken het uit."), language="nl"))
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
    by_length(engines["patterns and model"], chance)
    subprocess.run([sys.executable, "-c", _FRESH], check=True)


def by_length(engine: Engine, chance: random.Random) -> None:
    """Print what drafts of different lengths cost, new ones each time."""
    texts = [item["text"] for _, item in lines("nl-*.jsonl") if is_whole(item)]
    print()
    for length in LENGTHS:
        times = []
        for _ in range(9):
            draft = words_of(texts, chance, length // 5)[:length]
            times.append(timed(lambda d=draft: engine.analyse(Conversation(None, Draft(d), language="nl"))))
        middle = statistics.median(times)
        print(f"{length:6} characters {middle:8.1f} ms {middle / length * 1000:7.1f} ms a thousand")


if __name__ == "__main__":
    main()
