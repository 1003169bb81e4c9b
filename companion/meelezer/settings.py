"""Every setting once: flag > environment > file > default. The help texts are the documentation."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import platformdirs

from meelezer.core.conversation import LANGUAGES, Language

ENVIRONMENT_PREFIX = "MEELEZER_"
FILE_NAME = "settings.toml"
DEFAULT_PORT = 7463
HOST = "127.0.0.1"
"""The only address the companion listens on; a team server is a decision of its own (issue: four eyes)."""


class SettingsError(Exception):
    """A setting that cannot be used. The message names where it stands and what is allowed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may set."""

    port: int = DEFAULT_PORT
    data_dir: Path = Path()
    locale: Language = "nl"
    name: str | None = None
    role: str | None = None
    languagetool: str = "auto"
    database: str = ""
    keep_days: int = 30

    @property
    def address(self) -> str:
        """Where the companion answers."""
        return f"http://{HOST}:{self.port}"


HELP: Mapping[str, str] = {
    "port": f"Port on {HOST} that the companion listens on (default {DEFAULT_PORT}; the extension must know the same).",
    "data_dir": "Folder for the token and, once you send drafts for review, those drafts.",
    "locale": "Language of messages: nl or en (default nl).",
    "name": "Your first name, as you sign replies; used by the command line.",
    "role": "Your role, as you sign replies; used by the command line.",
    "languagetool": (
        "Where LanguageTool is: auto (default: what `meelezer languagetool install` fetched), off, the address of a server "
        "(texts are sent there), or the folder of an installed LanguageTool."
    ),
    "database": (
        "Where drafts sent for review are kept: empty (default) for a file in the data folder, or postgresql://name:password@host/database for a team."
    ),
    "keep_days": "Days after the decision on a review before its texts are erased; figures stay (default 30).",
}


def settings_file() -> Path:
    """Return where the settings file is looked for."""
    return platformdirs.user_config_path("meelezer", appauthor=False) / FILE_NAME


def load_settings(
    flags: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None, file: Path | None = None
) -> Settings:
    """Combine all sources. Raises SettingsError."""
    path = file or settings_file()
    found: dict[str, Any] = {"data_dir": platformdirs.user_data_path("meelezer", appauthor=False)}
    if path.is_file():
        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path}: is not valid TOML: {error}") from None
        for key, value in table.items():
            found[key] = _checked(key, value, str(path))
    for field in fields(Settings):
        variable = ENVIRONMENT_PREFIX + field.name.upper()
        value = (os.environ if environment is None else environment).get(variable)
        if value:
            found[field.name] = _checked(field.name, value, variable)
    for key, value in (flags or {}).items():
        if value is not None:
            found[key] = _checked(key, value, f"--{key.replace('_', '-')}")
    return Settings(**found)


def _checked(key: str, value: Any, where: str) -> Any:
    if key not in HELP:
        raise SettingsError(f"{where}: there is no setting {key!r}; there are {', '.join(HELP)}")
    if key == "port":
        try:
            port = int(value)
        except (TypeError, ValueError):
            port = -1
        if not 0 <= port <= 65535:
            raise SettingsError(f"{where}: port must be a number from 0 to 65535, not {value!r}")
        return port
    if key == "keep_days":
        try:
            days = int(value)
        except (TypeError, ValueError):
            days = 0
        if not 1 <= days <= 3650:
            raise SettingsError(f"{where}: keep_days must be a number from 1 to 3650, not {value!r}")
        return days
    if key == "locale" and value not in LANGUAGES:
        raise SettingsError(f"{where}: locale must be nl or en, not {value!r}")
    if not isinstance(value, str | Path):
        raise SettingsError(f"{where}: {key} must be text, not {value!r}")
    return Path(value).expanduser() if key == "data_dir" else value
