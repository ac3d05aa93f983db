"""The views over the years on the sample reports themselves, read from their PDFs: what came back, what nobody followed up, how goals went.

What is expected is taken from the gold beside the reports, not from what the program finds.
"""

import json
import re
import shutil
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from db.connection import open_for_writing
from db.derived import rebuild, update
from tests.derived import derived

CORPUS = Path(__file__).parents[1] / "corpus"
THREADS = json.loads((CORPUS / "threads_corpus.json").read_text("utf-8"))
WORDS = {
    "uppfylls": "Uppfylls",
    "delvis": "Uppfylls delvis",
    "uppfylls_inte": "Uppfylls inte",
    "ej_bedomd": "Ej bedömt",
    "ej_bedomt": "Ej bedömt",
}
STATUS = {"atgardad": "Åtgärdad", "delvis": "Delvis åtgärdad", "ej_atgardad": "Ej åtgärdad"}


def chosen_files() -> list[str]:
    """One print of each report: those that the threads are written for, else the first."""
    named = {m["file"] for thread in THREADS for m in thread["members"]}
    files = sorted((p.name for p in CORPUS.glob("*.pdf")), key=lambda f: (f.split(".")[0], f not in named, f))
    return [next(prints) for _, prints in groupby(files, lambda f: f.split(".")[0])]


FILES = chosen_files()
GOLD: dict[str, dict[str, Any]] = {f: json.loads((CORPUS / f.replace(".pdf", ".gold.json")).read_text("utf-8")) for f in FILES}


def folded(text: str) -> str:
    """A text as it is compared: without its lead-in "Att" and its full stop."""
    return re.sub(r"^att ", "", re.sub(r"\s+", " ", text).strip(" .").casefold())


