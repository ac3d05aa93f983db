"""Databases that several tests read: the sample reports, and the gold where it is at hand."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def ingested(pdfs, database):
    """Run `ingest run` over the files, as a user would; a file that fails fails the test."""
    command = [sys.executable, "-m", "ingest", "run", *map(str, pdfs), "--db", str(database), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return database


def made_once(tmp_path_factory, name, pdfs):
    """A database that the first who asks makes; with pytest-xdist its other workers wait for it and read the same file."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    done = folder / f"{name}.done"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            ingested(pdfs, folder / f"{name}.db")
            done.touch()
    return folder / f"{name}.db"


@pytest.fixture(scope="session")
def corpus_db(tmp_path_factory):
    """The sample reports, ingested once."""
    return made_once(tmp_path_factory, "corpus", sorted((ROOT / "corpus").glob("*.pdf")))


@pytest.fixture(scope="session")
def gold_folder():
    """The folder of gold reports that stands beside a checkout; tests that need it are skipped where it is not."""
    folder = Path(os.environ.get("UPPSIKT_GOLD", ROOT.parent / "shared" / "gold" / "dev"))
    if not any(folder.glob("*.gold.json")):
        pytest.skip(f"no gold reports in {folder}; set UPPSIKT_GOLD")
    return folder


@pytest.fixture(scope="session")
def gold_db(gold_folder, tmp_path_factory):
    """The gold reports, ingested once."""
    pdfs = [path.with_name(path.name.replace(".gold.json", ".pdf")) for path in sorted(gold_folder.glob("*.gold.json"))]
    return made_once(tmp_path_factory, "gold", pdfs)
