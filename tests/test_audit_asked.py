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


def test_a_list_of_answers_is_no_list_of_questions():
    asked = (h("Revisionsfrågor"), li("Är styrningen tydlig?"), li("Är bemanningen tillräcklig?"))
    said = (
        p("Svaren på revisionsfrågorna är i korthet:"),
        li("Vi bedömer att styrningen är tydlig."),
        li("Bemanningen bedöms inte räcka."),
    )
    assert answers(*asked, h("Sammanfattning"), *said) == [("Är styrningen tydlig?", "ja"), ("Är bemanningen tillräcklig?", "nej")]


def test_lettered_questions_with_om_and_answers_under_the_same_letters():
    asked = (h("Revisionsfrågor"), p("Granskningen ska ge svar på"))
    asked += (li("om det finns aktuella riktlinjer, samt", marker="a)"), li("om kontroller görs.", marker="b)"))
    said = (
        h("Svar på revisionsfrågorna"),
        p("a) Det finns aktuella riktlinjer."),
        p("b) Kontroller görs inte på något systematiskt sätt."),
    )
    assert answers(*asked, *said) == [("om det finns aktuella riktlinjer", "ja"), ("om kontroller görs", "nej")]


def test_delsyften_answered_behind_a_label_with_their_number():
    asked = (p("Syftet har brutits ned i följande delsyften:"), li("Bedöma om ansvaret är tydligt", marker="1."))
    asked += (li("Bedöma om samverkan fungerar", marker="2."),)
    said = (h("Ansvar"), p("Bedömning delsyfte 1: Ansvaret bedöms vara tydligt."), h("Samverkan"), h("Bedömning av delsyfte 2", 2))
    assert answers(*asked, *said, p("Samverkan fungerar endast delvis.")) == [
        ("Bedöma om ansvaret är tydligt", "ja"), ("Bedöma om samverkan fungerar", "delvis"),
    ]  # fmt: skip


def test_a_remark_under_a_question_counts_where_nothing_is_called_a_judgement():
    chapter = (h("Finns riktlinjer?", 2), p("De antogs i fjol."), p("Kommentar: Riktlinjer finns, men de är inte kända."))
    assert answers(*chapter) == [("Finns riktlinjer?", "delvis")]
    assert answers(*chapter, h("Bedömning", 3), p("Ja. Riktlinjerna räcker.")) == [("Finns riktlinjer?", "ja")]
    assert answers(h("Riktlinjer", 2), p("Kommentar: Riktlinjer finns, men de är inte kända.")) == []


def test_a_judgement_under_a_higher_heading_is_not_that_of_the_question_above():
    blocks = (h("Följs bisysslor upp?", 3), p("Ett register förs."), h("Revisionell bedömning", 2), p("Rutinerna är ändamålsenliga."))
    assert answers(*blocks) == []


def test_two_views_of_one_thing_are_one_answer():
    asked = (h("Revisionsfrågor"), li("Sker en kontroll av att villkoren följs?"), li("Finns tydliga regler?"))
    said = p("Vi bedömer att det sker en kontroll av villkoren, men att kontrollen inte dokumenteras. Vi bedömer att reglerna är tydliga.")
    assert answers(*asked, h("Slutsats"), said) == [("Sker en kontroll av att villkoren följs?", "delvis"), ("Finns tydliga regler?", "ja")]


def test_aims_under_a_heading_that_also_names_criteria_are_no_criteria():
    found = read(h("Kontrollmål/Revisionskriterier"), li("Finns riktlinjer för bisysslor?"), li("Kommunallagen"))
    assert [c.text for c in found.criteria] == ["Kommunallagen"]


def test_a_title_beside_an_answer_answers_the_question_that_has_all_its_words():
    asked = (h("Revisionsfrågor"), li("Sker slutredovisning av avslutade projekt till nämnden?"), li("Är formerna effektiva?"))
    rows = table(("Revisionsfråga", "Bedömning"), ("Slutredovisning av avslutade projekt", "Slutredovisning sker inte till nämnden."))
    assert answers(*asked, rows) == [
        ("Sker slutredovisning av avslutade projekt till nämnden?", "nej"),
        ("Är formerna effektiva?", "ej_bedomd"),
    ]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("Ansvaret är tydligt och följer nämndens ordning för delegering i alla de delar som vi har gått igenom.", "ja"),
        ("Formerna är beskrivna och kända bland alla dem som vi har talat med. De är emellertid inte anpassade till projekt.", "delvis"),
        ("Enkäten besvarades av tolv chefer under den tid i maj som vi hade bestämt oss för att vänta på svar.", "ej_bedomd"),
    ],
)
def test_a_column_of_judgement_judges_without_saying_so(cell, answer):
    assert answers(table(("Revisionsfråga", "Bedömning"), ("Är ansvaret tydligt?", cell)))[0][1] == answer


def test_areas_beside_a_column_of_nothing_but_plain_answers():
    head = ("Kontrollområde", "Tillfredsställande?", "Iakttagelse")
    rows = (("Attest och utanordning", "Ja", "Sex prov."), ("Leverantörsregister", "Delvis", "Två dubbletter."))
    assert answers(table(head, *rows)) == [("Attest och utanordning", "ja"), ("Leverantörsregister", "delvis")]
    other = (("Attest och utanordning", "Maj", "Sex prov."), ("Leverantörsregister", "Juni", "Två dubbletter."))
    assert answers(table(("Kontrollområde", "Tid", "Iakttagelse"), *other)) == []


