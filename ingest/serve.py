"""`ingest serve`: Datasette with everything that this project adds to it."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from db.connection import open_for_reading, open_for_writing
from schema.errors import DatabaseError

SETTINGS = {
    # Datasette's defaults are for strangers on the open web; this is one's own machine (or a chosen port) and larger tables.
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1500,
    "facet_suggest_time_limit_ms": 300,
    "default_page_size": 50,
    "max_returned_rows": 5000,
    "truncate_cells_html": 400,
    "suggest_facets": False,
}


def serve(db: Path, *, host: str, port: int) -> None:
    """Serve a database until the user stops it. Raises DatabaseError where there is none."""
    import uvicorn

    app = make_app(db)
    uvicorn.run(app.app(), host=host, port=port, log_level="warning", lifespan="on")


def make_app(db: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201  (Datasette carries no types)
    """The Datasette application over one database."""
    from datasette.app import Datasette
    from datasette.plugins import pm

    from ingest import site

    if not db.is_file():
        raise DatabaseError(f"Databasen {db} finns inte. Skapa den med: ingest run MAPP --db {db}")
    _settle(db)
    # Without this a mistyped address prints a traceback on the user's terminal. (Imported by name after Datasette's own plugins.)
    vars(sys.modules["datasette.handle_exception"])["rich"] = None
    if not pm.has_plugin("uppsikt"):
        pm.register(site, name="uppsikt")
    folder = Path(str(files("db") / "site"))
    return Datasette(
        [str(db)],
        metadata=site.read_metadata(folder),
        template_dir=str(folder / "templates"),
        static_mounts=[("uppsikt", str(folder / "static"))],
        settings=SETTINGS,
    )


def _settle(db: Path) -> None:
    """See that the database is ours and its views are those of this version; a read-only file is served as it is."""
    try:
        open_for_writing(db).close()
    except DatabaseError:
        open_for_reading(db).close()
