"""The words of assessments: each rule with its examples, the labelled sentences, status cells, and twenty ways to say no."""

import csv
from importlib.resources import files

import pytest

from extractors.swedish.assessment import NOTHING, find_basis, find_verdict, judge_sentence, load_grammar, parse_status
from extractors.swedish.assessment_progress import find_progress, parse_percent, parse_progress, status_of_share
from extractors.swedish.assessment_scope import join_labels, load_scope
from extractors.swedish.pipeline import label_sentences, load_data

RULES = load_data("assessment_rules")["rule"]
WORDS = load_data("assessment_words")
JOINS = load_data("assessment_scope")["join"]
STATUSES = {"uppfylls", "delvis", "uppfylls_inte", "ej_bedomt"}
SENTENCES = list(
    csv.DictReader(
        (files("extractors.swedish") / "data" / "assessment_sentences.csv").read_text("utf-8").splitlines(),
        delimiter=";",
    )
)

TWENTY_WAYS = [
    "Målet kommer inte att nås.",
    "Målet bedöms inte uppnås under året.",
    "Prognosen är att målet ej uppfylls.",
    "Nämnden når inte målet.",
    "Det blir svårt att nå målet.",
    "Målet bedöms svårt att uppnå.",
    "Vi kommer inte att kunna uppfylla målet.",
    "Det finns en stor risk att målet inte nås.",
    "Målet missas.",
    "Utfallet väntas hamna långt från målet.",
    "Nämnden räknar inte med att målet nås.",
    "Det är inte möjligt att nå målet i år.",
    "Det är inte realistiskt att målet uppfylls.",
    "Bolaget klarar inte målet.",
    "Måluppfyllelsen bedöms bli låg.",
    "Målet markeras rött.",
    "Prognosen för målet är röd.",
    "Kommunen har inte lyckats nå målet.",
    "Målet ligger utom räckhåll.",
    "Det är osannolikt att målet nås.",
    "Måluppfyllelsen uteblir.",
    "Sannolikt nås inte målet före årsskiftet.",
]


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r["id"])
def test_each_rule_matches_its_examples_and_not_its_near_misses(rule):
    assert rule["yes"] and rule["no"], "a rule without examples"
    for sentence in rule["yes"]:
        verdict = judge_sentence(sentence)
        if rule["status"] == NOTHING:
            assert verdict is None, sentence
            continue
        assert verdict is not None, sentence
        assert (verdict.rule, verdict.status) == (rule["id"], rule["status"]), sentence
    for sentence in rule["no"]:
        verdict = judge_sentence(sentence)
        assert verdict is None or verdict.rule != rule["id"], sentence


@pytest.mark.parametrize("row", range(len(JOINS)), ids=lambda i: f"{JOINS[i]['label']}: {JOINS[i]['pattern']}")
def test_each_join_joins_its_examples_and_not_its_near_misses(row):
    alphabet = load_grammar().alphabet
    joins = load_scope(alphabet).joins

    def joined(sentence):
        spelled = join_labels(alphabet.spell(label_sentences(sentence, "assessment_words")[0].labels), joins[:row])
        return joins[row].apply(spelled) != spelled

    assert JOINS[row]["yes"]
    assert JOINS[row]["no"]
    assert [s for s in JOINS[row]["yes"] if not joined(s)] == []
    assert [s for s in JOINS[row]["no"] if joined(s)] == []