@pytest.fixture(scope="module")
def database(corpus_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The reports in one print each: the other prints were read too and are taken out again."""
    path = tmp_path_factory.mktemp("views") / "x.db"
    shutil.copy(corpus_db, path)
    opened = open_for_writing(path)
    others = [row["id"] for row in opened.query("select id, filename from documents") if row["filename"] not in FILES]
    for document in others:
        opened.execute("delete from documents where id = ?", [document])
    opened.conn.commit()
    assert others
    update(opened)
    return opened


def year_of(file: str) -> int:
    about = GOLD[file]["document"]
    return int(about.get("fiscal_year") or about["published"][:4])


def recommended(file: str) -> dict[str, set[str]]:
    """Each recommendation of a report with the wordings that count as its text."""
    return {r["text"]: {folded(t) for t in (r["text"], *r.get("also", ()))} for r in GOLD[file].get("recommendations", [])}


def threads_given() -> list[list[tuple[str, str]]]:
    """(file, text) of the recommendations in each thread that two reports or more give."""
    given = [[(m["file"], m["text"]) for m in t["members"] if m["file"] in FILES and m["text"] in recommended(m["file"])] for t in THREADS]
    return [members for members in given if len({file for file, _ in members}) > 1]


def test_what_came_back_with_its_years_and_wordings_in_order(database: Database) -> None:
    rows = list(database.query("select * from aterkommande_rekommendationer"))
    found = {
        (row["antal_rapporter"], row["första_år"], row["senaste_år"], tuple(folded(w[6:]) for w in row["ordalydelser"].split("\n")))
        for row in rows
    }
    expected = set()
    for members in threads_given():
        ordered = sorted(members, key=lambda m: year_of(m[0]))
        years = [year_of(file) for file, _ in ordered]
        expected.add((len({file for file, _ in members}), years[0], years[-1], tuple(folded(text) for _, text in ordered)))
    assert len(expected) >= 3
    assert found == expected
    for row in rows:
        place = re.fullmatch(r"/-/sida/(\w{12})/(\d+)\?ruta=[\d.,]+", row["länk"])
        assert place
        assert database.execute("select 1 from pages where document_id = ? and page = ?", place.groups()).fetchone()
        last = database.execute("select fiscal_year, published from documents where id = ?", [place[1]]).fetchone()
        assert row["senaste_år"] in (last[0], int((last[1] or "0")[:4]))


def test_each_followup_is_tied_to_what_it_follows(database: Database) -> None:
    rows = list(database.query("select * from uppfoljningar"))
    expected = {
        (folded(f["recommendation"]), f["year"], STATUS[f["status"]])
        for gold in GOLD.values()
        for f in gold.get("followups", [])
        if f["year"]
    }
    assert len(expected) >= 5
    assert {(folded(r["tidigare_rekommendation"]), r["lämnad_år"], r["status"]) for r in rows} >= expected
    given = {(folded(text), year_of(file)) for file in FILES for text in recommended(file)}
    held = [r for r in rows if (folded(r["tidigare_rekommendation"]), r["lämnad_år"]) in given]
    assert len(held) >= 5
    for row in held:
        assert folded(row["i_den_tidigare_rapporten"]) == folded(row["tidigare_rekommendation"])
        assert row["länk_tidigare"] and row["länk_tidigare"] != row["länk"]


def test_what_nobody_followed_up(database: Database) -> None:
    found = {folded(row["rekommendation"]) for row in database.query("select * from obesvarade_rekommendationer")}
    followed = {(file, folded(f["recommendation"])) for file in FILES for f in GOLD[file].get("followups", [])}
    in_threads = {
        folded(text)
        for thread in THREADS
        for file, text in ((m["file"], m["text"]) for m in thread["members"])
        if any((m["file"], folded(m["text"])) in followed and m["file"] != file for m in thread["members"])
    }
    answered = {text for _, text in followed} | in_threads
    expected = [forms for file in FILES for forms in recommended(file).values() if not forms & answered]
    assert len(expected) >= 10
    assert [sorted(forms) for forms in expected if not forms & found] == []
    assert [text for text in found if text in answered] == []


def test_a_goal_through_its_year(database: Database) -> None:
    reports = [f for f in FILES if re.match(r"norrtuna-(?:delar1|delar2|arsredovisning)-2022", f)]
    assert len(reports) == 3
    checked = 0
    for goal in GOLD[next(f for f in reports if "arsredovisning" in f)]["goals"]:
        told = {
            GOLD[f]["document"]["period_end"]: WORDS[g["fulfilment"]]
            for f in reports
            for g in GOLD[f]["goals"]
            if g["goal"] == goal["goal"] and g["organisation"] == goal["organisation"]
        }
        rows = list(
            database.query(
                "select till_och_med, måluppfyllelse, tråd_id from maluppfyllelse"
                " where mål = ? and organisation = ? and år = 2022 and kommun like 'Norrtuna%' order by till_och_med",
                [goal["goal"], goal["organisation"]],
            )
        )
        if len(told) == len(rows) == 3:
            assert {row["till_och_med"]: row["måluppfyllelse"] for row in rows} == told
            assert len({row["tråd_id"] for row in rows}) == 1 and rows[0]["tråd_id"]
            checked += 1
    assert checked >= 4


def test_doubtful_bodies_are_of_one_municipality_and_two_rows(database: Database) -> None:
    for row in database.query("select * from tveksamma_organisationer"):
        scopes = database.execute(
            "select distinct scope from organisations where id in (?, ?)", [row["organisation_id"], row["kanske_samma_id"]]
        )
        assert len(scopes.fetchall()) == 1
    repeated = database.execute("select scope, sort_name, count(*) from organisations group by scope, sort_name having count(*) > 1")
    assert repeated.fetchall() == []


def test_adding_and_taking_away_gives_what_rebuilding_gives(database: Database) -> None:
    found = derived(database)
    assert all(found.values())
    alone = "select count(*) from goal_threads where members < 2"
    assert database.execute(alone).fetchone() == (0,)
    rebuild(database)
    assert derived(database) == found


def test_a_report_that_is_taken_away_leaves_nothing_behind(database: Database, tmp_path: Path) -> None:
    path = tmp_path / "less.db"
    database.execute("vacuum into ?", [str(path)])
    less = open_for_writing(path)
    less.execute("delete from documents where filename like 'norrtuna-granskning-upphandling-2020%'")
    less.conn.commit()
    update(less)
    assert 2020 not in {row["första_år"] for row in less.query("select första_år from aterkommande_rekommendationer")}
    found = derived(less)
    rebuild(less)
    assert derived(less) == found
