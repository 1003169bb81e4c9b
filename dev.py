#!/usr/bin/env python3
"""The two commands of the README, on a fresh machine: `python3 dev.py run` and `python3 dev.py test`.

    setup            install everything and build, then stop
    run [OPTIONS]    set up, then start the companion (options go to `meelezer serve`)
    test [OPTIONS]   set up, check style and types, run every test (options go to pytest)
    generate         write the generated files anew (contract, docs)

Standard library only. Works with plain pip; uses uv where it is found.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMPS = ROOT / ".dev"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
EXTENSION = ROOT / "extension"
BUILT = EXTENSION / ".output" / "chrome-mv3"
FIREFOX_NAMES = ("firefox-esr", "firefox")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
SETUP_FAILED = 3


def say(text: str) -> None:
    """Print a line at once, also into a pipe."""
    print(text, flush=True)


def stop(text: str) -> None:
    """End with a sentence that says what to do."""
    print(f"\n{text}", file=sys.stderr, flush=True)
    raise SystemExit(SETUP_FAILED)


def command(*words: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a command; end with its name when it fails."""
    done = subprocess.run([str(word) for word in words], cwd=cwd, env={**os.environ, **(env or {})}, check=False)
    if done.returncode:
        stop(f"`{' '.join(str(word) for word in words)}` failed (exit {done.returncode}); see above.")


def stale(name: str, *paths: Path) -> Callable[[], None] | None:
    """Return a function that notes "done", when `paths` changed since it was last called."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and not {"node_modules", ".output", ".wxt", "generated", "__pycache__"} & set(file.parts):
                digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    stamp = STAMPS / name
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return None

    def note() -> None:
        STAMPS.mkdir(exist_ok=True)
        stamp.write_text(digest.hexdigest())

    return note


def set_up_python() -> None:
    """Make .venv and install what requirements.txt pins, then Meelezer itself."""
    if sys.version_info < (3, 11):  # noqa: UP036 - dev.py is started with whatever Python there is
        stop(f"Meelezer needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if not PYTHON.exists():
        say("Python: making .venv")
        shutil.rmtree(STAMPS, ignore_errors=True)
        try:
            venv.create(VENV, with_pip=True)
        except subprocess.CalledProcessError:
            stop("Python cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv")
    uv = shutil.which("uv")
    pip: list[str | Path] = [uv, "pip"] if uv else [PYTHON, "-m", "pip"]
    into: list[str | Path] = ["--python", PYTHON] if uv else ["--disable-pip-version-check"]
    # Without compiled bytecode spaCy takes two seconds to import, on every start.
    env = {"UV_COMPILE_BYTECODE": "1", "UV_PYTHON_DOWNLOADS": "never", "UV_NATIVE_TLS": "1"}
    if done := stale("python", ROOT / "requirements.txt"):
        say("Python: installing packages")
        command(*pip, "install", "--quiet", *into, "--require-hashes", "-r", ROOT / "requirements.txt", env=env)
        done()
    if done := stale("meelezer", ROOT / "pyproject.toml"):
        command(
            *pip,
            "install",
            "--quiet",
            *into,
            "--no-deps",
            "--no-build-isolation",
            "-e",
            ROOT,
            env={**env, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"},
        )
        done()


def set_up_languagetool() -> None:
    """Fetch LanguageTool into the user's data folder, once. Without it everything but grammar works, so a failure is only said."""
    uv = shutil.which("uv")
    pip: list[str | Path] = [uv, "pip"] if uv else [PYTHON, "-m", "pip"]
    into: list[str | Path] = ["--python", PYTHON] if uv else ["--disable-pip-version-check"]
    # Maven and Java from the system where they are; from Python packages where they are not.
    find_java = [str(PYTHON), "-c", "from meelezer.languagetool.java import find_java; find_java()"]
    has_java = subprocess.call(find_java, cwd=ROOT, stderr=subprocess.DEVNULL) == 0
    if not (shutil.which("mvn") and has_java) and (done := stale("java", ROOT / "requirements-java.txt")):
        say("LanguageTool: installing a Java and a fetcher")
        words = [*pip, "install", "--quiet", *into, "--require-hashes", "-r", ROOT / "requirements-java.txt"]
        if subprocess.call([str(word) for word in words], cwd=ROOT) == 0:
            done()
    if subprocess.call([str(PYTHON), "-m", "meelezer", "languagetool", "install", "--locale", "en"], cwd=ROOT):
        say("Going on without LanguageTool: spelling is read by a dictionary, grammar is not.")


