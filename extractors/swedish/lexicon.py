"""The one way to the word lists in `extractors/swedish/data`: TOML and CSV, read once."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def read_text(name: str, package: str = "extractors.swedish") -> str:
    """The text of a data file of a package."""
    return (files(package) / "data" / name).read_text(encoding="utf-8")


@cache
def read_toml(name: str, package: str = "extractors.swedish") -> dict[str, Any]:
    """A TOML data file. The same object for each caller: not to be changed."""
    return tomllib.loads(read_text(name, package))


@cache
def read_csv(name: str, package: str = "extractors.swedish") -> tuple[dict[str, str], ...]:
    """The rows of a CSV data file by its header."""
    return tuple(csv.DictReader(io.StringIO(read_text(name, package))))
