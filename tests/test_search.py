"""Search: Swedish words as people type them, what is marked, and recall over the labelled queries of the corpus."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from bench.search import QUERIES, mean, measure
from db.search import KINDS, Question, search
from db.search_sql import register
from extractors.swedish.compounds import parts, split
from extractors.swedish.stems import fold_dots, root, stem, words
from tests.derived import corpus_reports, database_of, report

PLAN = "Ta fram en kompetensförsörjningsplan för förskolan."
KONTROLL = "Nämnden bör stärka den interna kontrollen av fakturor på 12 345 kronor."
BOR = "Fler ska bo kvar hemma."


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    return database_of(
        tmp_path_factory.mktemp("search") / "x.db",
        report(
            "a",
            year=2019,
            recommendations=(PLAN, KONTROLL),
            questions=("Är kompetensförsörjning planerad?",),
            pages=("Plan och kompe-\ntens. " + KONTROLL,),
        ),
        report(
            "b",
            year=2022,
            municipality="Alviks kommun",
            body="Socialnämnden",
            recommendations=(BOR,),
            sections=(("Intern kontroll", "Kontrollen är god."),),
        ),
    )


def found(database: Database, text: str, **more: object) -> list[str]:
    return [hit.text for hit in search(database, Question(text, **more))]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("kompetensförsörjningsplaner", PLAN),
        ("kompetensförsörjning plan", PLAN),
        ("plan förskolor", PLAN),
        ("kompetensforsorjningsplan", PLAN),
        ("kompetensförsörjningplan", PLAN),
        ("faktura", KONTROLL),
        ("fakturr", KONTROLL),
        ("12345", KONTROLL),
        ("12 345", KONTROLL),
        ('"interna kontrollen"', KONTROLL),
        ("fakt*", KONTROLL),
        ("kontroll -god", KONTROLL),
        ("förstärkt kontroll av fakturor", KONTROLL),
        ("hemma", BOR),
    ],
)
def test_a_query_finds_its_row_first(database: Database, query: str, text: str) -> None:
    hits = found(database, query, kind="rekommendation")
    assert hits[:1] == [text]


def test_dots_are_letters_and_typed_without_come_second(database: Database) -> None:
    assert found(database, "bör")[0] == KONTROLL and BOR not in found(database, "bör")
    hits = found(database, "bor")
    assert hits[0] == BOR and KONTROLL in hits


def test_phrases_minus_and_nothing(database: Database) -> None:
    assert BOR not in found(database, '"kontrollen interna"')
    assert all("Nämnden" not in text for text in found(database, "kontroll -nämnden"))
    assert found(database, "") == found(database, "-kontroll") == found(database, "xyzzyq") == []
    assert found(database, '") OR "') == []
    assert found(database, "kontroll AND NEAR(*") != []


def test_limits_and_what_a_hit_carries(database: Database) -> None:
    assert {hit.kind for hit in search(database, Question("kontroll"))} == {"rekommendation", "avsnitt", "sida"}
    assert found(database, "kontroll", from_year=2020) == ["Intern kontroll\nKontrollen är god."]
    assert found(database, "kontroll", to_year=2020, kind="rekommendation") == [KONTROLL]
    assert found(database, "hemma", municipality="Alviks", organisation="social") == [BOR]
    assert found(database, "hemma", municipality="Ekviks") == []
    (hit,) = search(database, Question("fakturan", kind="rekommendation"))
    assert (hit.organisation, hit.year, hit.page, hit.report) == ("Kommunstyrelsen", 2019, 1, "Granskning av inköp")
    assert hit.snippet == KONTROLL.replace("fakturor", "[fakturor]")
    assert hit.link == f"/-/sida/{hit.document_id}/1?ruta=70.0,100.0,400.0,120.0"
    assert hit.kind in KINDS and hit.score > 0
    assert len(search(database, Question("kontroll", limit=1))) == 1


def test_records_come_before_pages_and_broken_words_are_whole(database: Database) -> None:
    assert search(database, Question("kontroll fakturor"))[0].kind == "rekommendation"
    assert [hit.kind for hit in search(database, Question("kompetens plan", kind="sida"))] == ["sida"]


def test_stems_roots_and_folding() -> None:
    assert len({stem(w) for w in ("skola", "skolan", "skolor", "skolorna", "skolans")}) == 1
    assert len({stem(w) for w in ("nämnd", "nämnden", "nämnder", "nämndernas")}) == 1
    assert root(stem("redovisning")) == root(stem("redovisas")) == "redovis"
    assert (stem("mål"), fold_dots("åtgärd"), stem("2023")) == ("mål", "atgard", "2023")
    assert words("Dnr KS/2024:123, barn- och 12 345,5 kr\u00ad") == ["dnr", "ks", "2024", "123", "barn", "och", "12345,5", "kr"]
    assert words("na\u0308mnd") == ["nämnd"]


@pytest.mark.parametrize(
    ("word", "pair"),
    [
        ("kompetensförsörjningsplanen", ("kompetensförsörjning", "planen")),
        ("avtalsdatabasen", ("avtal", "databasen")),
        ("skolplats", ("skol", "plats")),
        ("sjöbod", None),
        ("planering", None),
        ("medarbetare", None),
        ("verksamheten", None),
    ],
)
def test_compounds(word: str, pair: tuple[str, str] | None) -> None:
    assert split(word, frozenset()) == pair
    assert split("sjöbod", {"sjöbod", "bodar"}) is None
    assert parts("sjöbodsägare", {"sjöbod", "ägare"}) == ["sjöbod", "ägare"]


def test_labelled_queries_over_the_corpus(tmp_path: Path) -> None:
    database = database_of(tmp_path / "corpus.db", *corpus_reports())
    queries = json.loads(QUERIES.read_text("utf-8"))
    assert len(queries) >= 60
    results = [each for way in measure(database, queries).values() for each in way]
    ours, plain = mean([r[0] for r in results]), mean([r[1] for r in results])
    assert ours >= 0.95, [r for r in results if r[0] < 1]
    assert ours > plain + 0.3


def test_search_as_an_sql_function(database: Database) -> None:
    register(database.conn)
    query = """select r.rekommendation, h.value ->> 'snippet' from json_each(sok('fakturor', 'rekommendation', 5)) h
        join rekommendationer r on r.id = h.value ->> 'id'"""
    assert database.execute(query).fetchall() == [(KONTROLL, KONTROLL.replace("fakturor", "[fakturor]"))]
    assert database.execute("select sok(null), sok('xyzzyq'), json_array_length(sok('kontroll', 'okänt slag', 2))").fetchone() == (
        "[]",
        "[]",
        2,
    )


def test_searching_is_one_function_for_all(database: Database) -> None:
    hits = search(database, Question("kontroll"))
    register(database.conn)
    (found_by_sql,) = database.execute("select sok('kontroll')").fetchone()
    assert [hit.id for hit in hits] == [hit["id"] for hit in json.loads(found_by_sql)]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="abåö*\"-()+:^{}\\'? \u00a0\u0308AND|,;12", max_size=40))
@example('"')
@example("-")
@example("*")
@example('"" -""')
@example("kontroll " * 700)
@example("{words} : NOT NEAR(a b)")
def test_whatever_is_typed_gives_hits_or_none(database: Database, text: str) -> None:
    assert isinstance(search(database, Question(text)), list)


def test_small_words_have_stems_of_their_own() -> None:
    for small, other in (("inte", "intern"), ("ska", "skola"), ("slutligen", "slutar"), ("till", "tillsyn")):
        assert stem(small) != stem(other)
    assert root(stem("anmälan")) == root(stem("anmälningar")) and root(stem("rapportering")) == stem("rapporteras")
    assert stem("boende") == stem("boenden") == stem("boendet")
