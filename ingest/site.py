"""What this project adds to Datasette: Swedish words, links to the place on the page, and the page itself.

Registered as a Datasette plugin by `ingest.serve`; the files that it shows stand in db/site.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from datasette import hookimpl
from datasette.filters import FilterArguments
from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup
from sqlite_utils import Database

from db.search import KINDS, Hit, Question, search
from db.search_sql import register
from schema.sql import views

SEARCHABLE = {"rekommendationer": "rekommendation", "maluppfyllelse": "mal", "revisionsfragor": "revisionsfraga"}
MOST_FOUND = 2000  # hits that a view is narrowed down to
LIMIT = 50  # hits on the search page
LONG, TRUNCATED = 60, 600  # letters: from where a cell is given room, and from where it is cut
SITE = Path(__file__).resolve().parent.parent / "db" / "site"


@cache
def read_metadata(folder: Path) -> dict[str, Any]:
    """Title, description and plugin settings that hold for the whole instance."""
    loaded: dict[str, Any] = json.loads((folder / "metadata.json").read_text("utf-8"))
    return loaded


@cache
def _described() -> dict[str, Any]:
    """Descriptions, facets and sort orders of tables and views."""
    loaded: dict[str, Any] = json.loads((SITE / "tables.json").read_text("utf-8"))
    return loaded


@hookimpl
def get_metadata(datasette: Any, key: str, database: str, table: str) -> dict[str, Any]:  # noqa: ANN401
    """The same description of tables and views for whatever the database's file is called."""
    names = [name for name in datasette.databases if not name.startswith("_")]
    return {"databases": {name: {"tables": _described()} for name in names}}


@hookimpl
def extra_css_urls() -> list[str]:
    """The look of lights and snippets."""
    return ["/uppsikt/uppsikt.css"]


@hookimpl
def extra_js_urls() -> list[str]:
    """Swedish words for what Datasette says in English."""
    return ["/uppsikt/svenska.js"]


@hookimpl
def extra_template_vars() -> dict[str, Any]:
    """What the start page and the search box show."""
    described = ({"name": name, **about} for name, about in _described().items())
    return {"uppsikt_kinds": KINDS, "uppsikt_views": [d for d in described if d["name"] in views()]}


@hookimpl
def render_cell(row: Any, value: Any, column: str) -> Markup | None:  # noqa: ANN401
    """A link to the place on the page, and a coloured dot beside the name of a colour."""
    if column in ("länk", "länk_tidigare") and isinstance(value, str) and value.startswith("/-/sida/"):
        return Markup('<a href="{}">Visa på sidan</a>').format(value)
    if column == "färg" and value in {"Grön", "Gul", "Röd", "Grå", "Blå"}:
        return Markup('<span class="ljus {}">●</span> {}').format(_css_class(value), value)
    if isinstance(value, str) and len(value) > LONG:
        return Markup('<div class="lang">{}</div>').format(value if len(value) <= TRUNCATED else value[:TRUNCATED] + " …")
    if column == "page" and isinstance(value, int):
        keys = row.keys() if hasattr(row, "keys") else ()
        if "document_id" in keys:
            box = (row["bbox"] if "bbox" in keys else "") or ""
            return Markup('<a href="/-/sida/{}/{}?ruta={}">{}</a>').format(row["document_id"], value, box.strip("[]"), value)
    return None


def _css_class(word: str) -> str:
    return {"Grön": "gron", "Gul": "gul", "Röd": "rod", "Grå": "gra", "Blå": "bla"}[word]


@hookimpl
def prepare_connection(conn: Any) -> None:  # noqa: ANN401
    """The search as an SQL function: `select ... from json_each(sok('ord'))`."""
    register(conn)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """The page where something stands, and its picture."""
    return [
        (r"^/-/sok$", show_search),
        (r"^/-/sida/(?P<document>[0-9a-f]+)/(?P<page>\d+)$", show_page),
        (r"^/-/sidbild/(?P<document>[0-9a-f]+)/(?P<page>\d+)\.png$", show_picture),
    ]


@hookimpl
def filters_from_request(request: Any, database: str, table: str, datasette: Any) -> Any:  # noqa: ANN401
    """`?_sok=ord` on a view of records: only the rows that the search finds, so that facets and filters work on the hits."""
    words = (request.args.get("_sok") or "").strip()
    kind = SEARCHABLE.get(table)

    async def find() -> FilterArguments | None:
        if not words or kind is None:
            return None
        question = Question(words, kind=kind, limit=MOST_FOUND)
        hits = await datasette.get_database(database).execute_fn(lambda connection: search(Database(connection), question))
        ids = json.dumps([hit.id for hit in hits])
        return FilterArguments(["id in (select value from json_each(:sok))"], {"sok": ids}, [f"sökningen ”{words}” träffar"])

    return find


