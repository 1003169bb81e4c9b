"""Meelezer reads a public complaint and the reply to it, before everyone reads along."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("meelezer")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0.0.0"