@pytest.mark.parametrize(
    ("sentence", "goal", "status"),
    [
        ("Utfallet ligger under målnivån.", "", "uppfylls_inte"),
        ("Utfallet ligger under målnivån.", "Sjukfrånvaron ska vara högst 6 procent", "uppfylls"),
        ("Väntetiden överskrider målet.", "", "uppfylls_inte"),
        ("Andelen överskrider målet.", "", "uppfylls"),
    ],
)
def test_over_and_under_the_target_turn_where_less_is_better(sentence, goal, status):
    verdict = judge_sentence(sentence, goal)
    assert verdict is not None
    assert verdict.status == status


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("Målet nåddes inte i fjol, men i år är det uppfyllt.", "uppfylls"),
        ("Målet nåddes förra året, men nås inte i år.", "uppfylls_inte"),
        ("Målet nåddes 2021 men inte 2022.", "uppfylls_inte"),
        ("Nämnden nådde målet 2022 men inte i år.", "uppfylls_inte"),
        ("Målet nåddes 2022 men inte 2021.", "uppfylls"),
        ("Målet uppnåddes inte 2020 men väl under 2021.", "uppfylls"),
        ("Målet uppnåddes inte under 2022 men är i årets bokslut uppfyllt.", "uppfylls"),
        ("Målet nåddes 2021 och 2022 men är i år inte uppfyllt.", "uppfylls_inte"),
        ("Målet nåddes 2022 för flickor men inte för pojkar.", "delvis"),
        ("Trots att målet inte nås fortsätter arbetet.", "uppfylls_inte"),
        ("Trots att ett delmål inte nåddes är målet uppfyllt.", "uppfylls"),
    ],
)
def test_clauses_on_other_years_and_concessions_give_way(sentence, status):
    verdict = judge_sentence(sentence)
    assert verdict is not None
    assert verdict.status == status


def test_a_question_judges_nothing():
    assert judge_sentence("Är målet uppfyllt?") is None
    assert judge_sentence("Har målet inte nåtts?") is None


def test_rules_use_known_statuses_and_labels():
    assert {r["status"] for r in RULES} <= STATUSES | {NOTHING}
    assert len({r["id"] for r in RULES}) == len(RULES)
    assert set(WORDS["neutral"]) <= set(WORDS["words"])


def test_no_word_has_two_labels():
    labels = {}
    for label, words in WORDS["words"].items():
        for word in words:
            assert labels.setdefault(word, label) == label, f"{word}: {label} and {labels[word]}"


def test_labelled_sentences_are_many_and_a_third_are_near_misses():
    assert len(SENTENCES) >= 300
    assert sum(not s["status"] for s in SENTENCES) >= len(SENTENCES) / 3
    assert len({s["sentence"] for s in SENTENCES}) == len(SENTENCES)


