"""Threads: what is the same over the years in whatever words, what only resembles, and that adding gives what rebuilding gives."""

import random
from pathlib import Path

import pytest

from db.derived import rebuild, update
from db.similarity import subject_of, text_features, total
from db.store import store_extraction
from db.threads_match import Record, candidates
from tests.derived import database_of, derived, report, threads_of

REWORDED = [
    (
        "Säkerställa att avtalsregistret är komplett och uppdaterat.",
        "Se till att kommunens förteckning över avtal är fullständig och aktuell.",
    ),
    (
        "Upprätta en plan för hur lokalernas underhåll ska finansieras.",
        "Ta fram en långsiktig underhållsplan för finansiering av lokalerna.",
    ),
    ("Tillse att delegationsbeslut anmäls till nämnden.", "Säkerställa att beslut som fattas på delegation återrapporteras till nämnden."),
    ("Utbilda chefer i hur sjukfrånvaro förebyggs.", "Erbjuda cheferna kompetensutveckling i att förebygga sjukfrånvaro."),
    (
        "Dokumentera riskanalysen inför internkontrollplanen.",
        "Säkerställa att riskbedömningar till planen för intern kontroll finns nedtecknade.",
    ),
    ("Följa upp avtalstroheten löpande.", "Införa en regelbunden kontroll av att inköpen görs från avtal så att avtalstroheten ökar."),
]
REWORDED += [
    ("Säkerställa att attestlistan hålls aktuell.", "Attestförteckningen bör uppdateras löpande."),
    ("Inaktivera användarkonton när anställningar upphör.", "Tillse att behörigheter tas bort när medarbetare slutar."),
    ("Anta en policy för representation.", "Kommunens representationspolicy behöver fastställas."),
    ("Testa återläsning av säkerhetskopior.", "Återställning från backup bör prövas."),
]
DIFFERENT = [
    ("Stärka den interna kontrollen avseende löneutbetalningar.", "Stärka den interna kontrollen avseende representation."),
    ("Ta fram en plan för välfärdsteknik.", "Ta fram en plan för kompetensförsörjning."),
    ("Upprätta en rutin för hantering av delegationsbeslut.", "Upprätta en rutin för att rapportera bisysslor."),
    ("Utbilda chefer i hur sjukfrånvaro förebyggs.", "Utbilda beställare i upphandling."),
    ("Tillse att delegationsbeslut anmäls till nämnden.", "Tillse att nämndens mål följs upp."),
    ("Upprätta en rutin för jäv vid upphandling.", "Upprätta en rutin för arkivering av personalakter."),
    ("Säkerställa att taxan för vatten täcker kostnaderna.", "Säkerställa att skolornas lokaler är tillgängliga."),
]


@pytest.mark.parametrize(("earlier", "later"), REWORDED)
def test_the_same_in_other_words_joins_in_audits_of_one_subject(tmp_path: Path, earlier: str, later: str) -> None:
    others = ("Besluta om mål för verksamhetens kvalitet.",)
    database = database_of(
        tmp_path / "x.db",
        report("a", "Granskning av intern styrning", year=2019, recommendations=(earlier, *others)),
        report("b", "Uppföljande granskning av intern styrning", year=2023, recommendations=(later,)),
    )
    assert threads_of(database) == {frozenset({earlier, later})}


@pytest.mark.parametrize(("earlier", "later"), DIFFERENT)
def test_what_only_resembles_stays_apart(tmp_path: Path, earlier: str, later: str) -> None:
    database = database_of(
        tmp_path / "x.db",
        report("a", "Granskning av inköp", year=2019, recommendations=(earlier,)),
        report("b", "Granskning av inköp", year=2023, recommendations=(later,)),
    )
    assert threads_of(database) == set()


