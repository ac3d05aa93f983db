"""Goals, indicators, activities and assignments out of typeset pages of many forms, and out of the gold."""

import json
import os
import re
from hashlib import sha256
from pathlib import Path

import pytest

from extractors.layout.reader import read_report
from extractors.reports import extract
from extractors.reports.assignment_forms import is_form
from extractors.reports.goals_columns import PACKAGE, heading_is, match_label, role_of_header
from extractors.reports.goals_draft import same_goal
from extractors.swedish.assessment_progress import split_status
from extractors.swedish.lexicon import read_toml
from tests.goal_pages import PAGES as PLAIN
from tests.goal_pages import typeset
from tests.goal_pages_drawn import PAGES as DRAWN

PAGES = [*PLAIN, *DRAWN]
GOLD = Path(os.environ.get("UPPSIKT_GOLD", Path(__file__).parents[2] / "shared" / "gold" / "dev"))
COLUMNS = read_toml("goal_columns.toml", PACKAGE)
FORMS = read_toml("assignment_forms.toml", PACKAGE)["form"]


@pytest.fixture(scope="module")
def read(tmp_path_factory):
    folder = tmp_path_factory.mktemp("goals")
    made = {}

    def reader(page):
        if page.name not in made:
            path = typeset(page, folder)
            made[page.name] = extract(read_report(path, ocr="never"), sha256=sha256(path.read_bytes()).hexdigest())
        return made[page.name]

    return reader


def fold(text):
    return re.sub(r"\s+", " ", text).strip(" .")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_goals_of_each_form(read, page):
    found = [(g.organisation, g.goal, g.fulfilment, g.color) for g in read(page).goals]
    assert found == page.goals


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_indicators_of_each_form(read, page):
    found = [(i.name, v.column_label, v.value) for i in read(page).indicators for v in i.values if v.value is not None]
    assert found == page.indicators


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_activities_and_assignments_of_each_form(read, page):
    result = read(page)
    assert [(a.activity, a.status) for a in result.activities] == page.activities
    assert [(fold(a.text), a.status) for a in result.assignments] == [(fold(text), status) for text, status in page.assignments]


def page_named(name):
    return next(p for p in PAGES if p.name == name)


def test_parent_goal_body_and_status_of_a_matrix(read):
    result = read(page_named("matris"))
    assert [g.parent_goal for g in result.goals] == ["En växande kommun", "En trygg kommun", "En trygg kommun"]
    assert [a.organisation for a in result.assignments] == ["Kultur- och fritidsnämnden", "Tekniska nämnden", "Socialnämnden"]


def test_values_are_kept_as_printed(read):
    values = [v for i in read(page_named("trend")).indicators for v in i.values]
    assert [v.text for v in values] == ["71 %", "83 % (avser 2023)", "Minst 90", "Nytt mätetal", "98", "150"]
    assert [v.value for v in values] == [71, 83, 90, None, 98, 150]
    assert [(v.measure, v.year) for v in values[:3]] == [("utfall", 2023), ("utfall", 2024), ("mal", 2025)]


def test_an_activity_belongs_to_a_body_and_has_its_share(read):
    activities = read(page_named("aktiviteter")).activities
    assert [a.progress for a in activities] == [100, 60, 0]
    assert {a.organisation for a in activities} == {"Kultur- och fritidsnämnden"}


def test_where_light_and_words_differ_the_light_wins_and_a_notice_says_so(read):
    result = read(page_named("tecken"))
    assert (result.goals[1].fulfilment, result.goals[1].text_status) == ("delvis", "uppfylls")
    assert result.goals[1].assessment_text == "Prognosen är att målet nås."
    assert "colour_words_differ" in {n.code for n in result.notices}


def test_each_record_knows_its_page_and_box(read):
    for page in PAGES:
        result = read(page)
        for record in (*result.goals, *result.indicators, *result.activities, *result.assignments):
            assert record.trace.page >= 1
            assert record.trace.bbox is not None
            assert record.trace.bbox[0] < record.trace.bbox[2]
            assert record.trace.rule


@pytest.mark.parametrize("row", COLUMNS["role"], ids=lambda r: r["name"])
def test_headers_of_columns(row):
    assert [y for y in row["yes"] if role_of_header(y) != row["name"]] == []
    assert [n for n in row["no"] if role_of_header(n) == row["name"]] == []


@pytest.mark.parametrize("row", COLUMNS["heading"], ids=lambda r: r["name"])
def test_headings(row):
    assert [y for y in row["yes"] if not heading_is(row["name"], y)] == []
    assert [n for n in row["no"] if heading_is(row["name"], n)] == []


@pytest.mark.parametrize("row", COLUMNS["label"], ids=lambda r: r["name"])
def test_labels(row):
    assert [y for y in row["yes"] if not match_label(row["name"], y)] == []
    assert [n for n in row["no"] if match_label(row["name"], n)] == []


@pytest.mark.parametrize("row", FORMS, ids=lambda r: r["name"])
def test_forms_of_assignments(row):
    assert [y for y in row["yes"] if not is_form(row["name"], y)] == []
    assert [n for n in row["no"] if is_form(row["name"], n)] == []


@pytest.mark.parametrize(
    ("sentence", "text", "clause"),
    [
        ("Utredningsuppdrag om en ny simhall, pågår.", "Utredningsuppdrag om en ny simhall", "pågår."),
        ("Utredningsuppdrag om en ny simhall vilket är påbörjat.", "Utredningsuppdrag om en ny simhall", "vilket är påbörjat."),
        ("Utredningsuppdrag om skolans lokaler, är ej påbörjad.", "Utredningsuppdrag om skolans lokaler", "är ej påbörjad."),
        ("Utreda en ny modell för pågående byggen i kommunen.", "Utreda en ny modell för pågående byggen i kommunen.", ""),
    ],
)
def test_the_clause_that_tells_the_status_is_no_part_of_the_assignment(sentence, text, clause):
    assert split_status(sentence) == (text, clause)


def test_same_goal_but_for_label_and_marks():
    assert same_goal("Mål 1: Alla barn ska kunna simma", "Alla barn ska kunna simma.")
    assert not same_goal("Alla barn ska kunna simma", "Alla barn ska kunna läsa")


FILES = ["delarsrapport_dev", "arsuppfoljning_dev"]


@pytest.mark.slow
@pytest.mark.parametrize("stem", FILES)
def test_goals_of_the_gold(stem):
    if not (GOLD / f"{stem}.pdf").exists():
        pytest.skip("the gold is not here: set UPPSIKT_GOLD")
    gold = json.loads((GOLD / f"{stem}.gold.json").read_text("utf-8"))
    result = extract(read_report(GOLD / f"{stem}.pdf", ocr="never"), sha256="0" * 64)
    left = [(fold(g.goal).casefold(), g.fulfilment) for g in result.goals]
    hits = 0
    for goal in gold["goals"]:
        wanted = (fold(goal["goal"]).casefold(), goal["fulfilment"])
        found = next((pair for pair in left if pair[1] == wanted[1] and same_goal(pair[0], wanted[0])), None)
        if found:
            left.remove(found)
            hits += 1
    assert hits >= 0.95 * len(gold["goals"])
    assert len(left) <= 0.05 * len(gold["goals"])
    assert len(result.assignments) == len(gold["assignments"])
