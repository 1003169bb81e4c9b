"""Every setting once: flag > environment > file > default. The help texts are the documentation."""

from __future__ import annotations

import ipaddress
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import platformdirs

from meelezer.core.conversation import LANGUAGES, Language

ENVIRONMENT_PREFIX = "MEELEZER_"
FILE_NAME = "settings.toml"
DEFAULT_PORT = 7463
HOST = "127.0.0.1"
"""The only address the companion listens on, unless it serves a team."""
_PATHS = frozenset({"data_dir", "certificate", "key", "oidc_client_secret_file"})
_SWITCHES = frozenset({"team", "oidc_newcomers"})
_SECRETS = frozenset({"oidc_client_secret"})
"""Never shown, not even to say that they are wrong."""
_DOMAIN = re.compile(r"[^\s@,]+\.[^\s@,.]+")
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
    certificate: Path | None = None
    key: Path | None = None
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_client_secret_file: Path | None = None
    oidc_domain: str = ""
    oidc_newcomers: bool = False

    @property
    def has_own_certificate(self) -> bool:
        """Whether Meelezer speaks TLS itself."""
        return self.team and self.certificate is not None

    @property
    def is_https(self) -> bool:
        """Whether browsers come in over TLS, ours or a proxy's."""
        return self.has_own_certificate or (self.team and self.public_url.startswith("https://"))

    @property
    def has_organisation(self) -> bool:
        """Whether people may log in through their organisation."""
        return self.team and bool(self.oidc_issuer)

    @property
    def oidc_domains(self) -> frozenset[str]:
        """The domains of e-mail addresses that may come in through the organisation; empty: every domain."""
        return frozenset(self.oidc_domain.split())

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
        return f"{'https' if self.has_own_certificate else 'http'}://{host}:{port}"


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
        "Serve a team, each with a login, instead of one user (default false). TLS is done by a proxy before it (Caddy, nginx), which passes "
        "the Host header on, or by Meelezer itself with `certificate` and `key`."
    ),
    "host": f"Address to listen on, with team only (default {HOST}; anything else needs public_url, and TLS).",
    "public_url": "Where the team finds Meelezer, with team only: https://meelezer.example. Other host names and origins are refused.",
    "certificate": (
        "File with a certificate in PEM, with team only: Meelezer then speaks TLS itself, without a proxy. The certificates of whoever signed "
        "it follow in the same file. After renewing, start Meelezer again."
    ),
    "key": "File with the private key of `certificate`, in PEM and without a passphrase.",
    "oidc_issuer": (
        "Log in through the organisation too (OpenID Connect), with team only: the address of its provider, https://login.example. There, "
        "register <public_url>/login/organisation/done as the address to come back to."
    ),
    "oidc_client_id": "The id under which that provider knows Meelezer.",
    "oidc_client_secret": "The secret that belongs to it. On the command line others would see it, so only here or in the environment.",
    "oidc_client_secret_file": "File with that secret and nothing else, instead of oidc_client_secret.",
    "oidc_domain": "Only e-mail addresses of this domain may come in through the organisation (several: separated by spaces or commas).",
    "oidc_newcomers": (
        "Whoever comes in through the organisation for the first time becomes a writer, uninvited (default false: only who was invited by "
        "e-mail address comes in). Needs oidc_domain."
    ),
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
    for each in fields(Settings):
        variable = ENVIRONMENT_PREFIX + each.name.upper()
        value = (os.environ if environment is None else environment).get(variable)
        if value:
            found[each.name] = _checked(each.name, value, variable)
    for key, value in (flags or {}).items():
        if value is not None:
            found[key] = _checked(key, value, f"--{key.replace('_', '-')}")
    settings = Settings(**found)
    if settings.team and (wrong := _wrong_together(settings)):
        raise SettingsError(f"{path}: {wrong}")
    return settings


