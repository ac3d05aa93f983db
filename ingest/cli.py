"""The command line. Each command imports what it needs when it runs, so that `ingest --help` answers at once."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

# What click itself says is looked up through gettext: in Swedish, whatever the machine's language is (the rest of our texts is Swedish).
os.environ["LANGUAGE"] = "sv"
gettext.bindtextdomain("messages", str(Path(__file__).parent / "locale"))

import click  # noqa: E402

DEFAULT_DB = Path("reports.db")
db_option = click.option(
    "--db", type=click.Path(path_type=Path, dir_okay=False), default=DEFAULT_DB, show_default=True, help="Databasens fil.", metavar="FIL"
)


class Commands(click.Group):
    """The commands in the order of use, and one place where errors meant for users are shown without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The order in which they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what went wrong is said in Swedish on stderr, with exit status 2."""
        from schema.errors import UppsiktError

        try:
            return super().invoke(ctx)
        except UppsiktError as error:
            click.echo(f"Fel: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of a pipe has had enough: `ingest search ... | head`
            ctx.exit(0)


@click.group(
    cls=Commands,
    options_metavar="[VAL]",
    subcommand_metavar="KOMMANDO ...",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="uppsikt", message="Uppsikt %(version)s")
def main() -> None:
    """Uppsikt läser kommunala rapporter (PDF) till en databas som går att söka i och kontrollera."""


@main.command(options_metavar="[VAL]")
@click.argument("paths", nargs=-1, required=True, metavar="SÖKVÄGAR...")
@db_option
@click.option("--workers", type=click.IntRange(min=1), default=None, metavar="N", help="Antal parallella läsare.  [förval: alla kärnor]")
@click.option("--engine", default="local", show_default=True, metavar="MOTOR", help="local, dask eller dask://VÄRD:PORT.")
@click.option(
    "--ocr", type=click.Choice(["auto", "never", "always"]), default="auto", show_default=True, help="Texttolkning av sidor utan text."
)
@click.option("--timeout", type=click.FloatRange(min=1), default=300, show_default=True, metavar="SEKUNDER", help="Tidsgräns per fil.")
@click.option("--force", is_flag=True, help="Läs om också filer som redan är inlästa.")
@click.option("--quiet", is_flag=True, help="Skriv bara fel.")
def run(paths: tuple[str, ...], db: Path, workers: int | None, engine: str, ocr: str, timeout: float, force: bool, quiet: bool) -> None:
    """Läs in filer, mappar (alla *.pdf i dem) eller mönster."""
    from ingest.closing import print_summary
    from ingest.run import Settings
    from ingest.run import run as run_files
    from ingest.worker import collect_less

    collect_less()
    settings = Settings(db=db, workers=workers or 0, engine=engine, ocr=ocr, timeout=timeout, force=force, quiet=quiet)
    try:
        summary = run_files(list(paths), settings)
    except KeyboardInterrupt:
        click.echo("Avbruten. Det som hann läsas in är sparat; samma kommando fortsätter där det slutade.", err=True)
        sys.exit(130)
    if not quiet:
        print_summary(summary, db)
    sys.exit(1 if summary.failed else 0)


@main.command(options_metavar="[VAL]")
@db_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Adress att lyssna på.")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True, help="Port att lyssna på.")
def serve(db: Path, host: str, port: int) -> None:
    """Visa databasen i webbläsaren (Datasette)."""
    from ingest.serve import serve as serve_database

    serve_database(db, host=host, port=port)


@main.command(options_metavar="[VAL]")
@click.argument("words", nargs=-1, required=True, metavar="ORD...")
@db_option
@click.option("--from", "from_year", type=int, metavar="ÅR", help="Tidigaste år.")
@click.option("--to", "to_year", type=int, metavar="ÅR", help="Senaste år.")
@click.option("--municipality", metavar="KOMMUN", help="Bara en kommun.")
@click.option("--organisation", metavar="NAMN", help="Bara en nämnd, förvaltning eller ett bolag.")
@click.option(
    "--kind",
    type=click.Choice(["rekommendation", "revisionsfraga", "mal", "avsnitt", "sida", "uppfoljning"]),
    help="Bara en sorts poster.",
)
@click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Högsta antal träffar.")
@click.option("--json", "as_json", is_flag=True, help="Skriv träffarna som JSON.")
def search(
    words: tuple[str, ...],
    db: Path,
    from_year: int | None,
    to_year: int | None,
    municipality: str | None,
    organisation: str | None,
    kind: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Sök i rekommendationer, revisionsfrågor, mål, avsnitt och sidor."""
    from ingest.searching import Question, print_hits

    question = Question(" ".join(words), from_year, to_year, municipality, organisation, kind, limit)
    print_hits(db, question, as_json=as_json)


@main.command(options_metavar="[VAL]")
@click.argument("word", metavar="FIL|ID")
@db_option
@click.option("--page", type=click.IntRange(min=1), metavar="N", help="Sida (med --boxes).")
@click.option("--boxes", type=click.Path(path_type=Path, dir_okay=False), metavar="PNG", help="Rita sidans lästa rutor till en bild.")
@click.option("--ocr", type=click.Choice(["auto", "never", "always"]), default="auto", show_default=True, help="Med --boxes: texttolkning.")
def show(word: str, db: Path, page: int | None, boxes: Path | None, ocr: str) -> None:
    """Visa vad som lästs ut ur en rapport, med sida och regel."""
    if (page is None) != (boxes is None):
        raise click.UsageError("--page och --boxes hör ihop: ingest show FIL --page N --boxes UT.png")
    if page is not None and boxes is not None:
        from ingest.show import draw_page

        draw_page(Path(word), page, boxes, ocr=ocr)
        click.echo(f"Skrev {boxes}")
        return
    from ingest.show import print_report

    print_report(db, word)


@main.command(options_metavar="[VAL]")
@db_option
def status(db: Path) -> None:
    """Visa körningar, filer som misslyckades och varför, och antal per typ och år."""
    from ingest.status import print_status

    print_status(db)


@main.command(options_metavar="[VAL]")
@click.argument("out", type=click.Path(path_type=Path), metavar="UT")
@db_option
@click.option("--format", "format_", type=click.Choice(["csv", "xlsx", "parquet", "json"]), help="Filformat.  [förval: efter filändelsen]")
@click.option("--view", default="rekommendationer", show_default=True, metavar="NAMN", help="Vy eller tabell.")
def export(out: Path, db: Path, format_: str | None, view: str) -> None:
    """Skriv en vy till CSV, Excel, Parquet eller JSON."""
    from db.export import export_view

    format_ = format_ or out.suffix.lstrip(".").lower()
    if format_ not in {"csv", "xlsx", "parquet", "json"}:
        raise click.UsageError("Ange format: --format csv|xlsx|parquet|json")
    rows = export_view(db, view, out, format_)
    click.echo(f"Skrev {rows} rader till {out}")


@main.command(options_metavar="[VAL]")
@db_option
def rebuild(db: Path) -> None:
    """Gör om trådar och sökindex från början."""
    from db import derived
    from db.connection import open_for_writing
    from ingest.worker import collect_less

    if not db.is_file():
        raise click.UsageError(f"Databasen {db} finns inte.")
    collect_less()
    database = open_for_writing(db)
    try:
        click.echo(f"Gjorde om trådar och sökindex för {derived.rebuild(database)} rapporter.")
    finally:
        database.close()
