"""Questions put in other ways: in the running text, as areas, and answered by number, in boxes or below one another."""

import pytest

from extractors.reports.granskning import read_granskning
from extractors.swedish import answers as rules
from tests.test_audit_parts import codes, context_of, h, li, p, read, table


def answers(*blocks):
    return [(q.question, q.assessment) for q in read(*blocks).questions]


def test_a_question_in_running_text_is_taken_without_what_leads_to_it():
    lead = "Granskningen ska besvara följande revisionsfråga: Är nämndens tillsyn ändamålsenlig?"
    said = p("Vi bedömer att nämndens tillsyn är ändamålsenlig.")
    assert answers(h("Syfte och revisionsfråga"), p(lead), h("Slutsats"), said) == [("Är nämndens tillsyn ändamålsenlig?", "ja")]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Den övergripande revisionsfrågan är om nämnden styr sina avtal på ett tydligt sätt.", True),
        ("Granskningen syftar till att bedöma om nämnden styr sina avtal på ett tydligt sätt.", False),
    ],
)
def test_an_indirect_question_counts_where_it_is_called_one_and_is_answered(asked, told):
    said = (h("Slutsats"), p("Vår bedömning är att nämnden inte fullt ut styr sina avtal på ett tydligt sätt."))
    question = "om nämnden styr sina avtal på ett tydligt sätt"
    assert answers(h("Inledning"), p(asked), *said) == ([(question, "delvis")] if told else [])
    assert answers(h("Inledning"), p(asked)) == []


def test_questions_and_answers_in_turn_after_one_lead_in():
    blocks = (
        p("När det gäller de underliggande frågorna gör vi följande bedömning:"),
        p("Finns en arkivplan?"), p("Vår bedömning är att en arkivplan saknas."),
        p("Är ansvaret för arkivet tydligt?"), p("Vår bedömning är att ansvaret är tydligt. Däremot saknas en ersättare."),
    )  # fmt: skip
    assert answers(*blocks) == [("Finns en arkivplan?", "nej"), ("Är ansvaret för arkivet tydligt?", "delvis")]


def test_a_numbered_list_below_the_judgement_answers_the_questions_of_those_numbers():
    asked = (h("Kontrollmål"), li("Har nämnden en plan?", marker="1."), li("Mäts resultaten?", marker="2."))
    said = (h("Revisionell bedömning"), h("Kontrollmål", 2), li("Planen är antagen och känd.", marker="1."))
    last = li("Resultaten följs varje år, däremot redovisas inte orsakerna.", marker="2.")
    assert answers(*asked, *said, last) == [("Har nämnden en plan?", "ja"), ("Mäts resultaten?", "delvis")]


def test_areas_count_where_they_come_back_with_a_judgement():
    asked = (p("Granskningen har inriktats mot följande områden;"), li("Riskbedömning"), li("Egenkontroller"), li("Rapportering"))
    chapters = (
        h("Riskbedömning"), p("Analyser görs på hösten."), h("Bedömning", 2), p("Kontrollområdet bedöms vara delvis uppfyllt."),
        h("Rapportering"), p("Rapporter lämnas i maj."),
    )  # fmt: skip
    context = context_of(*asked, *chapters)
    assert [(q.question, q.assessment) for q in read_granskning(context).questions] == [("Riskbedömning", "delvis")]
    assert codes(context) == []


def test_a_grade_on_a_line_of_its_own_in_the_answer_cell():
    rows = table(
        ("Kontrollfråga", "Bedömning"),
        ("Finns en plan för tillsynen?", "Uppfylls delvis En plan finns men den omfattar bara ett moment av tillsynen och är gammal."),
        ("Finns rutiner för jäv?", "Uppfylls ej Inga rutiner har skrivits."),
    )
    assert answers(rows) == [("Finns en plan för tillsynen?", "delvis"), ("Finns rutiner för jäv?", "nej")]


def test_boxes_side_by_side_with_the_answer_below_each_question():
    boxes = table(("Finns tydliga regler?", "Följs bidragen upp?"), ("Ja, reglerna är antagna.", "Nej, det görs inte."), header=False)
    assert answers(boxes) == [("Finns tydliga regler?", "ja"), ("Följs bidragen upp?", "nej")]
    plain = table(("Finns tydliga regler?", "Följs bidragen upp?"), ("Reglerna är från 2019.", "Bidragen växer."), header=False)
    assert answers(plain) == []


def test_the_body_that_the_questions_ask_about_gets_the_recommendations_where_no_other_is_named():
    asked = (h("Revisionsfråga"), p("Har kulturnämnden en god kontroll av bidragen?"))
    found = read(*asked, h("Rekommendationer"), li("Inför stickprov av ansökningarna")).recommendations
    assert [r.recipient for r in found] == ["Kulturnämnden"]


@pytest.mark.parametrize("name", ["contrast", "shortcoming", "in_all"])
def test_the_words_that_take_a_yes_back(name):
    entry = rules.loaded(name)
    assert entry["examples"] and entry["near_misses"]
    for text in entry["examples"]:
        assert rules.pattern(name).search(text.lower()), text
    for text in entry["near_misses"]:
        assert not rules.pattern(name).search(text.lower()), text


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Vi bedömer att avtalen följs men att följsamheten inte dokumenteras.", "delvis"),
        ("Rutinen bedöms vara ändamålsenlig men behöver enligt vår mening kompletteras.", "delvis"),
        ("Vi bedömer att avtalen i huvudsak följs, men att avvikelser kan hanteras bättre.", "ja"),
        ("Vi bedömer att reglerna är kända men gamla, varför nämnden behöver uppdatera dem.", "ja"),
        ("Vi bedömer att avtalen inte följs, men att priserna är rimliga.", "nej"),
    ],
)
def test_a_yes_is_taken_back_by_what_lacks(said, answer):
    assert rules.judge_sentence(said).value == answer
