"""Workers that can be killed one by one: a file that takes too long or takes its reader down stops nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pymupdf
import pytest

from ingest import engines
from ingest.sources import read_sha256
from ingest.worker import Job
from schema.errors import UppsiktError
from tests import pdfs


def write_heavy(path: Path) -> Path:
    """A report that takes many seconds to read: nine hundred pages of close print (the same page over and over, so the file is small)."""
    with pymupdf.open() as pdf:
        line = "Nämnden redovisar utfallet per verksamhet och konto i nedanstående uppställning. " * 2
        page = pdf.new_page()
        for y in range(40, 800, 8):
            page.insert_text((40, y), line, fontsize=6)
        once = pdf.tobytes()
    with pymupdf.open() as pdf, pymupdf.open("pdf", once) as one:
        for _ in range(900):
            pdf.insert_pdf(one)
        pdf.save(path)
    return path


def job(path: Path) -> Job:
    return Job(str(path), read_sha256(path), "never")


def test_a_file_over_its_time_is_named_and_the_others_go_in(tmp_path):
    jobs = [job(write_heavy(tmp_path / "tung.pdf")), job(pdfs.write_pdf(tmp_path / "bra.pdf"))]
    results = {Path(r.job.path).name: r for r in engines.read_all(jobs, engine="local", workers=1, timeout=5)}
    assert results["tung.pdf"].reason == "timeout" and "--timeout" in results["tung.pdf"].message
    assert results["bra.pdf"].extraction is not None


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the worker through /proc")
def test_a_reader_that_dies_stops_nothing(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_heavy(folder / "a-tung.pdf")
    pdfs.write_pdf(folder / "b-bra.pdf")
    command = [sys.executable, "-m", "ingest", "run", str(folder), "--db", str(tmp_path / "x.db"), "--workers", "1", "--quiet"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    worker = wait_for_worker(process.pid)
    os.kill(worker, signal.SIGKILL)
    _, complaints = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "a-tung.pdf" in complaints and "Traceback" not in complaints
    with sqlite3.connect(tmp_path / "x.db") as db:
        assert db.execute("select filename from documents").fetchall() == [("b-bra.pdf",)]
        assert db.execute("select reason from run_files where outcome = 'misslyckad'").fetchall() == [("crashed",)]


def wait_for_worker(parent: int) -> int:
    """The process below the run that is busy reading (has used processor time)."""
    for _ in range(1200):
        for pid in (grandchild for child in children(parent) for grandchild in children(child)):  # the fork server's own
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() if Path(f"/proc/{pid}").exists() else []
            if fields and int(fields[11]) + int(fields[12]) > 30:
                return pid
        time.sleep(0.05)
    raise AssertionError("no worker came to life")


def children(parent: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{parent}/task").glob("*/children") for child in task.read_text().split()]


def test_an_unknown_engine_is_refused_in_words():
    with pytest.raises(UppsiktError, match="Okänd motor: spark"):
        list(engines.read_all([], engine="spark", workers=1, timeout=5))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_dask_gives_the_same(tmp_path):
    pytest.importorskip("distributed", reason="dask is not installed: pip install 'uppsikt[cluster]'")
    path = pdfs.write_pdf(tmp_path / "bra.pdf")
    [local] = engines.read_all([job(path)], engine="local", workers=1, timeout=60)
    [dask] = engines.read_all([job(path)], engine="dask", workers=1, timeout=60)
    assert dask.extraction == local.extraction and dask.extraction is not None
