"""The version that a database remembers: the package's, and a digest of the rules by which reports are read."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable


def program_version() -> str:
    """The installed version of Uppsikt."""
    try:
        return version("uppsikt")
    except PackageNotFoundError:
        return "0"


@cache
def extractor_version() -> str:
    """`VERSION+DIGEST`: changes whenever a rule, a vocabulary or a reader changes, so that old readings are made anew."""
    digest = hashlib.sha256()
    for package in ("extractors", "schema"):
        for name, content in sorted(_sources(files(package), package)):
            digest.update(name.encode() + b"\0" + content)
    return f"{program_version()}+{digest.hexdigest()[:8]}"


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    """Every source and data file below a package's folder, by name."""
    found: list[tuple[str, bytes]] = []
    for item in folder.iterdir():
        name = f"{prefix}/{item.name}"
        if item.is_dir() and not item.name.startswith(("__", ".")):
            found += _sources(item, name)
        elif item.name.endswith((".py", ".toml", ".json", ".csv", ".txt", ".sql")):
            found.append((name, item.read_bytes()))
    return found