def test_recommendations_after_an_unfinished_lead_in_and_behind_their_codes():
    found = read(
        p("Vi rekommenderar skolnämnden att säkerställa"), li("att planen omfattar tio år"), li("R2. att kalkyler görs före beslut")
    )
    assert [(r.recipient, r.text) for r in found.recommendations] == [
        ("Skolnämnden", "att planen omfattar tio år"), ("Skolnämnden", "att kalkyler görs före beslut"),
    ]  # fmt: skip


def test_questions_and_answers_under_codes():
    asked = (h("Granskningens frågor"), p("F1: Finns en fungerande organisation?"), p("F2: Följs resultaten upp?"))
    said = (p("Granskningens svar är i korthet:"), p("F1: I huvudsak ja."), p("F2: Nej. Enkäter saknas."))
    assert answers(*said, *asked) == [("Finns en fungerande organisation?", "ja"), ("Följs resultaten upp?", "nej")]


def test_questions_answered_together_by_their_numbers():
    asked = (
        h("Revisionsfrågor"),
        *(li(f"Finns en plan för {n}?", marker=f"{i}.") for i, n in enumerate(("vatten", "avlopp", "avfall"), 1)),
    )
    said = p("Revisionsfråga 1 och 2 besvaras med ja. Revisionsfråga 3 besvaras delvis jakande.")
    assert [a for _, a in answers(*asked, h("Svar"), said)] == ["ja", "ja", "delvis"]


def test_answers_set_in_below_the_questions_of_a_list():
    nested = (
        li("Är samverkan reglerad?"), li("Det saknas en överenskommelse.", depth=1),
        li("Finns riktlinjer?"), li("Vår bedömning är att riktlinjer finns.", depth=1),
    )  # fmt: skip
    assert answers(h("Våra svar på revisionsfrågorna"), *nested) == [("Är samverkan reglerad?", "nej"), ("Finns riktlinjer?", "ja")]


def test_questions_with_dashes_in_one_paragraph():
    asked = p("Granskningen har utgått från följande revisionsfrågor: – Har nämnden riktlinjer? – Är samverkan reglerad?")
    assert [q for q, _ in answers(h("Sammanfattning"), asked)] == ["Har nämnden riktlinjer?", "Är samverkan reglerad?"]


def test_aims_restated_under_their_numbers_are_no_answers():
    asked = (h("Revisionsfrågor"), li("Finns aktuella riktlinjer för jäv?", marker="1."), li("Följs riktlinjerna?", marker="2."))
    restated = (h("Sammanfattande bedömning"), h("Kontrollmål", 2), li("Det finns aktuella riktlinjer för jäv", marker="1."))
    assert [a for _, a in answers(*asked, *restated)] == ["ej_bedomd", "ej_bedomd"]


def test_grounds_of_judgement_are_no_judgement_and_text_behind_them_no_criterion():
    blocks = (h("Finns en plan?", 2), p("Nej."), h("Följs planen?", 2), p("Vi har frågat."), h("Bedömningsgrunder", 2), li("Kommunallagen"))
    found = read(*blocks, p("I verksamhetsplanen finns tre mål med elva mätetal."))
    assert [(q.question, q.assessment) for q in found.questions] == [("Finns en plan?", "nej")]
    assert [c.text for c in found.criteria] == ["Kommunallagen"]


def test_questions_as_headings_below_the_chapter_of_answers_are_answered_by_what_stands_under_them():
    chapter = (h("Revisionell bedömning"), h("Kontrollmål", 2))
    asked = (
        h("Finns en aktuell plan?", 3),
        p("Någon aktuell plan finns inte."),
        h("Sker uppföljning av läckage?", 3),
        p("Läckage följs upp."),
    )
    assert answers(*chapter, *asked) == [("Finns en aktuell plan?", "nej"), ("Sker uppföljning av läckage?", "ja")]
    share = (h("Sker uppföljning av läckage?", 3), p("Läckage följs upp i två av fyra områden."))
    assert answers(*chapter, *share) == [("Sker uppföljning av läckage?", "ej_bedomd")]


def test_a_question_on_follow_up_heads_no_earlier_recommendations():
    blocks = (h("Bedömning"), h("Sker uppföljning av läckage?", 2), p("Vi föreslår att en plan tas fram. Nämnden bör följa upp den."))
    assert [r.text for r in read(*blocks).recommendations] == ["Vi föreslår att en plan tas fram.", "Nämnden bör följa upp den."]


def test_a_need_that_opens_a_list():
    found = read(p("Vi ser behov av att gymnasienämnden"), li("fastställer en lägsta nivå"), li("analyserar elevernas svar"))
    assert [(r.recipient, r.text) for r in found.recommendations] == [
        ("Gymnasienämnden", "fastställer en lägsta nivå"), ("Gymnasienämnden", "analyserar elevernas svar"),
    ]  # fmt: skip


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
        ("Vi bedömer att äldrenämnden har en rutin. Individnämnden saknar däremot en sådan.", "delvis"),
        ("Vi bedömer att då utsläppen inte mäts kan vi inte bedöma om styrningen räcker.", "ej_bedomd"),
        ("Vi bedömer att avtalen inte följs, men att priserna är rimliga.", "nej"),
    ],
)
def test_a_yes_is_taken_back_by_what_lacks(said, answer):
    assert rules.judge_sentence(said).value == answer