def test_never_across_municipalities_and_another_body_is_a_join_of_its_own_kind(tmp_path: Path) -> None:
    text = "Säkerställa att avtalsregistret är komplett och uppdaterat."
    database = database_of(
        tmp_path / "x.db",
        report("a", recommendations=(text,)),
        report("b", municipality="Alviks kommun", year=2021, recommendations=(text,)),
        report("c", year=2022, recommendations=((text, "Socialnämnden"),)),
    )
    assert threads_of(database) == set()
    kinds = database.execute("select kind, scope from thread_joins").fetchall()
    assert kinds == [("annan_mottagare", "Ekviks kommun")]


def test_followups_are_tied_to_what_they_follow_and_leave_the_view(tmp_path: Path) -> None:
    first = "Dokumentera den riskanalys som ligger till grund för planen."
    second = "Anta planen inom den tid som reglementet anger."
    database = database_of(
        tmp_path / "x.db",
        report("a", "Granskning av intern kontroll", year=2021, recommendations=(first, second)),
        report("b", "Uppföljning av tidigare granskningar", year=2024, followups=((first, 2021),)),
    )
    tied = database.execute(
        "select r.text, f.thread_id = r.thread_id from followups f join recommendations r on r.id = f.recommendation_id"
    )
    assert tied.fetchall() == [(first, 1)]
    assert [row["rekommendation"] for row in database.query("select * from obesvarade_rekommendationer")] == [second]


def test_what_a_followup_report_asks_anew_is_not_followed_up_by_itself(tmp_path: Path) -> None:
    first = "Dokumentera den riskanalys som ligger till grund för planen."
    anew = "Skyndsamt se till att riskanalysen som planen bygger på dokumenteras."
    followup = report("b", "Uppföljning av tidigare granskningar", year=2024, followups=((first, 2021),), recommendations=(anew,))
    database = database_of(tmp_path / "x.db", report("a", "Granskning av intern kontroll", year=2021, recommendations=(first,)), followup)
    assert database.execute("select count(distinct thread_id), count(thread_id) from recommendations").fetchone() == (1, 2)
    assert [row["rekommendation"] for row in database.query("select * from obesvarade_rekommendationer")] == [anew]


def test_a_recommendation_that_comes_back_is_in_the_view_with_its_wordings(tmp_path: Path) -> None:
    earlier, later = REWORDED[0]
    database = database_of(
        tmp_path / "x.db",
        report("a", year=2018, recommendations=(earlier,)),
        report("b", "Granskning av inköp och upphandling", year=2023, recommendations=(later,)),
    )
    (row,) = database.query("select * from aterkommande_rekommendationer")
    values = " ".join(str(v) for v in row.values())
    assert all(part in values for part in ("2018", "2023", earlier, later, "Kommunstyrelsen"))
    (join,) = database.query("select * from thread_joins")
    assert 0 < join["score"] <= 1 and "gemensamma ämnesord" in join["reasons"]


def test_goals_join_in_changed_wording_and_not_with_their_opposite(tmp_path: Path) -> None:
    staff = "Kommunstaben"
    goals = (
        ("Sjukfrånvaron ska minska till högst 6 procent", staff),
        ("Andelen nöjda brukare ska öka", "Socialnämnden"),
        ("Alla elever ska ha studiero", "Skolnämnden"),
    )
    later = (
        ("Sjukfrånvaron ska minska till högst 5,5 procent", staff),
        ("Andelen missnöjda brukare ska minska", "Socialnämnden"),
        ("Alla barn och elever ska ha studiero", "Skolnämnden"),
        ("Alla elever ska ha läromedel", "Skolnämnden"),
    )
    database = database_of(
        tmp_path / "x.db", report("a", "Delårsrapport", year=2022, goals=goals), report("b", "Årsredovisning", year=2023, goals=later)
    )
    assert threads_of(database, "goals", "goal") == {frozenset({goals[0][0], later[0][0]}), frozenset({goals[2][0], later[2][0]})}