def set_up_extension() -> None:
    """Install Node packages and build the extension for Chrome and Firefox."""
    npm = shutil.which("npm")
    if npm is None:
        stop("Node.js is needed for the extension: install Node.js 20 or newer, then run this again.")
    if done := stale("node", EXTENSION / "package.json", EXTENSION / "package-lock.json"):
        say("Node: installing packages")
        command(npm, "ci", "--no-audit", "--no-fund", "--loglevel=error", cwd=EXTENSION)
        done()
    built = stale("extension", EXTENSION, ROOT / "shared")
    if built or not BUILT.is_dir():
        say("Extension: building")
        command(npm, "run", "--silent", "build", cwd=EXTENSION)
        if built:
            built()


def set_up_browser(name: str, variable: str, commands: tuple[str, ...], package: str) -> str:
    """Find a browser ($variable, or one on the path), or install Debian's where that is allowed."""

    def find() -> str | None:
        return os.environ.get(variable) or next(filter(None, map(shutil.which, commands)), None)

    if found := find():
        return found
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        say(f"{name}: installing")
        env = {"DEBIAN_FRONTEND": "noninteractive"}
        command(apt, "update", "-qq", env=env)
        command(apt, "install", "-y", "-qq", "--no-install-recommends", package, env=env)
        if found := find():
            return found
    stop(f"{name} is needed for the browser tests: install it, or name one in the environment variable {variable}.")
    raise AssertionError


def set_up() -> None:
    """Install and build everything that `run` needs."""
    set_up_python()
    set_up_languagetool()
    set_up_extension()


def run(options: list[str]) -> int:
    """Start the companion in the foreground."""
    set_up()
    where = BUILT.relative_to(ROOT) if BUILT.is_relative_to(Path.cwd()) else BUILT
    say("")
    say("Extensie laden / loading the extension:")
    say(
        "  Chrome, Edge:  chrome://extensions  ->  Ontwikkelaarsmodus / Developer mode  ->  Uitgepakte extensie laden / Load unpacked:"
    )
    say(f"                 {where}")
    say(
        "  Firefox:       about:debugging#/runtime/this-firefox  ->  Load Temporary Add-on: manifest.json in the folder firefox-mv3 beside it"
    )
    say("")
    try:
        return subprocess.call([str(PYTHON), "-m", "meelezer", "serve", *options], cwd=ROOT)
    except KeyboardInterrupt:
        return 0


def generate() -> int:
    """Write the generated files anew."""
    set_up_python()
    command(PYTHON, "-m", "meelezer.web.openapi")
    command(PYTHON, "-m", "meelezer.documentation")
    command(PYTHON, "-m", "tests.requirements.report")
    return 0


def test(options: list[str]) -> int:
    """Check style and types, then run every test. Ends with pytest's own closing line."""
    set_up()
    chromium = set_up_browser("Chromium", "CHROMIUM", CHROMIUM_NAMES, "chromium")
    firefox = set_up_browser("Firefox", "FIREFOX", FIREFOX_NAMES, "firefox-esr")
    npm = str(shutil.which("npm"))
    failed = []
    for name, words, cwd in (
        ("ruff check", [BIN / "ruff", "check", "."], ROOT),
        ("ruff format", [BIN / "ruff", "format", "--check", "--quiet", "."], ROOT),
        ("mypy", [BIN / "mypy"], ROOT),
        ("test pages", [npm, "run", "--silent", "pages"], EXTENSION),
        ("extension: lint", [npm, "run", "--silent", "lint"], EXTENSION),
        ("extension: store rules", [npm, "run", "--silent", "lint:store"], EXTENSION),
        ("extension: types", [npm, "run", "--silent", "typecheck"], EXTENSION),
        ("extension: tests", [npm, "run", "--silent", "test"], EXTENSION),
    ):
        say(f"\n== {name}")
        if subprocess.call([str(word) for word in words], cwd=cwd):
            failed.append(name)
    say("\n== pytest")
    code = subprocess.call(
        [str(PYTHON), "-m", "pytest", *options], cwd=ROOT, env={**os.environ, "CHROMIUM": chromium, "FIREFOX": firefox}
    )
    if failed:
        say(f"\nfailed before pytest: {', '.join(failed)}")
    return code or bool(failed)


def main() -> int:
    """Do what the first word says."""
    words = sys.argv[1:]
    if words[:1] == ["setup"] and len(words) == 1:
        set_up()
        return 0
    if words[:1] == ["run"]:
        return run(words[1:])
    if words[:1] == ["test"]:
        return test(words[1:])
    if words == ["generate"]:
        return generate()
    print(__doc__)
    return 0 if words in (["-h"], ["--help"]) else 2


if __name__ == "__main__":
    raise SystemExit(main())
