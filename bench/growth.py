"""How threads and search grow: 1,000, 10,000 and 100,000 generated recommendations.

    python -m bench.growth [--sizes 1000 10000 100000] [--one SIZE]

For each size, in a process of its own: seconds of the processor for threads and index made from scratch, and per record; peak memory; what
adding one report takes afterwards; and the median time of a search beside plain FTS5, for the words as typed and for the same rows.
Texts are made of some hundred parts of words, so that words repeat as they do in reports; there are 290 municipalities, and each report
holds five recommendations.
"""

from __future__ import annotations

import argparse
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from sqlite_utils import Database

from db import search_index, threads
from db.connection import open_for_writing
from db.search import Question, search
from extractors.swedish.stems import stem
from ingest.worker import collect_less
from schema.ids import organisation_id

SIZES = (1_000, 10_000, 100_000)
PER_REPORT = 5
MUNICIPALITIES = 290
BODIES = ("Kommunstyrelsen", "Socialnämnden", "Tekniska nämnden", "Barn- och utbildningsnämnden", "Miljönämnden")
VERBS = "Säkerställa Utveckla Upprätta Införa Revidera Dokumentera Följa Redovisa Tydliggöra Stärka Besluta Analysera".split()
FIRST = """avtal arbetsmiljö avvikelse behörighet bidrag boende brand budget bygg delegation diarie drift elev energi enhet faktura
    fastighet fordon förskole hemtjänst informations inköp investering kassa klimat kompetens konsult kontroll kris kvalitet ledning
    leverantör likviditet lokal läromedel löne mål miljö medarbetar nyckel närings omsorg personal placering plan process projekt risk
    räddning sekretess sjukfrånvaro skatte skol social statsbidrag system säkerhet taxe tillsyn trafik trygghet underhåll upphandling
    utbildning vatten verksamhet vård ärende äldre""".split()
LAST = """analys avtal beslut bedömning dokument fördelning hantering insats kontroll krav ledning mål mätning organisation plan planering
    policy process program prognos rapport register resurs rutin samverkan strategi struktur styrning stöd system uppföljning utbildning
    utredning utveckling värdering översyn åtgärd""".split()
ENDINGS = ("", "en", "er", "erna", "s")
QUERIES = 60


def words(random_: random.Random, count: int) -> list[str]:
    """Compounds with and without endings, common ones more often."""
    made = []
    for _ in range(count):
        first = FIRST[int(len(FIRST) * random_.random() ** 1.7)]
        last = LAST[int(len(LAST) * random_.random() ** 1.7)]
        linking = "s" if first[-1] in "gtld" else ""
        made.append((first + linking + last if random_.random() < 0.7 else last) + random_.choice(ENDINGS))
    return made


def sentence(random_: random.Random) -> str:
    """A recommendation."""
    a, b, c, d, e = words(random_, 5)
    forms = (
        f"{random_.choice(VERBS)} {a} så att {b} och {c} följs upp av nämnden minst en gång per år.",
        f"{random_.choice(VERBS)} en {a} för {b} inom {c} samt redovisa {d} för kommunstyrelsen.",
        f"Tillse att {a} är aktuell och att {b} dokumenteras i enlighet med {c}, {d} och {e}.",
    )
    return random_.choice(forms)


