"""Questions as headings with the judgement in running text under them, sentences of two views, and tables torn apart."""

import pytest

from extractors.reports.granskning import read_granskning
from tests.test_audit_parts import codes, context_of, h, li, p, read, table


def answers(*blocks):
    return [(q.question, q.assessment) for q in read(*blocks).questions]


@pytest.mark.parametrize(
    ("judged", "answer"),
    [
        ("Vår bedömning är att nämnden har en aktuell plan.", "ja"),
        ("Planen är från i fjol. Sammantaget bedömer vi att nämnden endast delvis har en aktuell plan.", "delvis"),
        ("Mot bakgrund av intervjuerna är vår bedömning att nämnden saknar en aktuell plan.", "nej"),
    ],
)
def test_a_chapter_that_asks_is_answered_by_the_judgement_in_it(judged, answer):
    assert answers(h("Finns en aktuell plan?", 1), p("Planen ligger i ett skåp."), p(judged), h("Avslutning")) == [
        ("Finns en aktuell plan?", answer)
    ]


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Vad har vi kommit fram till?", "Vår bedömning är att nämnden har en aktuell plan."),
        ("Hur har vi granskat?", "Vi bedömer att underlaget är tillräckligt."),
        ("Finns en aktuell plan?", "Nämnden bedömer att planen är aktuell."),
        ("Finns en aktuell plan?", "Enligt förvaltningen har revisorerna fått del av planen."),
        ("Aktuell plan", "Vår bedömning är att nämnden har en aktuell plan."),
    ],
)
def test_no_question_is_made_of_other_headings_or_of_what_others_judge(heading, text):
    assert answers(h(heading), p(text)) == []


def test_judgements_that_disagree_leave_the_question_open():
    context = context_of(
        h("Finns en aktuell plan?"), p("Vi bedömer att nämnden har en aktuell plan."), p("Vi bedömer att planen inte är aktuell.")
    )
    assert [q.assessment for q in read_granskning(context).questions] == ["ej_bedomd"]
    assert codes(context) == ["question_without_answer"]


def test_each_clause_of_a_sentence_of_two_views_answers_its_own_question():
    asked = (h("Revisionsfrågor"), li("Är handläggningen ändamålsenlig?"), li("Sker en tillräcklig uppföljning?"))
    said = p("Vi bedömer att handläggningen i huvudsak är ändamålsenlig, men att uppföljningen behöver stärkas.")
    assert [a for _, a in answers(*asked, h("Slutsats"), said)] == ["ja", "nej"]


def test_the_second_half_of_a_torn_table_is_read_without_the_torn_row():
    torn = table(
        ("felaktiga utbetalningar?", "olika i de två grupperna."),
        ("Sker en uppföljning?", "Nej, uppföljningen är inte tillräcklig."),
        ("Finns en plan?", "Ja. Planen är aktuell."),
        header=False,
    )
    assert answers(torn) == [("Sker en uppföljning?", "nej"), ("Finns en plan?", "ja")]


def test_a_table_of_answers_wins_over_the_judgement_in_running_text():
    chapter = (h("Finns en plan för arkivet?"), p("Vi bedömer att nämnden har en plan för arkivet."))
    summary = table(("Revisionsfråga", "Svar"), ("Finns en plan för arkivet?", "Delvis"))
    assert answers(*chapter, h("Sammanfattning"), summary) == [("Finns en plan för arkivet?", "delvis")]


LIST = (h("Kontrollmål"), li("Attest sker enligt reglerna"), li("Systemförvaltningen är dokumenterad"), li("Behörigheter och roller"))


def test_aims_as_headings_are_answered_by_the_judgement_that_names_only_the_aim():
    chapters = (
        h("Attest sker enligt reglerna"), p("Två poster saknade attest."), p("Vi bedömer att kontrollmålet i huvudsak är uppfyllt."),
        h("Systemförvaltningen är dokumenterad"), p("Vi har frågat. Vi bedömer att kontrollmålet inte är uppfyllt."),
    )  # fmt: skip
    assert answers(*LIST, *chapters) == [("Attest sker enligt reglerna", "ja"), ("Systemförvaltningen är dokumenterad", "nej")]


def test_a_question_of_how_that_was_asked_is_answered_where_it_comes_back():
    asked = (h("Revisionsfrågor"), li("Hur styr nämnden arkivverksamheten?"))
    chapter = (h("Hur styr nämnden arkivverksamheten?"), p("Det finns ett reglemente. Vi bedömer att styrningen är tillräcklig."))
    assert answers(*asked, *chapter) == [("Hur styr nämnden arkivverksamheten?", "ja")]


@pytest.mark.parametrize(
    ("label", "whole"), [("Utbilda arkivredogörarna", True), ("Uppdatera planen", True), ("Interna kontroller", False)]
)
def test_an_earlier_recommendation_of_two_words_behind_its_label(label, whole):
    found = read(
        h("Uppföljning av 2019 års granskning"), h(f"Rekommendation 2: {label}", 2), p("Hälften är klart sedan i fjol."),
        p("Vår bedömning: Rekommendationen är delvis genomförd."),
    ).followups  # fmt: skip
    assert ((label, "delvis") in [(f.recommendation, f.status) for f in found]) is whole
