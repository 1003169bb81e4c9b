"""What a team needs beside Meelezer's own packages (the extra `team`): looked for before anything is opened."""

from __future__ import annotations

from importlib.util import find_spec

from meelezer.settings import Settings

PACKAGE = "meelezer[team]"


class PartMissingError(Exception):
    """A package is not installed; `part` names it, `package` is what to install."""

    def __init__(self, part: str) -> None:
        """Take the package's name."""
        super().__init__(part)
        self.part, self.package = part, PACKAGE


def check_parts(settings: Settings) -> None:
    """Look whether everything is installed that these settings need. Raises PartMissingError."""
    needed = {"argon2": "argon2-cffi"}
    if settings.has_own_certificate:
        needed |= {"cheroot": "cheroot", "cryptography": "cryptography"}
    if settings.has_organisation:
        needed |= {"authlib": "Authlib", "joserfc": "joserfc", "requests": "requests", "cachelib": "cachelib"}
    for module, part in needed.items():
        if find_spec(module) is None:
            raise PartMissingError(part)