def _wrong_together(settings: Settings) -> str | None:
    """Say which settings of a team do not go together; None where all do."""
    if not settings.public_url and not ipaddress.ip_address(settings.host).is_loopback:
        return f"host {settings.host} can be reached by others; then team needs public_url too"
    if (settings.certificate is None) != (settings.key is None):
        return "certificate and key belong together; one of them is missing"
    if settings.certificate is not None and settings.public_url.startswith("http://"):
        return "with a certificate, public_url must begin with https://"
    secrets = [settings.oidc_client_secret, settings.oidc_client_secret_file]
    if not settings.oidc_issuer:
        is_loose = settings.oidc_client_id or settings.oidc_domain or settings.oidc_newcomers or any(secrets)
        return "oidc_issuer is missing; the other settings of oidc do nothing without it" if is_loose else None
    if not settings.oidc_client_id:
        return "oidc_issuer needs oidc_client_id too"
    if not any(secrets):
        return "oidc_issuer needs oidc_client_secret or oidc_client_secret_file too"
    if all(secrets):
        return "oidc_client_secret and oidc_client_secret_file are both there; keep one"
    if settings.oidc_newcomers and not settings.oidc_domain:
        return "oidc_newcomers needs oidc_domain too; otherwise anybody whom the provider knows could come in"
    return None


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
    if key in _SWITCHES:
        word = str(value).casefold()
        if word not in _YES + _NO:
            raise SettingsError(f"{where}: {key} must be true or false, not {value!r}")
        return word in _YES
    if key == "locale" and value not in LANGUAGES:
        raise SettingsError(f"{where}: locale must be nl or en, not {value!r}")
    if not isinstance(value, str | Path):
        raise SettingsError(f"{where}: {key} must be text" + ("" if key in _SECRETS else f", not {value!r}"))
    if key == "host":
        return _host(str(value), where)
    if key == "public_url":
        return _public_url(str(value), where)
    if key == "oidc_issuer":
        return _issuer(str(value), where)
    if key == "oidc_domain":
        return _domains(str(value), where)
    if key in _PATHS:
        return Path(value).expanduser() if value or key == "data_dir" else None
    return value


def _host(value: str, where: str) -> str:
    try:
        return str(ipaddress.ip_address(HOST if value == "localhost" else value))
    except ValueError:
        raise SettingsError(f"{where}: host must be an IP address to listen on, not {value!r}") from None


def _public_url(value: str, where: str) -> str:
    """Return scheme, name and port as browsers write them in an Origin."""
    parts = _split(value)
    name, port = parts.hostname or "", parts.port
    bare = not (parts.query or parts.fragment or parts.username or parts.password) and parts.path in ("", "/")
    if parts.scheme not in ("http", "https") or not name or not bare:
        raise SettingsError(f"{where}: public_url must be like https://meelezer.example, not {value!r}")
    is_usual = port in (None, {"http": 80, "https": 443}[parts.scheme])
    shown = f"[{name}]" if ":" in name else name
    return f"{parts.scheme}://{shown}" if is_usual else f"{parts.scheme}://{shown}:{port}"


def _issuer(value: str, where: str) -> str:
    """Return the address as it is, for providers compare it letter by letter. Empty: none."""
    parts = _split(value)
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in (HOST, "localhost", "::1"))
    if value and (not is_safe or not parts.hostname or parts.query or parts.fragment or parts.username):
        raise SettingsError(f"{where}: oidc_issuer must be like https://login.example, not {value!r}")
    return value


def _domains(value: str, where: str) -> str:
    """Return the domains in small letters, with a space between them."""
    domains = [each.removeprefix("@").lower() for each in value.replace(",", " ").split()]
    if not all(map(_DOMAIN.fullmatch, domains)):
        raise SettingsError(f"{where}: oidc_domain must be like shop.example, not {value!r}")
    return " ".join(domains)


def _split(value: str) -> SplitResult:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - a port that is none raises only when it is asked for
    except ValueError:
        return urlsplit("")
    return parts
