"""Opening a database: for reading, or for writing with its schema brought up to date."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlite_utils import Database

from schema import sql
from schema.errors import DatabaseError

BUSY_MILLISECONDS = 30_000


def open_for_writing(path: Path) -> Database:
    """The database at `path`, made where there is none, migrated forward and with its views as this version has them.

    Raises DatabaseError where the file is no Uppsikt database, is newer than this program or cannot be written.
    """
    try:
        connection = sqlite3.connect(path)
        connection.execute(f"pragma busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("pragma foreign_keys=on")
        _check_ours(connection, path)
        connection.execute("pragma journal_mode=wal")
        connection.execute("pragma synchronous=full")  # a committed report stays committed through a power cut
        database = Database(connection, recursive_triggers=False)
        _migrate(database)
    except sqlite3.Error as error:
        raise DatabaseError(explain(path, error)) from error
    return database


def open_for_reading(path: Path) -> Database:
    """The database at `path`, read only. Raises DatabaseError where there is none or it is no Uppsikt database."""
    if not path.is_file():
        raise DatabaseError(f"Databasen {path} finns inte. Skapa den med: ingest run MAPP --db {path}")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        connection.execute(f"pragma busy_timeout={BUSY_MILLISECONDS}")
        _check_ours(connection, path)
        found = connection.execute("pragma user_version").fetchone()[0]
    except sqlite3.Error as error:
        raise DatabaseError(explain(path, error)) from error
    if found < sql.version():
        raise DatabaseError(f"Databasen {path} är gjord av en äldre version. Uppdatera den med: ingest rebuild --db {path}")
    return Database(connection, recursive_triggers=False)


def _check_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a SQLite file that another program made, or a newer Uppsikt."""
    application = connection.execute("pragma application_id").fetchone()[0]
    tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
    if tables and application != sql.APPLICATION_ID:
        raise DatabaseError(f"Filen {path} är en databas, men inte gjord av Uppsikt. Välj ett annat namn med --db.")
    found = connection.execute("pragma user_version").fetchone()[0]
    if found > sql.version():
        raise DatabaseError(f"Databasen {path} är gjord av en nyare version av Uppsikt. Uppdatera programmet.")


def _migrate(database: Database) -> None:
    """Apply the migrations that the database lacks and make the views anew, in one transaction."""
    found = database.conn.execute("pragma user_version").fetchone()[0]
    wanted = sql.views()
    current = dict(database.conn.execute("select name, sql from sqlite_master where type = 'view'").fetchall())
    if found == sql.version() and {name: text.rstrip(";") for name, text in wanted.items()} == {n: _normal(t) for n, t in current.items()}:
        return
    with database.atomic():
        for number, text in sql.migrations():
            if number > found:
                for statement in _statements(text):
                    database.conn.execute(statement)
                database.conn.execute(f"pragma user_version={number:d}")
        database.conn.execute(f"pragma application_id={sql.APPLICATION_ID:d}")
        for name in current:
            database.conn.execute(f'drop view "{name}"')
        for text in wanted.values():
            database.conn.execute(text)


def _normal(text: str) -> str:
    """A view's SQL as SQLite keeps it, with the first words as we write them."""
    return "create view" + text[len("create view") :]


def _statements(text: str) -> list[str]:
    """The single statements of a script (a trigger's body holds semicolons, so SQLite itself says where one ends)."""
    statements, current = [], ""
    for line in text.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    return statements


def explain(path: Path, error: sqlite3.Error) -> str:
    """SQLite's complaint as a sentence that says what to do."""
    text = str(error).lower()
    if "locked" in text or "busy" in text:
        return f"Databasen {path} används av ett annat program. Stäng det eller vänta, och försök igen."
    if "not a database" in text or "malformed" in text:
        return f"Filen {path} är ingen SQLite-databas eller är skadad. Välj ett annat namn med --db."
    if "unable to open" in text or "readonly" in text or "read-only" in text:
        return f"Databasen {path} kan inte öppnas eller skrivas. Finns mappen, och har du rätt att skriva där?"
    if "full" in text:
        return f"Disken är full: databasen {path} kunde inte skrivas."
    return f"Databasen {path} svarade med ett fel: {error}"