def test_two_goals_of_one_report_never_share_a_thread(tmp_path: Path) -> None:
    goals = tuple(
        (f"Strategiskt initiativ {word}: vi ska bidra till kommunens utveckling", "Kommunstaben")
        for word in ("klimat", "trygghet", "attraktion")
    )
    database = database_of(tmp_path / "x.db", *(report(f"r{y}", "Delårsrapport", year=y, goals=goals) for y in (2021, 2022, 2023)))
    assert threads_of(database, "goals", "goal") == {frozenset({g}) for g, _ in goals}
    assert database.execute("select distinct members from goal_threads").fetchall() == [(3,)]


def invented_reports() -> list[object]:
    random_ = random.Random(5)
    texts = [text for pair in REWORDED + DIFFERENT for text in pair]
    reports = []
    for number in range(14):
        chosen = random_.sample(texts, 4)
        reports.append(
            report(
                f"r{number}",
                f"Granskning av {random_.choice(['inköp', 'arbetsmiljö', 'intern kontroll'])}",
                year=2015 + number // 2,
                municipality=random_.choice(["Ekviks kommun", "Alviks kommun", None]),
                recommendations=tuple(chosen[:2]),
                followups=((chosen[2], 2016),),
                goals=((chosen[3], "Kommunstaben"),),
                pages=(" ".join(chosen),),
            )
        )
    return reports


def test_adding_one_by_one_in_any_order_gives_what_rebuilding_gives(tmp_path: Path) -> None:
    reports = invented_reports()
    whole = database_of(tmp_path / "whole.db", *reports)
    expected = derived(whole)
    assert all(expected.values())
    random.Random(6).shuffle(reports)
    single = database_of(tmp_path / "single.db")
    for each in reports:
        store_extraction(single, each, extractor_version="test")
        update(single)
    assert derived(single) == expected
    rebuild(single)
    assert derived(single) == expected


def test_a_report_that_goes_takes_its_threads_and_words_along(tmp_path: Path) -> None:
    reports = invented_reports()
    expected = derived(database_of(tmp_path / "less.db", *reports[:-3]))
    database = database_of(tmp_path / "x.db", *reports)
    for each in reports[-3:]:
        database.execute("delete from documents where id = ?", [each.document.id])
    store_extraction(database, reports[0], extractor_version="test2")
    update(database)
    assert derived(database) == expected


def test_likeness_is_symmetric_and_bounded() -> None:
    texts = [text for pair in REWORDED + DIFFERENT for text in pair]
    for a in texts:
        for b in texts:
            forth, back = (total(text_features(subject_of(x), subject_of(y))) for x, y in ((a, b), (b, a)))
            assert abs(forth - back) < 0.02 and 0 <= forth <= 1
        assert total(text_features(subject_of(a), subject_of(a))) > 0.999


def test_what_is_said_of_every_subject_joins_only_within_one(tmp_path: Path) -> None:
    text = "Säkerställa att gällande rutiner följs i verksamheten."
    audits = [
        ("a", "Granskning av arkiv", 2018),
        ("b", "Granskning av bisysslor", 2020),
        ("c", "Uppföljande granskning av bisysslor", 2023),
    ]
    database = database_of(tmp_path / "x.db", *(report(n, title, year=year, recommendations=(text,)) for n, title, year in audits))
    rows = database.execute(
        "select d.title from recommendations r join documents d on d.id = r.document_id where r.thread_id is not null order by 1"
    )
    assert [row[0] for row in rows] == ["Granskning av bisysslor", "Uppföljande granskning av bisysslor"]


def test_of_many_with_the_same_goal_its_own_body_is_a_candidate() -> None:
    """A goal that the council set for every board: more boards than candidates, each is compared with its own."""
    boards = [f"board{n:02d}" for n in range(15)]
    records = [
        Record(f"{report}-{board}", "mal", report, (year, "", report), "Ekonomin är i balans.", frozenset({board}), "")
        for report, year in (("a", 2020), ("b", 2021))
        for board in boards
    ]
    pairs = {(earlier.id, later.id) for earlier, later in candidates(records)}
    assert {(f"a-{board}", f"b-{board}") for board in boards} <= pairs
    assert not any(earlier.startswith("b") for earlier, _ in pairs)
