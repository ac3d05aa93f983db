"""How fast a run is beside bare reading: prints pages per second of the whole run, of PyMuPDF only reading, and of pdfplumber.

    python -m bench.speed [FOLDER] [--rounds N] [--plumber-pages N]

FOLDER defaults to UPPSIKT_GOLD or, without it, to corpus/. One worker, no OCR; start-up apart (a run over the smallest file is taken off).
Reading, the run and its start-up are timed in turn, three rounds, and the best of each counts: what else the machine does disturbs all
alike. pdfplumber reads all pages once (about a minute), or an even sample of them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pdfplumber
import pymupdf

ROOT = Path(__file__).resolve().parent.parent
FLAGS = pymupdf.TEXTFLAGS_DICT | pymupdf.TEXT_COLLECT_STRUCTURE


def seconds_of_run(files: list[Path]) -> float:
    """Wall-clock seconds of a whole `ingest run` into an empty database with one worker."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "ingest", "run", *map(str, files), "--db", f"{folder}/bench.db"]
        started = time.perf_counter()
        subprocess.run([*command, "--workers", "1", "--ocr", "never", "--quiet"], check=False, cwd=ROOT)
        return time.perf_counter() - started


def seconds_of_reading(files: list[Path]) -> tuple[int, float]:
    """Pages, and seconds of PyMuPDF only reading them: text with structure, drawings, images."""
    pages, started = 0, time.perf_counter()
    for file in files:
        with pymupdf.open(file) as pdf:
            for page in pdf:
                page.get_text("dict", flags=FLAGS)
                page.get_cdrawings()
                page.get_images()
                pages += 1
    return pages, time.perf_counter() - started


def seconds_of_plumber(files: list[Path], sample: int | None, pages: int) -> tuple[int, float]:
    """Pages read (all, or about `sample`, evenly), and seconds of pdfplumber's words and tables on them."""
    sample = sample or pages
    step, seen, read, spent = max(1, pages // sample), 0, 0, 0.0
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                seen += 1
                if seen % step == 0:
                    started = time.perf_counter()
                    page.extract_words()
                    page.extract_tables()
                    spent += time.perf_counter() - started
                    read += 1
                page.close()
    return read, spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(os.environ.get("UPPSIKT_GOLD", ROOT.parent / "shared" / "gold" / "dev"))
    parser.add_argument("folder", nargs="?", type=Path, default=default if default.is_dir() else ROOT / "corpus")
    parser.add_argument("--plumber-pages", type=int, help="a sample of so many pages for pdfplumber, which is slow")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    files = sorted(arguments.folder.glob("*.pdf"), key=lambda f: f.stat().st_size)
    rounds = [(seconds_of_reading(files), seconds_of_run(files[:1]), seconds_of_run(files)) for _ in range(arguments.rounds)]
    pages, reading = min(r[0] for r in rounds)
    start_up, whole = min(r[1] for r in rounds), min(r[2] for r in rounds)
    run = whole - start_up
    read, plumber = seconds_of_plumber(files, arguments.plumber_pages, pages)
    print(f"{len(files)} files, {pages} pages in {arguments.folder.name}; best of {len(rounds)} rounds:")
    print(f"start-up {start_up:.2f} s, whole run {whole:.2f} s")
    print(f"{'':34s}{'ms/page':>9s}{'pages/s':>9s}")
    for name, seconds, number in (
        ("PyMuPDF, only reading", reading, pages),
        ("ingest run", run, pages),
        ("pdfplumber words + tables", plumber, read),
    ):
        print(f"{name:34s}{1000 * seconds / number:9.2f}{number / seconds:9.1f}")
    print(f"the run takes {run / reading:.2f} times the reading and is {(plumber / read) / (run / pages):.1f} times as fast as pdfplumber")


if __name__ == "__main__":
    main()