@pytest.mark.parametrize("part", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"])
def test_labelled_sentences_are_judged_right(part):
    rows = [s for s in SENTENCES if s["part"] == part]
    wrong = []
    for row in rows:
        verdict = judge_sentence(row["sentence"])
        if (verdict.status if verdict else "") != row["status"]:
            wrong.append(row["sentence"])
    assert len(wrong) <= 0.03 * len(rows), wrong


@pytest.mark.parametrize("sentence", TWENTY_WAYS)
def test_twenty_ways_to_say_that_a_goal_will_not_be_reached(sentence):
    verdict = judge_sentence(sentence)
    assert verdict is not None
    assert verdict.status == "uppfylls_inte"


def test_the_sentence_on_the_goal_outweighs_those_on_its_targets():
    text = "Andelen är 76 procent. Målet på 80 procent har inte uppnåtts. Målet att fler ska ansöka digitalt bedöms kunna nås under året."
    verdict = find_verdict(text)
    assert verdict is not None
    assert (verdict.status, verdict.text) == ("uppfylls", "Målet att fler ska ansöka digitalt bedöms kunna nås under året.")


def test_the_goals_own_words_are_no_verdict():
    goal = "Alla elever når målen i svenska"
    assert find_verdict("Alla elever når målen i svenska är ett prioriterat mål.", goal) is None
    verdict = find_verdict("Bedömningen av Alla elever når målen i svenska är att målet inte nås.", goal)
    assert verdict is not None
    assert verdict.status == "uppfylls_inte"


def test_a_sentence_on_an_earlier_year_is_passed_over():
    text = "Under 2021 nåddes målet."
    assert find_verdict(text, year=2023) is None
    assert find_verdict(text, year=2021) is not None


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("Prognosen är att målet nås.", "prognos"),
        ("Målet kommer att nås.", "prognos"),
        ("Målet har uppnåtts.", "utfall"),
        ("Målet uppnåddes.", "utfall"),
        ("Målet uppfylls.", None),
    ],
)
def test_basis_of_a_sentence(words, basis):
    assert find_basis(words) == basis


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("Uppfyllt", "uppfylls"),
        ("Målet uppfylls delvis.", "delvis"),
        ("Ej uppnått", "uppfylls_inte"),
        ("Uppfylls ej", "uppfylls_inte"),
        ("På väg", "delvis"),
        ("Grön", "uppfylls"),
        ("Hög måluppfyllelse", "uppfylls"),
        ("Målet uppnås i hög grad", "uppfylls"),
        ("Uppfylls i låg grad", "uppfylls_inte"),
        ("Medel", "delvis"),
        ("Låg", "uppfylls_inte"),
        ("Går ej att bedöma", "ej_bedomt"),
        ("Prognos: Uppfylls", "uppfylls"),
        ("Ja", "uppfylls"),
        ("Nej", "uppfylls_inte"),
        ("Pågår", "arbete"),
        ("Förbättrat", "trend"),
        ("Helt", "uppfylls"),
        ("Ej", "uppfylls_inte"),
        ("Målet kan uppnås", "uppfylls"),
        ("Målet kan delvis uppnås", "delvis"),
        ("Målet blir svårt att uppnå", "uppfylls_inte"),
        ("Osäkert om målet kan uppnås", "delvis"),
        ("Målet bedöms inte kunna uppnås", "uppfylls_inte"),
        ("Uppnås troligen", "uppfylls"),
        ("Ej godtagbar måluppfyllelse", "uppfylls_inte"),
        ("Mätning ej genomförd", "ej_bedomt"),
        ("i.u.", "ej_bedomt"),
        ("Redovisas i årsbokslutet", "ej_bedomt"),
        ("Försenad", "arbete"),
        ("Ingen uppmätt förändring", "trend"),
        ("Under målvärdet", None),
        ("Ja/Nej", None),
        ("Ny indikator", None),
        ("Helt ny lokal", None),
        ("Se kommentar", None),
        ("God ekonomisk hushållning", None),
        ("", None),
    ],
)
def test_status_cells(cell, status):
    assert parse_status(cell) == status


def test_status_words_say_one_thing_each():
    seen = {}
    for status, words in load_data("status_words")["words"].items():
        for word in words:
            assert seen.setdefault(word, status) == status or "arbete" in (status, seen[word]), word


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Pågår enligt plan", "pagar"),
        ("Ej påbörjad", "ej_paborjad"),
        ("Har ännu inte påbörjats", "ej_paborjad"),
        ("Är påbörjad", "pagar"),
        ("Genomförd", "genomford"),
        ("Delvis genomförd", "pagar"),
        ("Ej genomförd", "ej_paborjad"),
        ("Avbruten", "avbruten"),
        ("Kommer inte att genomföras", "avbruten"),
        ("Pågår, beräknas vara klar i maj", "pagar"),
        ("Kommunstyrelsen", None),
    ],
)
def test_words_of_progress(text, status):
    assert parse_progress(text) == status


def test_progress_has_a_place_in_the_text():
    found = find_progress("Utreda en ny simhall, pågår.")
    assert found is not None
    assert (found.status, found.start, found.end) == ("pagar", 22, 27)


def test_percent_and_share():
    assert parse_percent("75 %") == 75
    assert parse_percent("175 %") is None
    assert parse_percent("75 % av alla") is None
    assert [status_of_share(s) for s in (0, 40, 100)] == ["ej_paborjad", "pagar", "genomford"]


def test_the_pipeline_labels_the_longest_phrase():
    sentence = label_sentences("Målet är inte fullt ut nått, enligt plan.", "assessment_words")[0]
    assert sentence.labels[:5] == ("MAL", "HAR", "INTE", "HELT", "NA")
    assert "PLAN" in sentence.labels
