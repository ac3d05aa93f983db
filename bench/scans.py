"""How well scans are read: five sample reports as image-only copies (askew, grain, a page upside down), scored beside the originals.

    python -m bench.scans [--workers N] [--keep FOLDER]

The five: a goal report with level rules only, one with shading, one with ruled tables, an audit with an answer table and
recommendations in bullets, an audit with a scanned letter in front. Prints precision, recall and F1 per kind of record, as text and
as scan (200 dpi); exits 1 where a scan falls under its threshold. Takes some minutes.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.scanned import scan  # noqa: E402
from tests.scoring import Score, score  # noqa: E402

CORPUS = ROOT / "corpus"
REPORTS = (
    "norrtuna-delar1-2022.linje",
    "norrtuna-delar2-2022.skugga",
    "norrtuna-arsredovisning-2022.kontor",
    "norrtuna-granskning-upphandling-2020.kontor",
    "ekhamra-granskning-hemtjanst-2021.skugga",
)
LEAST = {"goals": 0.90, "goal_color": 0.90, "recommendations": 0.90, "table_cells": 0.85}
TURNED = 1
"""The page (counted from 0) of each copy that lies upside down."""


def scored(folder: Path, workers: int) -> dict[str, Score]:
    """A run over the PDFs of a folder, scored against the gold of the five reports."""
    command = [sys.executable, "-m", "ingest", "run", str(folder), "--db", str(folder / "bench.db"), "--workers", str(workers)]
    subprocess.run([*command, "--timeout", "1800", "--quiet"], check=False, cwd=ROOT)
    return dict(score(folder / "bench.db", [CORPUS / f"{name}.gold.json" for name in REPORTS]))


def main() -> int:
    """Make the copies, read both, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for the copies and databases")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = options.keep or Path(temporary)
        texts, scans = base / "text", base / "scan"
        for folder in (texts, scans):
            folder.mkdir(parents=True, exist_ok=True)
        for seed, name in enumerate(REPORTS, 1):
            (texts / f"{name}.pdf").write_bytes((CORPUS / f"{name}.pdf").read_bytes())
            scan(CORPUS / f"{name}.pdf", scans / f"{name}.pdf", upside_down=TURNED, seed=seed)
        original, seen = scored(texts, options.workers), scored(scans, options.workers)
    print(f"{'kind':26}{'gold':>6}{'text F1':>10}{'scan P':>10}{'scan R':>10}{'scan F1':>10}{'least':>8}")
    for kind, result in seen.items():
        if result.gold + result.found:
            recall = result.hit / result.gold if result.gold else 0.0
            figures = f"{original[kind].f1:10.3f}{result.precision:10.3f}{recall:10.3f}{result.f1:10.3f}"
            print(f"{kind:26}{result.gold:6}{figures}{LEAST.get(kind, 0):8.2f}")
    return int(any(seen[kind].f1 < least for kind, least in LEAST.items()))


if __name__ == "__main__":
    sys.exit(main())
