"""What Meelezer costs at each key: `python tests/bench/keystrokes.py`; the same page with it switched off beside it, in one run.

A reply of 2,000 characters with 20 findings, in a textarea and in Lexical. Milliseconds of script, style and layout work in the
page's own process per key, as Chromium counts them (Performance.getMetrics); what is said between two keys counts too.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "e2e"), str(ROOT / "companion"), str(ROOT)]

from companion_process import CompanionProcess
from editors import EDITORS
from playwright.sync_api import sync_playwright
from scenes import SHOP
from stage import Stage

KEYS = 120
TEXT = ("U had beter moeten opletten. Wij zoeken het vandaag uit en laten het u dan weten, beloofd is beloofd. " * 20)[
    :2000
]
_COUNTED = ("ScriptDuration", "LayoutDuration", "RecalcStyleDuration")


@contextmanager
def opened() -> Iterator[Stage]:
    """Open a browser that is paired with a companion."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise SystemExit("no Chromium found")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        companion = CompanionProcess(Path(folder) / "companion")
        stage = Stage.paired(playwright, chromium, companion, Path(folder) / "browser")
        yield stage
        stage.close()
        companion.kill()


def per_key(stage: Stage, scene: object, is_on: bool) -> list[float]:
    """Return the milliseconds of each key, sorted."""
    stage.set(locale="nl", sites={"shop.example": is_on}, proofreads=False)
    page = stage.open(scene)  # type: ignore[arg-type]
    page.field.click()
    page.paste(TEXT)
    if is_on:
        page.wait_until_read()
    session = page.page.context.new_cdp_session(page.page)
    session.send("Performance.enable")

    def spent() -> float:
        metrics = {each["name"]: each["value"] for each in session.send("Performance.getMetrics")["metrics"]}
        return sum(metrics[name] for name in _COUNTED) * 1000

    found = []
    for number in range(KEYS):
        before = spent()
        page.page.keyboard.type("abcdefg "[number % 8])
        page.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        found.append(spent() - before)
    page.close()
    return sorted(found)


def main() -> None:
    """Measure and print."""
    lexical = next(scene for scene in EDITORS if scene.kind == "lexical")
    with opened() as stage:
        print(f"{'':22}{'p50':>9}{'p95':>9}")
        for name, scene in (("textarea", SHOP), ("Lexical", lexical)):
            for state, is_on in (("Meelezer off", False), ("Meelezer on", True)):
                found = per_key(stage, scene, is_on)
                p95 = found[int(len(found) * 0.95)]
                print(f"{name}, {state:13}{statistics.median(found):7.2f} ms{p95:7.2f} ms", flush=True)


if __name__ == "__main__":
    main()
