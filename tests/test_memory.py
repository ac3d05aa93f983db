"""Reading file after file takes no more memory than reading one: what is kept per file must be let go of."""

import subprocess
import sys
from pathlib import Path

import pytest

from extractors.layout.reader import read_report
from extractors.reports import extract

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
FILES, ROUNDS = 6, 3
MOST_GROWTH = 15
"""Megabytes over the rounds after the first, in which tables are read and caches filled."""
MOST_AT_ALL = 400


def resident():
    """Megabytes that the process holds now, and the most that it ever held."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text("ascii").splitlines())
    return tuple(int(status[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))


def read_all(files):
    for file in files:
        extract(read_report(file, ocr="never"), sha256="0" * 64)


def test_memory_does_not_grow_from_file_to_file():
    if not Path("/proc/self/status").exists():
        pytest.skip("the system tells no memory in /proc")
    files = sorted(CORPUS.glob("*.pdf"), key=lambda file: file.stat().st_size)[-FILES:]
    assert len(files) == FILES
    read_all(files)
    before, _ = resident()
    for _ in range(ROUNDS - 1):
        read_all(files)
    after, _ = resident()
    assert after - before < MOST_GROWTH, f"{before:.0f} MB after the first round, {after:.0f} MB after {ROUNDS}"


def test_memory_of_a_worker_with_a_large_report(gold_folder):
    """The largest gold report in a process of its own stays under the limit of a worker."""
    if not Path("/proc/self/status").exists():
        pytest.skip("the system tells no memory in /proc")
    file = max(gold_folder.glob("*.pdf"), key=lambda file: file.stat().st_size)
    code = "import sys, pathlib, tests.test_memory as m; m.read_all([pathlib.Path(sys.argv[1])]); print(m.resident()[1])"
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, cwd=CORPUS.parent, check=True)
    assert float(done.stdout) < MOST_AT_ALL
