"""How well scans are read: sample reports as image-only copies (askew, grain, a page upside down), scored beside the originals.

    python -m bench.scans [--sets 1,2,coarse,fine] [--workers N] [--keep FOLDER]

Set 1: a goal report with level rules only, one with shading, one with ruled tables, an audit with an answer table and recommendations
in bullets, an audit with a scanned letter in front; on these the reader was tuned. Set 2: five others with another grain, on which it was
not. `coarse` is set 2 at 150 dpi, `fine` set 2 at 300 dpi; the others are of 200 dpi. Prints precision, recall and F1 per kind of
record, as text and as scan; exits 1 where a scan of set 1 or 2 falls under its threshold. Takes a minute or two per set.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.scanned import scan  # noqa: E402
from tests.scoring import Score, score  # noqa: E402

CORPUS = ROOT / "corpus"
TUNED = (
    "norrtuna-delar1-2022.linje",
    "norrtuna-delar2-2022.skugga",
    "norrtuna-arsredovisning-2022.kontor",
    "norrtuna-granskning-upphandling-2020.kontor",
    "ekhamra-granskning-hemtjanst-2021.skugga",
)
OTHERS = (
    "sjovalla-tertialrapport1-2024.linje",
    "norrtuna-delar2-2023.kontor",
    "norrtuna-socialnamnden-2024.skugga",
    "tallanger-granskning-krisberedskap-2024.kontor",
    "storvika-stadsrevisionen-2023.ren",
)


@dataclass(frozen=True)
class Scans:
    """Reports to be scanned, at what resolution, with grain from which seed on; `held`: whether thresholds apply."""

    reports: tuple[str, ...]
    dpi: int
    seed: int
    held: bool = False


SETS = {
    "1": Scans(TUNED, 200, 1, held=True),
    "2": Scans(OTHERS, 200, 101, held=True),
    "coarse": Scans(OTHERS, 150, 201),
    "fine": Scans(OTHERS, 300, 301),
}
LEAST = {"goals": 0.90, "goal_color": 0.90, "recommendations": 0.90, "table_cells": 0.85}
TURNED = 1
"""The page (counted from 0) of each copy that lies upside down."""


def scored(folder: Path, reports: tuple[str, ...], workers: int) -> dict[str, Score]:
    """A run over the PDFs of a folder, scored against the gold of the reports."""
    command = [sys.executable, "-m", "ingest", "run", str(folder), "--db", str(folder / "bench.db"), "--workers", str(workers)]
    subprocess.run([*command, "--timeout", "1800", "--quiet"], check=False, cwd=ROOT)
    return dict(score(folder / "bench.db", [CORPUS / f"{name}.gold.json" for name in reports]))


def measured(name: str, base: Path, workers: int) -> bool:
    """Make the copies of one set, read both, print the figures; whether all thresholds that apply are met."""
    chosen = SETS[name]
    texts, scans = base / name / "text", base / name / "scan"
    for folder in (texts, scans):
        folder.mkdir(parents=True, exist_ok=True)
    for number, report in enumerate(chosen.reports):
        (texts / f"{report}.pdf").write_bytes((CORPUS / f"{report}.pdf").read_bytes())
        scan(CORPUS / f"{report}.pdf", scans / f"{report}.pdf", upside_down=TURNED, seed=chosen.seed + number, dpi=chosen.dpi)
    original, seen = scored(texts, chosen.reports, workers), scored(scans, chosen.reports, workers)
    print(f"set {name} ({chosen.dpi} dpi)")
    print(f"{'kind':26}{'gold':>6}{'text F1':>10}{'scan P':>10}{'scan R':>10}{'scan F1':>10}{'least':>8}")
    for kind, result in seen.items():
        if result.gold + result.found:
            recall = result.hit / result.gold if result.gold else 0.0
            figures = f"{original[kind].f1:10.3f}{result.precision:10.3f}{recall:10.3f}{result.f1:10.3f}"
            print(f"{kind:26}{result.gold:6}{figures}{LEAST.get(kind, 0) if chosen.held else 0:8.2f}")
    return not chosen.held or all(seen[kind].f1 >= least for kind, least in LEAST.items())


def main() -> int:
    """Measure the sets asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", default="1,2", help=f"of {', '.join(SETS)}")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for the copies and databases")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        base = options.keep or Path(temporary)
        met = [measured(name, base, options.workers) for name in options.sets.split(",")]
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
