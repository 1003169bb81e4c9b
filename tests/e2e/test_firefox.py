"""The same editors in a real Firefox. Playwright cannot load an extension there, so Node plays and this file judges."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from companion_process import CompanionProcess
from editors import DRAFT, EDITORS
from scenes import PAGES

pytestmark = pytest.mark.e2e

_ROOT = Path(__file__).resolve().parents[2]
_BUILT = _ROOT / "extension" / ".output" / "firefox-mv3"
_PLAY = _ROOT / "tests" / "firefox" / "play.mjs"
# What a user does in the options and the popup, which no test may open over WebDriver BiDi.
_SETS_UP = """
;(async () => {
  const answer = await fetch("http://127.0.0.1:$PORT/v1/pairings", {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ code: "$CODE", client: "Firefox" }),
  });
  const { token } = await answer.json();
  const settings = { port: $PORT, locale: "nl", holds: "warn", sites: { "shop.example": true } };
  await browser.storage.local.set({ pairing: token, settings });
  await browser.scripting.registerContentScripts([{
    id: "site-shop.example", matches: ["https://shop.example/*"], js: ["content-scripts/content.js"], css: ["content-scripts/content.css"],
    runAt: "document_start", allFrames: true, matchOriginAsFallback: true,
  }]);
})();
"""
SCENARIOS = (
    "reads and follows edits",
    "a rewrite changes the words and nothing else",
    "undo brings the words back",
    "words in the second paragraph",
    "a whole reply is taken over, or left as it was",
    "held once, sent once, text exact",
)


@pytest.fixture(scope="module")
def played(
    companion: CompanionProcess, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[tuple[str, str], str | None]:
    """What became of every scenario in every editor: None, or what went wrong."""
    firefox = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")
    if not firefox:
        pytest.fail("no Firefox found: install it, or name it in the environment variable FIREFOX")
    extension = tmp_path_factory.mktemp("firefox") / "extension"
    shutil.copytree(_BUILT, extension)
    manifest = json.loads((extension / "manifest.json").read_text("utf-8"))
    manifest["host_permissions"].append("https://shop.example/*")  # what a user grants in Firefox's own window
    (extension / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    setting_up = _SETS_UP.replace("$PORT", str(companion.port)).replace("$CODE", companion.code())
    with (extension / "background.js").open("a", encoding="utf-8") as background:
        background.write(setting_up)
    job = {
        "firefox": firefox,
        "extension": str(extension),
        "assets": str(PAGES / "dist"),
        "draft": dataclasses.asdict(DRAFT),
        "scenes": [{**dataclasses.asdict(scene), "html": scene.html} for scene in EDITORS],
    }
    done = subprocess.run(
        ["node", str(_PLAY)],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=900,
        check=False,
    )
    results = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert results, f"Firefox played nothing: {done.stderr[-2000:]}"
    return {(each["scene"], each["scenario"]): each["error"] for each in results}


@pytest.mark.parametrize("kind", [scene.kind for scene in EDITORS])
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_editor_in_firefox(played: Mapping[tuple[str, str], str | None], kind: str, scenario: str) -> None:
    assert (kind, scenario) in played, "never played"
    assert played[kind, scenario] is None