async def show_search(request: Any, datasette: Any) -> Response:  # noqa: ANN401
    """The search page: the same search as `ingest search`, over every database that is served."""
    fields = {name: (request.args.get(name) or "").strip() for name in ("q", "slag", "fran", "till", "kommun", "organisation")}
    hits: list[Hit] = []
    if fields["q"]:
        for name, database in datasette.databases.items():
            if not name.startswith("_"):
                hits += await database.execute_fn(lambda connection: search(Database(connection), _question(fields)))
    shown = [{**asdict(hit), "marked": _marked(hit.snippet)} for hit in hits]
    context = {"fraga": fields, "hits": shown, "limit": LIMIT}
    return Response.html(await datasette.render_template("sok.html", context, request=request))


def _question(fields: dict[str, str]) -> Question:
    """The search that the form asks for; a year that is no number is as good as none."""
    first, last = (int(fields[name]) if fields[name].isdigit() else None for name in ("fran", "till"))
    kind = fields["slag"] if fields["slag"] in KINDS else None
    return Question(fields["q"], first, last, fields["kommun"] or None, fields["organisation"] or None, kind, LIMIT)


def _marked(snippet: str) -> Markup:
    """A snippet with its hits marked for the browser."""
    escaped = str(Markup.escape(snippet))
    return Markup(re.sub(r"\[(.*?)\]", r"<mark>\1</mark>", escaped))


async def show_page(request: Any, datasette: Any) -> Response:  # noqa: ANN401
    """A page with its picture and text, the wanted box marked, and links to the pages before and after."""
    document, number = request.url_vars["document"], int(request.url_vars["page"])
    database, row = await _find(datasette, document)
    page = (await database.execute("select * from pages where document_id = ? and page = ?", [document, number])).first()
    if page is None:
        raise NotFound("Sidan finns inte i databasen")
    box = _box(request.args.get("ruta"))
    path = await _path(database, document)
    context = {
        "document": dict(row),
        "number": number,
        "text": page["text"],
        "database": database.name,
        "has_file": path is not None,
        "box": ",".join(f"{v:g}" for v in box) if box else "",
        "path": str(path or ""),
        "quote": quote,
    }
    return Response.html(await datasette.render_template("sida.html", context, request=request))


async def show_picture(request: Any, datasette: Any) -> Response:  # noqa: ANN401
    """The page's picture with the wanted box marked, from the file where it was last seen."""
    import asyncio

    from extractors.layout.page_image import render_page
    from schema.errors import UnreadableFile

    document, number = request.url_vars["document"], int(request.url_vars["page"])
    database, _ = await _find(datasette, document)
    path = await _path(database, document)
    if path is None:
        raise NotFound("PDF-filen finns inte kvar där den lästes in")
    try:
        png = await asyncio.to_thread(render_page, path, number, box=_box(request.args.get("ruta")))
    except UnreadableFile as error:
        raise NotFound(error.message) from error
    return Response(png, content_type="image/png", headers={"cache-control": "max-age=3600"})


async def _find(datasette: Any, document: str) -> tuple[Any, Any]:  # noqa: ANN401
    """The database that holds a document, and the document's row; 404 where none does."""
    for name, database in datasette.databases.items():
        if not name.startswith("_"):
            row = (await database.execute("select * from documents where id = ?", [document])).first()
            if row is not None:
                return database, row
    raise NotFound("Rapporten finns inte i databasen")


async def _path(database: Any, document: str) -> Path | None:  # noqa: ANN401
    """Where the document's file stands now, if it is still what was read (its content is its id)."""
    from ingest.sources import read_sha256
    from schema.ids import document_id

    rows = await database.execute("select distinct path from run_files where document_id = ? order by rowid desc", [document])
    for row in rows.rows:
        path = Path(row["path"])
        if path.is_file() and document_id(read_sha256(path)) == document:
            return path
    return None


def _box(text: str | None) -> tuple[float, float, float, float] | None:
    """The box of a link, or None where it names none."""
    parts = re.findall(r"-?\d+(?:\.\d+)?", text or "")
    if len(parts) != 4:
        return None
    x0, y0, x1, y1 = map(float, parts)
    return x0, y0, x1, y1
