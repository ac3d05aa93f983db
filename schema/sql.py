"""The database's tables and views as SQL: numbered forward migrations, and views that are made anew."""

from __future__ import annotations

import re
from importlib.resources import files

APPLICATION_ID = 0x55505053  # "UPPS": tells an Uppsikt database from another SQLite file


def migrations() -> list[tuple[int, str]]:
    """All migrations in order as (version, SQL); a database's `pragma user_version` is the last one applied."""
    folder = files("schema") / "migrations"
    found = [(int(f.name.split("_")[0]), f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".sql")]
    return sorted(found)


def version() -> int:
    """The version of the schema that this program writes."""
    return migrations()[-1][0]


def views() -> dict[str, str]:
    """Each view's name and the statement that makes it, in an order that works."""
    text = (files("schema") / "views.sql").read_text("utf-8")
    return {match[2]: match[1] for match in re.finditer(r"(create view (\w+) as.*?;)", text, flags=re.DOTALL)}
