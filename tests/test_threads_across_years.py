"""Threads over the reports of `data/threads_across_years.txt`: what comes back in other words, goals shortened and turned, and look-alikes.

The file was written in five parts, each scored once before anything was mended: recommendations 0.90, 0.81, 0.94, 0.65 and 0.93, goals
0.79, 0.87, 0.82 and 0.92.
"""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db.alignment import align, one_word_exchanged, same_frame
from db.threads_goals import goal_subject
from tests.derived import database_of, report

DATA = Path(__file__).parent / "data" / "threads_across_years.txt"
FIELDS = {"R": "recommendations", "F": "followups", "G": "goals"}
LEAST = {"R": 0.94, "G": 0.97}
MEMBERS = {
    "R": "select r.text, r.thread_id, d.filename from recommendations r join documents d on d.id = r.document_id"
    " union all select f.recommendation, f.thread_id, d.filename from followups f join documents d on d.id = f.document_id",
    "G": "select g.goal, g.thread_id, d.filename from goals g join documents d on d.id = g.document_id",
}
Truth = dict[tuple[str, str, str], tuple[str, str] | None]


def read_reports() -> tuple[list[dict[str, Any]], Truth]:
    """The reports as arguments of `report`, and of each record (file, kind, text) the thread it belongs to."""
    reports: list[dict[str, Any]] = []
    truth: Truth = {}
    for line in filter(None, DATA.read_text("utf-8").splitlines()):
        parts = [part.strip() for part in line[2:].split("|")]
        if line.startswith("= "):
            reports.append({"name": parts[0], "municipality": parts[1], "year": int(parts[2]), "title": parts[3]})
        elif not line.startswith("#"):
            key, who, text = parts
            about = reports[-1]
            about[FIELDS[line[0]]] = (*about.get(FIELDS[line[0]], ()), (text, int(who) if line[0] == "F" else who))
            truth[f"{about['name']}.pdf", "G" if line[0] == "G" else "R", text] = None if key == "-" else (about["municipality"], key)
    return reports, truth


@pytest.fixture(scope="module")
def reports_and_truth(tmp_path_factory: pytest.TempPathFactory) -> tuple[Database, Truth]:
    reports, truth = read_reports()
    made = [report(about.pop("name"), about.pop("title"), **about) for about in reports]
    return database_of(tmp_path_factory.mktemp("across") / "x.db", *made), truth


@pytest.mark.parametrize("kind", ["R", "G"])
def test_pairs_of_one_thread(reports_and_truth: tuple[Database, Truth], kind: str) -> None:
    database, truth = reports_and_truth
    hits, wrong = 0, []
    for (text, thread, file), (other, other_thread, other_file) in combinations(database.execute(MEMBERS[kind]).fetchall(), 2):
        wanted = truth[file, kind, text]
        same, found = wanted is not None and wanted == truth[other_file, kind, other], thread is not None and thread == other_thread
        if file != other_file and same == found:
            hits += same
        elif file != other_file:
            wrong.append(f"{'missed' if same else 'extra'}: {text} | {other}")
    assert hits > 70
    assert 2 * hits / (2 * hits + len(wrong)) >= LEAST[kind], "\n".join(wrong)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Upprätta en rutin för tillsyn av enskilda avlopp.", "Upprätta en rutin för tillsyn av livsmedelsanläggningar.", True),
        ("Tydliggöra ansvar och roller vid större olyckor.", "Tydliggöra ansvar och roller i planering för höjd beredskap.", True),
        ("Ta fram en rutin för jäv.", "Ta fram en rutin för jäv vid upphandling.", False),
        ("Ta fram en underhållsplan för skolor.", "Ta fram en underhållsplan med prioriteringar.", False),
        ("Följa upp entreprenörernas snöröjning.", "Följa upp entreprenörernas trafikplaner.", True),
        ("Upprätta en rutin för bisysslor.", "Inventera bisysslorna.", False),
    ],
)
def test_the_same_frame_around_another_subject(first: str, second: str, same: bool) -> None:
    assert same_frame(first, second) is same


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Alla elever ska kunna läsa i årskurs 1", "Alla elever ska kunna räkna i årskurs 3", True),
        ("Sjukfrånvaron ska vara högst 6 procent", "Sjukfrånvaron ska vara högst 5 procent", False),
        ("Fler elever ska ha studiero", "Alla elever ska ha studiero", False),
    ],
)
def test_one_word_in_anothers_place(first: str, second: str, same: bool) -> None:
    assert one_word_exchanged(first, second) is same


def test_goals_in_opposite_directions_are_never_one(tmp_path: Path) -> None:
    pair = ("Antalet detaljplaner ska öka", "Antalet överklagade detaljplaner ska minska")
    made = [report(name, year=year, goals=((goal, "Byggnadsnämnden"),)) for name, year, goal in zip("ab", (2021, 2023), pair, strict=True)]
    assert database_of(tmp_path / "x.db", *made).execute("select count(distinct thread_id) from goals").fetchone()[0] in (0, 2)


def test_compounds_and_abbreviations_meet_their_parts() -> None:
    first, second = goal_subject("2.1 Fler biblioteksbesök"), goal_subject("Antalet besök på biblioteken ska öka")
    assert align(first.telling, second.telling).exchanged == 0
    assert goal_subject("Ökat NKI").telling == goal_subject("Ökat nöjd-kund-index").telling
    assert goal_subject("SN 1.2 Trygga brukare").text == "trygga brukare" and goal_subject("35 procent ekologisk mat").text.startswith("35")
    assert goal_subject("Bättre klimat jämfört med förra året").text == "bättre klimat"
