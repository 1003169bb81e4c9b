"""Every setting once: flag > environment > file > default. The help texts are the documentation."""

from __future__ import annotations

import ipaddress
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import platformdirs

from meelezer.core.conversation import LANGUAGES, Language

ENVIRONMENT_PREFIX = "MEELEZER_"
FILE_NAME = "settings.toml"
DEFAULT_PORT = 7463
HOST = "127.0.0.1"
"""The only address the companion listens on, unless it serves a team."""
_YES, _NO = ("true", "yes", "on", "1"), ("false", "no", "off", "0")


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
    team: bool = False
    host: str = HOST
    public_url: str = ""

    @property
    def listens_on(self) -> str:
        """The address to listen on."""
        return self.host if self.team else HOST

    @property
    def address(self) -> str:
        """Where the companion answers."""
        return self.address_at(self.port)

    def address_at(self, port: int) -> str:
        """Where the companion answers when it listens on `port`."""
        if self.team and self.public_url:
            return self.public_url
        host = f"[{self.listens_on}]" if ":" in self.listens_on else self.listens_on
        return f"http://{host}:{port}"


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
    "team": (
        "Serve a team, each with a login, instead of one user (default false). Meelezer speaks plain HTTP: TLS is for a proxy before it "
        "(Caddy, nginx), which passes the Host header on."
    ),
    "host": f"Address to listen on, with team only (default {HOST}; anything else needs public_url, and a proxy with TLS).",
    "public_url": "Where the team finds Meelezer, with team only: https://meelezer.example. Other host names and origins are refused.",
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
    settings = Settings(**found)
    if settings.team and not settings.public_url and not ipaddress.ip_address(settings.host).is_loopback:
        raise SettingsError(f"{path}: host {settings.host} can be reached by others; then team needs public_url too")
    return settings


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
    if key == "team":
        word = str(value).casefold()
        if word not in _YES + _NO:
            raise SettingsError(f"{where}: team must be true or false, not {value!r}")
        return word in _YES
    if key == "locale" and value not in LANGUAGES:
        raise SettingsError(f"{where}: locale must be nl or en, not {value!r}")
    if not isinstance(value, str | Path):
        raise SettingsError(f"{where}: {key} must be text, not {value!r}")
    if key == "host":
        return _host(str(value), where)
    if key == "public_url":
        return _public_url(str(value), where)
    return Path(value).expanduser() if key == "data_dir" else value


def _host(value: str, where: str) -> str:
    try:
        return str(ipaddress.ip_address(HOST if value == "localhost" else value))
    except ValueError:
        raise SettingsError(f"{where}: host must be an IP address to listen on, not {value!r}") from None


def _public_url(value: str, where: str) -> str:
    """Return scheme, name and port as browsers write them in an Origin."""
    try:
        parts = urlsplit(value)
        name, port = parts.hostname or "", parts.port
    except ValueError:
        parts, name, port = urlsplit(""), "", None
    bare = not (parts.query or parts.fragment or parts.username or parts.password) and parts.path in ("", "/")
    if parts.scheme not in ("http", "https") or not name or not bare:
        raise SettingsError(f"{where}: public_url must be like https://meelezer.example, not {value!r}")
    is_usual = port in (None, {"http": 80, "https": 443}[parts.scheme])
    shown = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{shown}" if is_usual else f"{parts.scheme}://{shown}:{port}"