def fill(database: Database, size: int, *, seed: int = 1) -> None:
    """Write generated reports with their recommendations, a fifth of them repeated from an earlier report of the municipality."""
    random_ = random.Random(seed)
    earlier: dict[str, list[str]] = {}
    with database.atomic():
        for number in range(size // PER_REPORT):
            municipality = f"Ort{number % MUNICIPALITIES} kommun"
            write_report(
                database, f"{seed:02d}{number:010d}", municipality, 1990 + number * 35 // max(1, size // PER_REPORT), random_, earlier
            )


def write_report(
    database: Database, report: str, municipality: str, year: int, random_: random.Random, earlier: dict[str, list[str]]
) -> None:
    """One report with five recommendations."""
    execute = database.conn.execute
    known = earlier.setdefault(municipality, [])
    title = f"Granskning av {words(random_, 1)[0]}"
    execute(
        "insert into documents (id, sha256, filename, title, doc_type, municipality, fiscal_year, extractor_version, ingested_at)"
        " values (?, ?, ?, ?, 'granskningsrapport', ?, ?, 'bench', '')",
        [report, report, f"{report}.pdf", title, municipality, year],
    )
    for i in range(PER_REPORT):
        body = random_.choice(BODIES)
        key = organisation_id(municipality, body)
        execute(
            "insert or ignore into organisations (id, name, municipality, scope) values (?, ?, ?, ?)",
            [key, body, municipality, municipality],
        )
        text = random_.choice(known[-40:]) if known and random_.random() < 0.2 else sentence(random_)
        known.append(text)
        record = f"{report}-r{i:04d}"
        execute(
            "insert into recommendations (id, document_id, page, rule, confidence, recipient_id, text) values (?, ?, 1, 'bench', 1, ?, ?)",
            [record, report, key, text],
        )
        execute("insert into recommendation_recipients values (?, ?)", [record, key])


def timed(action: object, *arguments: object) -> float:
    """Seconds of the processor that a call takes: all is done in this process, and other programs do not disturb the figure."""
    start = time.process_time()
    action(*arguments)  # type: ignore[operator]
    return time.process_time() - start


def measure_search(database: Database) -> tuple[float, float, float]:
    """Median seconds of a search; of plain FTS5 with the words as typed; and of plain FTS5 asked for the same rows.

    Plain FTS5 finds one form of a word, a fifth of the rows; for the same rows it must be asked for every form. It gives its snippet
    and text of twenty rows, as the search does.
    """
    plain = sqlite3.connect(":memory:")
    plain.execute("create virtual table plain using fts5 (text)")
    plain.executemany("insert into plain (rowid, text) values (?, ?)", database.conn.execute("select id, text from search_rows"))
    random_ = random.Random(7)
    texts = [row[0] for row in plain.execute("select text from plain limit 5000")]
    queries = [
        " ".join(random_.sample([w for w in random_.choice(texts).strip(".").split() if len(w) > 6], 1 + n % 2)) for n in range(QUERIES)
    ]
    forms = [" AND ".join(f"({' OR '.join(forms_of(database, w))})" for w in q.split()) for q in queries]
    search(database, Question(queries[0]))
    ours = [timed(search, database, Question(q)) for q in queries]
    ask = "select text, snippet(plain, 0, '[', ']', '…', 30) from plain where plain match ? order by rank limit 20"
    typed = [timed(lambda q: plain.execute(ask, [" ".join(f'"{w}"' for w in q.split())]).fetchall(), q) for q in queries]
    same = [timed(lambda q: plain.execute(ask, [q]).fetchall(), q) for q in forms]
    return statistics.median(ours), statistics.median(typed), statistics.median(same)


def forms_of(database: Database, word: str) -> list[str]:
    """All forms of a word that the index has under one stem, quoted."""
    query = "select b.word from search_words a join search_words b on b.stem = a.stem where a.word = ?"
    return [f'"{row[0]}"' for row in database.conn.execute(query, [word.lower().strip(".,")])] or [f'"{word}"']


def measure(size: int) -> None:
    """Print one line for one size."""
    collect_less()  # as a run does
    stem("skolorna")  # the word list is loaded once, whatever the size
    with tempfile.TemporaryDirectory() as folder:
        database = open_for_writing(Path(folder) / "growth.db")
        fill(database, size)
        with database.atomic():
            threading = timed(threads.rebuild, database.conn)
            indexing = timed(search_index.rebuild, database.conn)
        ours, typed, same = measure_search(database)
        with database.atomic():
            write_report(database, "ny", "Ort7 kommun", 2026, random.Random(9), {"Ort7 kommun": []})
            adding = timed(threads.update, database.conn, ["ny"]) + timed(search_index.update, database.conn, ["ny"])
        tied = database.execute("select count(*) from recommendations where thread_id is not null").fetchone()[0]
        database.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    per_record = (threading + indexing) / size * 1000
    print(
        f"{size:9,d}{threading:10.1f}{indexing:10.1f}{per_record:11.3f}{memory:10.0f}{adding:10.2f}{ours * 1000:11.1f}{typed * 1000:9.1f}"
        f"{same * 1000:11.1f}{ours / same:8.2f}{tied:11,d}"
    )


def main() -> None:
    """Run the sizes one by one and print them side by side."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--one", type=int)
    arguments = parser.parse_args()
    if arguments.one:
        measure(arguments.one)
        return
    print("  records threads s   index s  ms/record    MB peak  adding s  search ms plain ms  same rows   ratio  in thread")
    for size in arguments.sizes:
        subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)


if __name__ == "__main__":
    main()
