"""Planted errors are found, and tables as they are give no false alarm: in the corpus, and in the gold reports where they are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.gold_tables import GOLD, gold_reports
from bench.planted_errors import false_alarms, run

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


@pytest.mark.parametrize("folder", [CORPUS, GOLD], ids=["corpus", "gold"])
def test_planted_errors(folder: Path) -> None:
    reports = list(gold_reports(folder)) if folder.is_dir() else []
    tables = [t for _, ts, _ in reports for t in ts]
    if not tables:
        pytest.skip(f"no gold tables in {folder}")
    alarms = [f.message for _, ts, gold in reports for f in false_alarms(ts, gold)]
    assert len(alarms) <= len(tables) / 100, alarms
    outcomes = run(tables, 500, seed=20)
    assert len(outcomes) == 500
    assert sum(o.found for o in outcomes) >= 0.95 * len(outcomes)
    assert sum(len(o.findings) for o in outcomes) <= 1.1 * len(outcomes), "one error must not give a shower of findings"
