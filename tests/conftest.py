"""Databases that several tests read: the sample reports, and the gold where it is at hand."""

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


@pytest.fixture(scope="session")
def corpus_db(tmp_path_factory):
    """The sample reports, ingested once."""
    return ingested(sorted((ROOT / "corpus").glob("*.pdf")), tmp_path_factory.mktemp("corpus") / "corpus.db")


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
    return ingested(pdfs, tmp_path_factory.mktemp("gold") / "gold.db")
