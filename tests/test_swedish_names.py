"""Bodies, companies and places: found whole, taken apart right, in their canonical form."""

import pytest

from extractors.swedish.names import body_in_heading, body_kind, canonical_body, find_abbreviations, find_bodies, split_bodies
from extractors.swedish.places import find_municipalities, find_municipality, municipalities, regions

FOUND = {
    "Kretslopp och vattennämnden, kommunstyrelsen och Granvik Energi AB rekommenderas att": [
        "Kretslopp och vattennämnden",
        "Kommunstyrelsen",
        "Granvik Energi AB",
    ],
    "nämnden för funktionsstöd och äldre samt vård- och omsorgsnämnden": [
        "Nämnden för funktionsstöd",
        "Äldre samt vård- och omsorgsnämnden",
    ],
    "Nämnden för arbetsmarknad och vuxenutbildning samt socialnämnden": ["Nämnden för arbetsmarknad och vuxenutbildning", "Socialnämnden"],
    "Socialnämnderna Centrum och Nordost rekommenderas": ["Socialnämnden Centrum", "Socialnämnden Nordost"],
    "Vi har granskat kultur-, idrotts- och fritidsnämndens arbete": ["Kultur-, idrotts- och fritidsnämnden"],
    "Kommunen och socialnämnden": ["Socialnämnden"],
    "facknämnderna, nämnden och förvaltningen": [],
    "till nämnden för beslut": [],
    "god ekonomisk förvaltning av medlen": [],
    "Bostäder i Granvik AB och AB Höjden samt Fastighets AB Slätten": ["Bostäder i Granvik AB", "AB Höjden", "Fastighets AB Slätten"],
    "Bolaget Granvik Hamn AB:s styrelse": ["Granvik Hamn AB"],
    "Kommunalförbundet Norra Dalen": ["Kommunalförbundet Norra Dalen"],
    "Länsstyrelsen och Socialstyrelsen": [],
    "Stadsrevisionen rekommenderar socialnämnd Sydväst att": ["Stadsrevisionen", "Socialnämnden Sydväst"],
}
CANONICAL = {
    "KS-Kommunstab": "Kommunstaben",
    "KS/ Kommunstaben": "Kommunstaben",
    "KOMMUNSTYRELSEN": "Kommunstyrelsen",
    "3.2 Räddningstjänsten": "Räddningstjänsten",
    "Finansförvaltning": "Finansförvaltningen",
    "Barn- och Utbildningsnämnden (BUN)": "Barn- och utbildningsnämnden",
    "Gemensamma nämnden för social myndighetsutövning": "Gemensamma nämnden för social myndighetsutövning",
    "Tekniska nämnden": "Tekniska nämnden",
    "Bedömning av socialnämnden": None,
    "Ekonomisk analys": None,
}


@pytest.mark.parametrize(("text", "names"), FOUND.items())
def test_bodies_are_found_whole(text: str, names: list[str]) -> None:
    assert [b.name for b in find_bodies(text)] == names


@pytest.mark.parametrize(("text", "name"), CANONICAL.items())
def test_canonical_form(text: str, name: str | None) -> None:
    body = canonical_body(text)
    assert (body.name if body else None) == name


def test_names_of_the_report_settle_doubt() -> None:
    text = "Vi rekommenderar kretslopp och vattennämnden att"
    assert [b.name for b in find_bodies(text)] == ["Vattennämnden"]
    assert [b.name for b in find_bodies(text, {"Kretslopp och vattennämnden"})] == ["Kretslopp och vattennämnden"]


def test_lists_keep_names_without_an_ending() -> None:
    assert [b.name for b in split_bodies("Kommunstyrelsen, Granvikshem och barn- och utbildningsnämnden")] == [
        "Kommunstyrelsen",
        "Granvikshem",
        "Barn- och utbildningsnämnden",
    ]


def test_headings_abbreviations_and_kinds() -> None:
    assert body_in_heading("Granskning av socialnämndens rutiner", whole=False) == "Socialnämnden"
    assert body_in_heading("Granskning av socialnämndens rutiner", whole=True) is None
    assert body_in_heading("Socialnämnden och tekniska nämnden", whole=False) is None
    assert find_abbreviations("Barn- och utbildningsnämnden (BUN) och kommunstyrelsen (nedan kallad KS) m.fl. (två)") == [
        ("BUN", "Barn- och utbildningsnämnden"),
        ("KS", "Kommunstyrelsen"),
    ]
    assert find_abbreviations("TN = tekniska nämnden, utfall 2023 = 12") == [("TN", "Tekniska nämnden")]
    names = ("Kommunstyrelsen", "Socialnämnden", "Kommunstaben", "Granvik Energi AB", "Okänd")
    assert [body_kind(n) for n in names] == ["kommunstyrelse", "namnd", "forvaltning", "bolag", "ovrig"]


def test_all_municipalities_and_regions() -> None:
    assert (len(municipalities()), len(regions())) == (290, 21)
    assert len({m.code for m in municipalities()}) == len({m.name for m in municipalities()}) == 290
    assert {m.county for m in municipalities()} == {r.county for r in regions()}
    assert {(m.code or "")[:2] for m in municipalities()} == {r.code for r in regions()}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LULEÅ KOMMUN", "Luleå kommun"),
        ("Göteborgs stad", "Göteborgs Stad"),
        ("Haparanda", "Haparanda stad"),
        ("Falu kommun", "Falu kommun"),
        ("Region Skåne", "Region Skåne"),
        ("Granviks kommun", None),
    ],
)
def test_municipality_by_name(text: str, name: str | None) -> None:
    found = find_municipality(text)
    assert (found.name if found else None) == name


def test_municipalities_in_text() -> None:
    text = "Luleå kommuns revisorer, Granviks kommun och GRANVIKS KOMMUN, i Mora en mark vid Region Skåne; en kommun, Alla kommuner"
    assert [(f.municipality.name, f.full, f.municipality.code) for f in find_municipalities(text)] == [
        ("Luleå kommun", True, "2580"),
        ("Granviks kommun", True, None),
        ("Granviks kommun", True, None),
        ("Mora kommun", False, "2062"),
        ("Region Skåne", True, "12"),
    ]


def test_a_county_council_is_the_region_that_it_became() -> None:
    text = "Landstinget i Kalmar län, Stockholms läns landsting, Landstinget Kronoberg, Landstinget i Värmland, ett landsting"
    named = ["Region Kalmar län", "Region Stockholm", "Region Kronoberg", "Region Värmland"]
    assert [f.municipality.name for f in find_municipalities(text)] == named


def test_a_direction_is_part_of_a_name_and_no_name_alone() -> None:
    text = "Ekvik Norra kommun, Sala Norra kommun, SALA NORRA KOMMUN, Norra Ekviks kommun; i Norra kommundelen, till Norra kommun, Sala"
    named = ["Ekvik Norra kommun", "Sala Norra kommun", "Sala Norra kommun", "Norra Ekviks kommun", "Sala kommun"]
    assert [f.municipality.name for f in find_municipalities(text)] == named


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ekvik Energi och Vatten AB visar överskott", ["Ekvik Energi och Vatten AB"]),
        ("Kommunstyrelsen och Ekvikhem AB", ["Kommunstyrelsen", "Ekvikhem AB"]),
        ("Socialnämnden Fortsätta utveckla rutinerna", ["Socialnämnden"]),
        ("Ekviksbostäder och Vatten AB", ["Vatten AB"]),
    ],
)
def test_where_a_name_ends(text: str, names: list[str]) -> None:
    assert [b.name for b in find_bodies(text)] == names
