"""`ingest run` as a user meets it: good files go in, bad ones are named, nothing is done twice, and a killed run is carried on."""

import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from tests import pdfs

TABLES = ("documents", "pages", "sections", "recommendations", "recommendation_mentions", "notices", "table_cells", "organisations")


def ingest(*words, cwd=None, timeout=120):
    command = [sys.executable, "-m", "ingest", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=timeout, check=False)


def content(db):
    connection = sqlite3.connect(db)
    try:
        return {
            table: sorted(
                tuple(v for k, v in zip([c[0] for c in cursor.description], row, strict=True) if k != "ingested_at") for row in cursor
            )
            for table in TABLES
            for cursor in [connection.execute(f"select * from {table}")]
        }
    finally:
        connection.close()


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_a_report_becomes_rows(folder, tmp_path):
    pdfs.write_pdf(folder / "granskning.pdf")
    done = ingest("run", folder, "--db", tmp_path / "x.db", "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert "Granskningsrapport" in done.stdout and "1 inlästa" in done.stdout
    with sqlite3.connect(tmp_path / "x.db") as db:
        texts = [row[0] for row in db.execute("select rekommendation from rekommendationer")]
        [(kommun,)] = db.execute("select distinct kommun from rekommendationer")
    assert sorted(t.rstrip(".") for t in texts) == [
        "Fastställa en rutin för hur avtal följs upp under året",
        "Utbilda beställarna i verksamheterna om ramavtalen",
    ]
    assert kommun == "Lundby kommun"


@pytest.mark.parametrize(
    ("name", "write", "reason"),
    [
        ("las.pdf", pdfs.write_encrypted, "lösenord"),
        ("stympad.pdf", pdfs.write_truncated, "skadad"),
        ("webbsida.pdf", pdfs.write_html, "inte en PDF"),
        ("tom.pdf", pdfs.write_empty, "tom"),
        ("saknas.pdf", lambda path: path, "finns inte"),
    ],
)
def test_a_bad_file_is_named_and_stops_nothing(folder, tmp_path, name, write, reason):
    pdfs.write_pdf(folder / "bra.pdf")
    bad = write(folder / name)
    done = ingest("run", folder / "bra.pdf", bad, "--db", tmp_path / "x.db", "--workers", 1)
    assert done.returncode == 1
    assert name in done.stderr and "Traceback" not in done.stderr + done.stdout
    folded = " ".join(done.stdout.replace("│", " ").split())
    assert reason in folded.lower() + done.stderr.lower() or reason in folded + done.stderr
    with sqlite3.connect(tmp_path / "x.db") as db:
        assert [r[0] for r in db.execute("select filename from documents")] == ["bra.pdf"]
        assert [r[0] for r in db.execute("select filename from run_files where outcome = 'misslyckad'")] == [name]


def test_magic_bytes_decide_not_the_suffix(folder, tmp_path):
    pdfs.write_pdf(folder / "rapport.dat")
    done = ingest("run", folder / "rapport.dat", "--db", tmp_path / "x.db", "--workers", 1)
    assert done.returncode == 0, done.stderr


def test_a_second_run_changes_nothing_and_force_reads_anew(folder, tmp_path):
    pdfs.write_pdf(folder / "a.pdf")
    db = tmp_path / "x.db"
    ingest("run", folder, "--db", db, "--workers", 1)
    before = content(db)
    again = ingest("run", folder, "--db", db, "--workers", 1)
    assert again.returncode == 0 and "0 inlästa, 1 oförändrade" in again.stdout
    assert content(db) == before
    forced = ingest("run", folder, "--db", db, "--workers", 1, "--force")
    assert "1 inlästa" in forced.stdout
    assert content(db) == before


def test_the_same_content_under_two_names_is_one_document(folder, tmp_path):
    pdfs.write_pdf(folder / "a.pdf")
    (folder / "b.pdf").write_bytes((folder / "a.pdf").read_bytes())
    ingest("run", folder, "--db", tmp_path / "x.db", "--workers", 1)
    with sqlite3.connect(tmp_path / "x.db") as db:
        assert db.execute("select count(*) from documents").fetchone() == (1,)
        assert sorted(r[0] for r in db.execute("select outcome from run_files")) == ["dubblett", "inlast"]


def test_a_killed_run_is_carried_on_to_the_same_content(folder, tmp_path):
    for i in range(6):
        pdfs.write_pdf(folder / f"{i}.pdf", extra=f"Bilaga {i}")
    whole, broken = tmp_path / "whole.db", tmp_path / "broken.db"
    ingest("run", folder, "--db", whole, "--workers", 1)
    process = subprocess.Popen(
        [sys.executable, "-m", "ingest", "run", str(folder), "--db", str(broken), "--workers", "1"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    for line in process.stderr:  # killed as soon as the second report is in
        if line.startswith("[2/"):
            break
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stderr.close()
    done = ingest("run", folder, "--db", broken, "--workers", 1)
    assert done.returncode == 0, done.stderr
    assert content(broken) == content(whole)


def test_wrong_use_exits_with_2(tmp_path):
    assert ingest("run").returncode == 2
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("create table t (x)")
    done = ingest("run", tmp_path, "--db", other)
    assert done.returncode == 2 and "inte gjord av Uppsikt" in done.stderr
    assert ingest("status", "--db", tmp_path / "no.db").returncode == 2
    assert ingest("run", tmp_path, "--db", tmp_path / "x.db", "--engine", "spark").returncode in {0, 2}


def test_help_answers_at_once():
    best = min(_seconds_of_help() for _ in range(3))
    assert best < 0.3 * float(os.environ.get("UPPSIKT_SLOWNESS", "2"))  # a loaded CI machine gets twice the time


def _seconds_of_help():
    started = time.perf_counter()
    ingest("--help")
    return time.perf_counter() - started
