"""Bodies: one row per body and municipality, with all the names by which it is called."""

from __future__ import annotations

from sqlite_utils import Database

from schema.ids import fold_name, organisation_id


class Directory:
    """Turns the names of bodies in one document into rows of `organisations`, made where there is none."""

    def __init__(self, database: Database, municipality: str | None, aliases: dict[str, str]) -> None:
        """`municipality`: whose bodies they are; `aliases`: abbreviation -> name, as the report gives them."""
        self.database = database
        self.municipality = municipality
        self.aliases = {fold_name(k): v for k, v in aliases.items()}
        self._known: dict[str, str] = {}

    def resolve(self, name: str | None) -> str | None:
        """The id of the body that goes by `name`, or None for no name."""
        if not name or not name.strip():
            return None
        folded = fold_name(name)
        if folded not in self._known:
            full = self.aliases.get(folded, name.strip())
            key = organisation_id(self.municipality, full)
            execute = self.database.conn.execute
            execute(
                "insert or ignore into organisations (id, name, municipality, sort_name) values (?, ?, ?, ?)",
                [key, full, self.municipality, fold_name(full)],
            )
            execute("insert or ignore into organisation_aliases (alias, organisation_id) values (?, ?)", [name.strip(), key])
            self._known[folded] = key
        return self._known[folded]
