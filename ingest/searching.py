"""`ingest search`: the hits on stdout, for people or as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from db.connection import open_for_reading
from db.search import KINDS, Hit, Question, search

__all__ = ["Question", "print_hits"]


def print_hits(db: Path, question: Question, *, as_json: bool) -> None:
    """Search a database and print what was found. Raises DatabaseError."""
    database = open_for_reading(db)
    try:
        hits = search(database, question)
    finally:
        database.close()
    if as_json:
        click.echo(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=1))
    elif not hits:
        click.echo("Inga träffar. Pröva färre eller kortare ord.", err=True)
    else:
        for hit in hits:
            click.echo(_shown(hit))


def _shown(hit: Hit) -> str:
    """A hit in three lines: what and whose it is, the words, and where they stand."""
    head = " · ".join(str(part) for part in (KINDS[hit.kind], hit.year, hit.municipality, hit.organisation) if part)
    before, mark, rest = hit.snippet.partition("[")
    styled = before
    while mark:
        inside, _, after = rest.partition("]")
        before, mark, rest = after.partition("[")
        styled += click.style(inside, bold=True, underline=True) + before
    return f"{click.style(head, bold=True)}\n  {styled}\n  {hit.report}, sida {hit.page} ({hit.id})\n"
