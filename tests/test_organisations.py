"""Bodies in the database: names that meet, names that do not, and pairs for a person to judge."""

from pathlib import Path

import pytest
from sqlite_utils import Database

from db.connection import open_for_writing
from db.organisations import Directory, likeness


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return open_for_writing(tmp_path / "x.db")


def directory(database: Database, municipality: str | None = "Ekviks kommun", **more: object) -> Directory:
    return Directory(database, municipality, more.pop("aliases", {}), **more)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Socialnämnden", "socialnämndens"),
        ("Barn- och utbildningsnämnden", "Barn och utbildningsnämnden"),
        ("Barn- och utbildningsnämnden", "BARN- OCH UTBILDNINGSNÄMND"),
        ("Inköps- och upphandlingsnämnden", "Nämnden för inköp och upphandling"),
        ("Kommunstaben", "KS-Kommunstab"),
        ("Kommunstaben", "KS/ Kommunstaben"),
        ("Kommunstyrelsen", "KS"),
        ("Samhällsbyggnadsförvaltningen", "Samhälsbyggnadsförvaltningen"),
        ("Barn- och utbildningsnämnden", "Barn -och utbildningsnämnden"),
        ("Barn- och utbildningsnämnden", "Barn-och utbildningsnämnden"),
        ("Barn- och utbildningsnämnden", "Ekviks kommuns barn- och utbildningsnämnd"),
        ("Barn- och utbildningsnämnden", "Barn- och utbildningsnämnden i Ekviks kommun"),
        ("Socialnämnden", "Ekviks kommun, socialnämnden"),
        ("Socialnämnden", "Socialnämnden, Ekviks kommun"),
        ("Kultur- och fritidsnämnden", "Kultur- och fritidsnämden"),
        ("Kultur- och fritidsnämnden", "Fritids- och kulturnämnden"),
        ("Kultur-, idrotts- och fritidsnämnden", "Kultur, idrotts- och fritidsnämnden"),
        ("Miljö- och byggnadsnämnden", "Bygg- och miljönämnden"),
        ("Samhällsbyggnadsnämnden", "samhällsbyggnads\u00adnämnden"),
        ("Samhällsbyggnadsnämnden", "SBN"),
        ("Kommunstyrelsen", "Kommunstyrelsen i Ekvik"),
        ("Kommunstyrelsen", "Ekviks kommunstyrelse"),
        ("Kommunstyrelsens arbetsutskott", "KSAU"),
        ("Kommunstyrelsens personalutskott", "KS personalutskott"),
        ("Vård- och omsorgsnämnden", "Vård & omsorgsnämnden"),
        ("Socialnämndens individutskott", "Socialnämndens individutskott (IU)"),
        ("Kommunfullmäktige", "Fullmäktige"),
        ("Kommunrevisionen", "Kommunens revisorer"),
        ("Kommunrevisionen", "Revisorerna i Ekviks kommun"),
        ("Stadsrevisionen", "Stadsrevisorerna"),
        ("Gemensam överförmyndarnämnd", "Den gemensamma överförmyndarnämnden"),
        ("Ekvik Energi AB", "Ekvik Energi Aktiebolag"),
        ("Ekvik Energi AB", "Ekvik Energi AB (publ)"),
        ("AB Ekvikshus", "Ekvikshus"),
    ],
)
def test_names_of_one_body(database: Database, first: str, second: str) -> None:
    assert directory(database).resolve(first) == directory(database).resolve(second)
    assert (
        len(
            list(database["organisations"].rows_where("id in (select organisation_id from organisation_aliases where alias = ?)", [second]))
        )
        == 1
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Barn- och utbildningsnämnden", "Barn- och ungdomsnämnden"),
        ("Socialnämnden", "Socialförvaltningen"),
        ("Socialnämnden Nordost", "Socialnämnden Sydost"),
        ("Vård- och omsorgsnämnden", "Äldre samt vård- och omsorgsnämnden"),
        ("Ekvik Energi AB", "Ekvik Hamn AB"),
        ("Ekvik Energi AB", "Ekvik Energi Nät AB"),
        ("AB Ekvik", "Ekvik"),
        ("Kulturnämnden", "Kultur- och fritidsnämnden"),
        ("Äldrenämnden", "Omsorgsnämnden"),
        ("Miljönämnden", "Miljö- och byggnadsnämnden"),
        ("Kommunstyrelsen", "Kommunstyrelsens arbetsutskott"),
        ("Kommunrevisionen", "Lekmannarevisorerna"),
        ("Överförmyndarnämnden", "Gemensamma överförmyndarnämnden i Alviks kommun"),
        ("Lokala nämnden i Ekvik", "Lokala nämnden i Alvik"),
        ("Socialnämnden", "SBN"),
    ],
)
def test_names_of_two_bodies(database: Database, first: str, second: str) -> None:
    assert directory(database).resolve(first) != directory(database).resolve(second)


def test_nothing_meets_across_municipalities(database: Database) -> None:
    here, there = directory(database), directory(database, "Alviks kommun")
    assert here.resolve("Socialnämnden") != there.resolve("Socialnämnden")
    unknown = [directory(database, None, scope=f"dokument {i}").resolve("Socialnämnden") for i in range(2)]
    assert len({*unknown, here.resolve("Socialnämnden")}) == 3
    federation = [directory(database, None, scope="Norra förbundet").resolve("Direktionen") for _ in range(2)]
    assert federation[0] == federation[1]


def test_short_forms_kinds_and_parents(database: Database) -> None:
    names = directory(database, aliases={"BUN": "Barn- och utbildningsnämnden"})
    assert names.resolve("BUN") == names.resolve("Barn- och utbildningsnämnden")
    staff = names.resolve("KS/Kommunstaben")
    row = database["organisations"].get(staff)
    assert (row["name"], row["kind"], row["parent_id"]) == ("Kommunstaben", "forvaltning", names.resolve("Kommunstyrelsen"))
    assert database["organisations"].get(names.resolve("Kommunstyrelsen"))["kind"] == "kommunstyrelse"
    assert names.resolve(None) is None and names.resolve("  ") is None


def test_doubtful_pairs_are_proposed_once_and_not_joined(database: Database) -> None:
    for _ in range(2):
        names = directory(database)
        ids = {names.resolve(n) for n in ("Utbildningsnämnden", "Barn- och utbildningsnämnden", "Tekniska nämnden")}
    assert len(ids) == 3
    pairs = list(database.query("select organisation, kanske_samma, likhet, varför from tveksamma_organisationer"))
    assert [({p["organisation"], p["kanske_samma"]}, p["varför"]) for p in pairs] == [
        ({"Utbildningsnämnden", "Barn- och utbildningsnämnden"}, "det ena namnet ingår i det andra")
    ]
    assert likeness("Tekniska nämnden", "Socialnämnden") is None


def test_a_short_form_that_may_stand_for_two_is_proposed_and_not_joined(database: Database) -> None:
    names = directory(database)
    ids = {names.resolve(n) for n in ("Barn- och utbildningsnämnden", "Barn- och ungdomsnämnden", "BUN")}
    assert len(ids) == 3
    pairs = list(
        database.query("select organisation, kanske_samma, varför from tveksamma_organisationer where varför like '%förkortning%'")
    )
    assert len(pairs) == 2 and all("BUN" in p.values() for p in pairs)
