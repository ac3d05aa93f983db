"""The words by which audit reports name their parts: patterns kept as data, each with examples and near-misses.

Here stand words of headings, labels, column heads and lead-ins. What sentences say is for `extractors.swedish.answers` and
`extractors.swedish.recommending`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TypedDict

DATA = Path(__file__).parent / "data" / "audit_words.toml"


class Entry(TypedDict):
    """One pattern of the file with what it must match and what it must not."""

    pattern: str
    examples: list[str]
    near_misses: list[str]


@cache
def entries() -> dict[str, Entry]:
    """All entries by name."""
    loaded: dict[str, Entry] = tomllib.loads(DATA.read_text("utf-8"))
    return loaded


@cache
def words(name: str) -> re.Pattern[str]:
    """The pattern of that name, compiled without regard to case; raises KeyError for a name that the file does not have."""
    return re.compile(entries()[name]["pattern"], re.IGNORECASE)
