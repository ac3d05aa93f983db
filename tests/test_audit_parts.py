"""The readers of audits, evaluations and strategies on small block trees, one rule at a time."""

import pytest

from extractors.layout.blocks import Cell, Heading, Icon, ListItem, PageInfo, Paragraph, Report, Style, Table
from extractors.reports.context import make_context
from extractors.reports.granskning import read_granskning
from extractors.reports.granskning_lines import sentences
from extractors.reports.kommunkompassen import read_areas
from extractors.reports.strategi import read_focus_areas
from schema.ids import Ids
from schema.records import Document

BOX = (70.0, 100.0, 500.0, 120.0)


def h(text, level=1, number="", page=1):
    return Heading(page=page, bbox=BOX, text=text, level=level, number=number)


def p(text, page=1, lead=""):
    return Paragraph(page=page, bbox=BOX, text=text, lead=lead)


def li(text, page=1, depth=0, marker="•"):
    return ListItem(page=page, bbox=BOX, text=text, depth=depth, marker=marker)


def cell(row, col, content, header=False):
    blocks = (content,) if isinstance(content, Icon) else (p(content),) if isinstance(content, str) and content else tuple(content or ())
    return Cell(row, col, 1, BOX, blocks=blocks, header=header)


def table(*rows, header=True):
    cells = tuple(cell(r, c, text, header and r == 0) for r, row in enumerate(rows) for c, text in enumerate(row))
    return Table(page=1, bbox=BOX, cells=cells, rows=len(rows), cols=len(rows[0]), header_rows=int(header))


def light(color, **more):
    return Icon(page=1, bbox=BOX, color=color, shape="disc", **more)


def context_of(*blocks, title="Granskning av avtal", audited=(), pages=3, doc_type="granskningsrapport", year=2023):
    info = tuple(PageInfo(n, 595, 842, "", "tags") for n in range(1, pages + 1))
    document = Document("0a1b2c3d4e5f", "0" * 64, "x.pdf", title, doc_type, fiscal_year=year, pages=pages, audited=audited)
    return make_context(Report("x.pdf", info, blocks), document, Ids(document.id))


def read(*blocks, **more):
    return read_granskning(context_of(*blocks, **more))


def codes(context):
    return [n.code for n in context.notices]


def test_same_recommendation_in_letter_summary_and_conclusion_is_one_with_three_places():
    lead = "Vi rekommenderar kommunstyrelsen att:"
    found = read(
        p(lead), li("Upprätta en rutin för avtalsuppföljning"),
        h("Sammanfattning"), p(lead), li("Upprätta rutin för avtalsuppföljningen.", page=2),
        h("Slutsats"), p(lead), li("Att upprätta en rutin för avtalsuppföljning som omfattar samtliga avtal.", page=3),
    ).recommendations  # fmt: skip
    assert len(found) == 1
    assert [m.trace.page for m in found[0].mentions] == [1, 2, 3]
    assert found[0].text.endswith("samtliga avtal.")


def test_alike_recommendations_of_one_list_stay_apart():
    found = read(
        p("Vi rekommenderar nämnden att:"),
        li("Stärka kontrollen av privata utförare i hemtjänsten"),
        li("Stärka kontrollen av privata utförare i förskolan"),
    )
    assert len(found.recommendations) == 2


def test_same_words_to_different_bodies_are_two():
    found = read(
        p("Vi rekommenderar socialnämnden att:"), li("Anta en plan för intern kontroll"),
        p("Vi rekommenderar tekniska nämnden att:"), li("Anta en plan för intern kontroll"),
    ).recommendations  # fmt: skip
    assert [r.recipients for r in found] == [("Socialnämnden",), ("Tekniska nämnden",)]


def test_names_with_och_are_one_body_and_lists_of_bodies_are_several():
    found = read(
        p("Nämnden för demokrati och service rekommenderas att anta en plan."),
        p("Kultur- och fritidsnämnden, kommunstyrelsen och Lundviks Energi AB rekommenderas att samordna sina avtal."),
    ).recommendations  # fmt: skip
    assert [r.recipients for r in found] == [
        ("Nämnden för demokrati och service",),
        ("Kultur- och fritidsnämnden", "Kommunstyrelsen", "Lundviks Energi AB"),
    ]


def test_all_bodies_are_those_that_the_audit_covers():
    found = read(p("Vi rekommenderar samtliga granskade nämnder att se över sina rutiner."), audited=("Socialnämnden", "Tekniska nämnden"))
    assert found.recommendations[0].recipient == "Samtliga granskade nämnder"
    assert found.recommendations[0].recipients == ("Socialnämnden", "Tekniska nämnden")


def test_the_board_that_was_spoken_of_is_the_board():
    found = read(p("Tekniska nämnden rekommenderas att göra besiktningar. Nämnden bör vidare redovisa resultatet årligen."))
    assert [r.recipients for r in found.recommendations] == [("Tekniska nämnden",)] * 2


def test_earlier_recommendations_are_followed_up_and_not_given_anew():
    found = read(
        h("Uppföljning av tidigare granskning", 2),
        p("Granskningen 2019 resulterade i följande rekommendation till nämnden:"),
        p("Nämnden rekommenderas att anta en plan."),
        h("Bedömning", 3),
        p("Vi bedömer att nämnden har omhändertagit rekommendationen."),
    )
    assert not found.recommendations
    assert [(f.year, f.status) for f in found.followups] == [(2019, "atgardad")]


def test_a_followed_up_recommendation_without_status_gets_a_notice_and_no_record():
    context = context_of(
        p("Granskningen 2019 resulterade i följande rekommendation:"), li("Anta en plan för underhåll"), title="Uppföljning av granskningar"
    )
    assert not read_granskning(context).followups
    assert codes(context) == ["followup_without_status"]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Åtgärdad", "atgardad"),
        ("Åtgärdad (i huvudsak)", "delvis"),
        ("Pågående", "delvis"),
        ("Kvarstår", "ej_atgardad"),
        ("Ej åtgärdad", "ej_atgardad"),
    ],
)
def test_status_words_of_a_table(words, status):
    found = read(table(("Rekommendation", "Bedömning"), ("Ta fram en plan för arbetet", words)))
    assert [f.status for f in found.followups] == [status]
    assert not found.recommendations


def test_a_column_of_findings_is_no_status_and_the_name_of_an_audit_no_recommendation():
    told = table(
        ("Rekommendation", "Iakttagelse vid uppföljningen", "Bedömning"),
        ("Ta fram en plan för arbetet", "Planen är inte klar än.", "Delvis åtgärdad"),
    )
    named = table(
        ("År", "Granskning", "Rekommendation", "Status"),
        ("2018", "Granskning av bad och simhallar", "Nämnden behöver anta en plan", "Kvarstår"),
    )
    assert [(f.recommendation, f.status) for f in read(told).followups] == [("Ta fram en plan för arbetet", "delvis")]
    found = [(f.recommendation, f.year, f.status) for f in read(named).followups]
    assert found == [("Nämnden behöver anta en plan", 2018, "ej_atgardad")]


def test_a_column_that_asks_whether_it_was_done_is_no_audit_question():
    found = read(
        table(
            ("Nr", "Lämnad rekommendation", "Har rekommendationen åtgärdats?"),
            ("1", "Anta en plan för arbetet", "Ja"),
            ("2", "Utbilda alla chefer", "Nej"),
        )
    )
    assert [f.status for f in found.followups] == ["atgardad", "ej_atgardad"]
    assert not found.questions


def test_boxes_of_labelled_rows_tell_what_became_of_each():
    boxes = table(
        ("Rekommendation 1", "Nämnden bör anta riktlinjer för bidrag."),
        ("Nämndens svar", "Riktlinjer antogs i januari."),
        ("Vår bedömning", "Åtgärdad"),
        ("Rekommendation 2", "Nämnden bör kontrollera antalet medlemmar."),
        ("Vår bedömning", "Det saknas tillräckligt underlag för att säga hur långt nämnden har kommit."),
        header=False,
    )
    found = read(boxes, title="Uppföljning av bidrag")
    assert [(f.recommendation, f.status) for f in found.followups] == [("Nämnden bör anta riktlinjer för bidrag.", "atgardad")]
    assert not found.recommendations


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("Planen är inte klar. Vi bedömer att rekommendationen är delvis åtgärdad.", ["delvis"]),
        ("Planen är inte klar. Rekommendationen kvarstår.", ["ej_atgardad"]),
        ("Nämnden anser att planen är genomförd.", []),
        ("Samtidigt rekommenderades styrelsen att byta bank. Vi bedömer att rekommendationen är åtgärdad.", []),
    ],
)
def test_a_paragraph_that_tells_what_was_recommended_and_what_became_of_it(told, status):
    found = read(p(f"I granskningen 2019 rekommenderades nämnden att anta en plan för lokaler. {told}")).followups
    assert [(f.recommendation, f.year, f.status) for f in found] == [("anta en plan för lokaler", 2019, s) for s in status]


def test_a_heading_over_a_list_tells_what_became_of_all_of_it():
    lists = (
        h("Åtgärdade rekommendationer", 2),
        li("Nämnden bör anta en plan för broar."),
        h("Kvarstående rekommendationer", 2),
        p("Dessa har inte åtgärdats."),
        li("Nämnden bör räkna konsten."),
        h("Kvarstående och nya rekommendationer", 2),
        li("Nämnden bör utbilda sina chefer."),
    )
    found = read(*lists, title="Uppföljning av rekommendationer")
    assert [(f.recommendation[:22], f.status) for f in found.followups] == [
        ("Nämnden bör anta en pl", "atgardad"),
        ("Nämnden bör räkna kons", "ej_atgardad"),
    ]
    assert not read(*lists, title="Granskning av broar").followups


def test_a_status_before_its_recommendation_and_a_verdict_in_a_sentence():
    items = (
        h("Hur har det gått?"),
        li("Genomförd: Nämnden bör anta en plan."),
        li("Kvarstår – Nämnden bör räkna konsten."),
        li("Datum: Nämnden bör mötas."),
    )
    assert [f.status for f in read(*items, title="Uppföljning av plan").followups] == ["atgardad", "ej_atgardad"]
    assert not read(*items, title="Granskning av plan").followups
    rows = (
        ("Granskning", "Rekommendation", "Nämndens svar", "Revisorernas bedömning"),
        ("Bad (2018)", "Nämnden bör anta en plan", "Planen finns.", "Revisorerna anser att rekommendationen är omhändertagen."),
        ("Bad (2018)", "Nämnden bör räkna konsten", "Pengar saknas.", "Rekommendationen har inte omhändertagits."),
    )
    assert [f.status for f in read(table(*rows)).followups] == ["atgardad", "ej_atgardad"]
    bold = Paragraph(page=1, bbox=BOX, text="Revidera reglementet för nämnden.", style=Style(bold=True))
    found = read(
        h("Uppföljning av rekommendationer från 2021"), bold, p("Det reviderades."), p("Bedömning: Rekommendationen är genomförd.")
    )
    assert [(f.recommendation, f.year, f.status) for f in found.followups] == [("Revidera reglementet för nämnden.", 2021, "atgardad")]
    labelled = (h("Rekommendation: Anta en plan", number="2.1"), p("Revisionens bedömning: Delvis genomförd."))
    assert [(f.recommendation, f.status) for f in read(*labelled).followups] == [("Anta en plan", "delvis")]


def test_a_status_word_before_what_was_done():
    blocks = (
        p("Granskningen 2018 resulterade i följande rekommendationer:"),
        li("Redovisa utfallet varje år"),
        li("Status: Pågår. Redovisning sker ibland.", depth=1),
    )
    assert [f.status for f in read(*blocks).followups] == ["delvis"]


def test_a_recommendation_under_its_label_that_is_judged_is_not_asked_anew():
    found = read(
        h("Rekommendation 1", 2),
        p("Nämnden bör anta en plan.", page=2),
        p("Bedömning"),
        p("Vi bedömer att rekommendationen inte har åtgärdats."),
        p("Vi rekommenderar nämnden att anta en tidplan.", page=3),
    )
    assert [(f.recommendation, f.status) for f in found.followups] == [("Nämnden bör anta en plan.", "ej_atgardad")]
    assert [r.text for r in found.recommendations] == ["anta en tidplan."]


def test_a_bor_beside_real_recommendations_is_not_counted():
    found = read(
        h("Bedömning"), p("Vi bedömer att nämnden bör se över sina rutiner."),
        h("Rekommendationer"), p("Vi rekommenderar socialnämnden att:"), li("Anta en plan för året"),
    )  # fmt: skip
    assert [r.text for r in found.recommendations] == ["Anta en plan för året"]


def test_a_report_that_points_elsewhere_gives_none_in_bor():
    found = read(h("Bedömning"), p("Socialnämnden bör se över sina rutiner. Rekommendationer lämnades till nämnden i en egen rapport."))
    assert not found.recommendations


def test_recommendation_without_recipient_gets_a_notice():
    context = context_of(h("Rekommendationer"), li("Se över rutinerna för attest"))
    assert read_granskning(context).recommendations[0].recipient is None
    assert codes(context) == ["recipient_unknown"]


def test_question_without_answer_is_kept_with_a_notice():
    context = context_of(h("Revisionsfrågor"), li("Finns en aktuell plan för arkivet?"), h("Iakttagelser"), p("Arkivet ligger i källaren."))
    question = read_granskning(context).questions[0]
    assert (question.assessment, question.assessment_text) == ("ej_bedomd", None)
    assert codes(context) == ["question_without_answer"]


def test_unknown_words_of_an_answer_are_kept_as_printed():
    context = context_of(table(("Revisionsfråga", "Bedömning"), ("Är rutinen känd?", "Blå nivå tre")))
    question = read_granskning(context).questions[0]
    assert (question.assessment, question.assessment_text) == ("ej_bedomd", "Blå nivå tre")
    assert codes(context) == ["unknown_assessment"]


def test_words_win_over_a_light_and_a_notice_tells():
    context = context_of(
        h("Revisionsfrågor"), li("Finns en aktuell plan för arkivet?"),
        table(("Revisionsfråga", "Bedömning"), ("Finns en aktuell plan för arkivet?", light("green"))),
        h("Revisionsfråga 1: Finns en aktuell plan för arkivet?", 2), p("Bedömning: Delvis uppfyllt"),
    )  # fmt: skip
    question = read_granskning(context).questions[0]
    assert (question.assessment, question.assessment_text) == ("delvis", "Delvis uppfyllt")
    assert codes(context) == ["colour_words_differ"]


def test_a_sign_means_what_the_key_says():
    found = read(table(("Kontrollmål", "Bedömning"), ("Planen är aktuell", light("blue", meaning="Delvis uppfyllt"))))
    assert found.questions[0].assessment == "delvis"


def test_one_question_answered_for_several_bodies_is_one_record_each():
    question = "Finns en plan för intern kontroll?"
    found = read(
        h("Revisionsfrågor"), li(question),
        h("Socialnämnden", 2), table(("Revisionsfråga", "Bedömning"), (question, "Ja")),
        h("Tekniska nämnden", 2), table(("Revisionsfråga", "Bedömning"), (question, "Nej")),
    ).questions  # fmt: skip
    assert [(q.organisation, q.assessment) for q in found] == [("Socialnämnden", "ja"), ("Tekniska nämnden", "nej")]


def test_question_to_the_reader_of_a_letter_is_none():
    assert not read(p("Revisorerna överlämnar rapporten med följande frågeställning:"), li("Vilka åtgärder avser ni att vidta?")).questions


def test_footnote_after_bullets_is_no_criterion():
    found = read(h("Revisionskriterier"), li("Kommunallagen"), li("8 kap. 4 § plan- och bygglagen", marker="1."))
    assert [c.text for c in found.criteria] == ["Kommunallagen"]


def test_box_wins_over_table_of_scores_and_a_notice_tells():
    context = context_of(
        table(("Område", "Poäng"), ("Offentlighet och demokrati", "80"), ("Ledarskap och ansvar", "65"), ("Resultat i allt", "60")),
        h("Område 1 Offentlighet och demokrati", 2), table(("Rubriker", "Poäng"), ("Information", "79")),
        table(("Styrkor", "Förbättringsmöjligheter"), ((li("Tydlig information"), li("Dialog")), (li("Följa upp dialogen"),))),
        h("Område 2 Ledarskap och ansvar", 2), p("Poäng: 65 av 100"),
        h("Styrkor", 3), li("Nytt program"), h("Utvecklingsområden", 3), li("Färre mål"),
        doc_type="utvardering",
    )  # fmt: skip
    areas = read_areas(context)
    assert [(a.number, a.name, a.score) for a in areas] == [(1, "Offentlighet och demokrati", 79), (2, "Ledarskap och ansvar", 65)]
    assert [(x.kind, x.text) for x in areas[0].points] == [
        ("strength", "Tydlig information"),
        ("strength", "Dialog"),
        ("improvement", "Följa upp dialogen"),
    ]
    assert [(x.kind, x.text) for x in areas[1].points] == [("strength", "Nytt program"), ("improvement", "Färre mål")]
    assert codes(context) == ["score_differs"]


def test_focus_areas_are_the_sub_headings_of_their_chapter():
    before = (h("Inledning", 1, "1"), h("Syfte", 2, "1.1"))
    areas = (h("Prioriterade områden", 1, "2"), h("Trygg uppväxt", 2, "2.1"), h("Levande landsbygd", 2, "2.2"))
    found = read_focus_areas(context_of(*before, *areas, h("Uppföljning", 1, "3")))
    assert [(f.number, f.name) for f in found] == [("2.1", "Trygg uppväxt"), ("2.2", "Levande landsbygd")]


def test_focus_areas_counted_in_a_list_must_come_back():
    listed = (p("Planen har två insatsområden."), li("Mindre avfall", marker="1."), li("Renare luft", marker="2."))
    found = read_focus_areas(context_of(*listed, h("Mindre avfall"), h("Renare luft")))
    assert [f.name for f in found] == ["Mindre avfall", "Renare luft"]
    assert not read_focus_areas(context_of(*listed, h("Mindre avfall")))


def evaluation(*blocks) -> list[tuple]:
    areas = read_areas(context_of(*blocks, doc_type="utvardering"))
    return [(a.number, a.name, a.score, a.max_score, [f"{x.kind[0]} {x.text}" for x in a.points]) for a in areas]


AREAS = ("Öppenhet och insyn", "Ledarskap och ansvar", "Resultat i allt")


def scores(*heads, rows):
    return table(("Område", *heads), *((name, *row) for name, row in zip(AREAS, rows, strict=True)))


@pytest.mark.parametrize(
    ("heads", "rows", "expected"),
    [
        (("Poäng 2015", "Poäng 2019"), (("50", "61"), ("51", "62"), ("52", "63")), [61, 62, 63]),
        (("2019", "2015"), (("61", "50"), ("62", "51"), ("63", "52")), [61, 62, 63]),
        (("Maxpoäng", "Poäng", "Medelpoäng"), (("100", "61", "55"), ("100", "62", "55"), ("100", "63", "55")), [61, 62, 63]),
        (("Poäng A", "Poäng B"), (("50", "61"), ("51", "62"), ("52", "63")), [None, None, None]),
        (("Maxpoäng", "2023", "Förändring"), (("100", "61", "+4"), ("100", "62", "-2"), ("100", "63", "+9")), [61, 62, 63]),
    ],
)
def test_of_several_columns_of_scores_the_latest_own_one_counts_and_none_in_doubt(heads, rows, expected):
    blocks = [b for n in range(3) for b in (h(f"Område {n + 1} {AREAS[n]}", 2), h("Styrkor", 3), li("Ett program"))]
    assert [a[2] for a in evaluation(scores(*heads, rows=rows), *blocks)] == expected


def test_the_most_that_an_area_can_have_stands_in_a_column_or_in_the_scale():
    rows = scores("Poäng", "Maxpoäng", rows=(("61", "200"), ("62", "200"), ("63", "200")))
    part = (h("Område 1 Öppenhet och insyn", 2), h("Styrkor", 3), li("Ett program"))
    assert [a[2:4] for a in evaluation(rows, *part)] == [(61, 200)]
    assert [a[2:4] for a in evaluation(p("Områdena bedöms på en femgradig skala."), *part, p("Nivå: 3"))] == [(3, 5)]
    assert [a[2:4] for a in evaluation(p("Områdena bedöms på en femgradig skala."), *part, p("Poäng: 61"))] == [(61, None)]


def test_the_total_of_its_questions_is_the_score_of_an_area():
    blocks = [b for n, name in enumerate(AREAS, 1) for b in (h(f"Område {n} {name}", 2), h("Styrkor", 3), li("Ett program"))]
    questions = table(
        (f"Område 1 {AREAS[0]}", "Max", "Poäng"),
        ("1.1 Hur väljs råden?", "60", "31"),
        ("1.2 Hur hörs de?", "40", "20"),
        ("Summa", "100", "51"),
        (f"Område 2 {AREAS[1]}", "Max", "Poäng"),
        ("2.1 Vem leder?", "70", "30"),
        ("2.2 Vem svarar?", "30", "12"),
        (f"Område 3 {AREAS[2]}", "Max", "Poäng"),
        ("3.1 Vem räknar?", "50", "30"),
        ("3.2 Vem minns?", "40", "12"),
    )
    found = evaluation(*blocks, h("Översikt av poängfördelning"), questions)
    assert [(a[2], a[3]) for a in found] == [(51, 100), (42, 100), (None, None)]  # the last one's questions do not make up a hundred


def test_a_result_in_a_heading_is_no_area():
    blocks = [
        b
        for n, name in enumerate(AREAS, 1)
        for b in (h(name, number=f"{n}."), h(f"Resultat: 6{n} poäng", 2), h("Styrkor", 2), li("Ett råd"))
    ]
    assert [a[:3] for a in evaluation(*blocks)] == [(n, name, 60 + n) for n, name in enumerate(AREAS, 1)]


def test_areas_without_number_are_those_that_the_table_of_scores_names():
    rows = scores("Poäng", rows=(("61",), ("62",), ("63",)))
    blocks = [b for name in AREAS for b in (h(name), p("Starka sidor"), li("Ett program"), h("Övrigt", 2))]
    found = evaluation(h("1 Inledning", 1, "1"), rows, *blocks, h("Bilaga"), p("Styrkor"), li("Intervjuade personer"))
    assert found == [(None, name, score, None, ["s Ett program"]) for name, score in zip(AREAS, (61, 62, 63), strict=True)]


def test_a_sub_heading_in_words_of_the_end_does_not_end_its_area():
    found = evaluation(h("Område 1 Resultat i allt", 2), p("Poäng: 61"), h("Jämförelser", 3), h("Styrkor", 3), li("Ett program"))
    assert found == [(1, "Resultat i allt", 61, None, ["s Ett program"])]


def test_a_score_at_the_end_of_the_heading_is_none_of_its_name():
    blocks = [b for n, name in enumerate(AREAS) for b in (h(f"{name} ({n + 2} av 5)"), p("Styrkor: Ett program; ett råd."))]
    assert evaluation(*blocks) == [(None, name, n + 2, 5, ["s Ett program", "s ett råd"]) for n, name in enumerate(AREAS)]
    assert not evaluation(h("Vision 2030"), p("Text"), h("Mål 2030"), h("Plan 2040"))


def test_a_box_that_tears_its_score_and_a_score_beyond_the_most():
    area = h("Område 1 Resultat i allt", 2)
    assert [a[2:4] for a in evaluation(area, h("48,5 av", 1), p("100"), h("Styrkor", 3), li("Ett program"))] == [(48.5, None)]
    assert [a[2:4] for a in evaluation(area, p("Resultat: 61 av 5"), h("Styrkor", 3), li("Ett program"))] == [(None, None)]


def test_points_in_rows_of_a_table_with_one_row_for_each_area():
    rows = table(
        ("Område", "Poäng", "Styrkor", "Förslag till förbättringar"),
        ("1. Öppenhet och insyn", "61", (li("Ett råd"), li("En panel")), (li("Fler möten"),)),
        ("2. Ledarskap och ansvar", "62", (li("Ett program"),), ""),
    )
    assert evaluation(rows) == [
        (1, "Öppenhet och insyn", 61, None, ["s Ett råd", "s En panel", "i Fler möten"]),
        (2, "Ledarskap och ansvar", 62, None, ["s Ett program"]),
    ]


def test_points_in_two_rows_and_in_paragraphs_without_a_list():
    area = (h("Område 1 Resultat i allt", 2), p("Poäng: 61"))
    assert evaluation(*area, table(("Styrkor", (li("Ett råd"),)), ("Att utveckla", (li("Fler möten"),))))[0][4] == [
        "s Ett råd",
        "i Fler möten",
    ]
    loose = (h("Styrkor", 3), p("Följande bör nämnas:"), p("Ett råd finns."), h("Att förbättra", 3), p("Fler möten."))
    assert evaluation(*area, *loose)[0][4] == ["s Ett råd finns.", "i Fler möten."]
    assert evaluation(*area, h("Styrkor", 3), p("Ett råd finns."), li("En panel"))[0][4] == ["s En panel"]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("Kommunen får 61 av 100 poäng på området. Medelvärdet i riket är 57 poäng, och de bästa kommunerna når 80 poäng.", 61),
        ("Vid förra utvärderingen fick kommunen 52 av 100 poäng på området, och arbetet har sedan dess utvecklats.", None),
        ("Kommunen får 61 av 100 poäng enligt intervjuerna. Kommunen får 63 av 100 poäng enligt de skriftliga underlagen.", None),
    ],
)
def test_a_score_in_a_sentence_is_that_of_the_report_itself(text, score):
    assert [a[2] for a in evaluation(h("Område 1 Resultat i allt", 2), p(text), h("Styrkor", 3), li("Ett råd"))] == [score]


def test_a_heading_of_both_strengths_and_weaknesses_opens_neither():
    assert not evaluation(h("Område 1 Resultat i allt", 2), h("Styrkor och svagheter", 3), li("Läs vidare"))


def names(*blocks) -> list[str]:
    return [f"{f.number} {f.name}".strip() for f in read_focus_areas(context_of(*blocks))]


@pytest.mark.parametrize(
    "announcing", ["Strategier för kompetensförsörjningen", "Våra teman", "Perspektiv", "Kommunens strategier för fler jobb"]
)
def test_chapters_that_name_areas_in_wider_words_announce_them(announcing):
    chapter = (h(announcing, 1, "2"), h("Attrahera", 2, "2.1"), h("Kort sikt", 3, "2.1.1"), h("Utveckla", 2, "2.2"))
    assert names(*chapter, h("Handlingsplan", 1, "3"), h("Rekrytering", 2, "3.1"), h("Lön", 2, "3.2")) == ["2.1 Attrahera", "2.2 Utveckla"]


@pytest.mark.parametrize(
    "chapter",
    ["Befintliga mål och strategier", "Metod för uppföljning av strategierna", "Tidigare fokusområden", "Uppföljning av målområden",
     "Nationella strategier för arbetet", "Så har vi valt fokusområden", "Perspektiv på arbetsmarknaden"],
)  # fmt: skip
def test_chapters_on_areas_of_others_or_on_method_announce_none(chapter):
    assert not names(h(chapter, 1, "2"), h("Frisk luft", 2, "2.1"), h("Levande sjöar", 2, "2.2"))


def test_an_announcing_chapter_wins_over_one_in_wider_words():
    wide = (h("Perspektiv"), h("Invånare", 2), h("Medarbetare", 2), h("Ekonomi", 2))
    assert names(*wide, h("Fokusområden"), h("Trygghet", 2), h("Arbete", 2)) == ["Trygghet", "Arbete"]


def test_the_parts_of_every_area_are_no_areas():
    assert not names(h("Målområden"), h("Mål", 2), h("Åtgärder", 2), h("Indikatorer", 2))


def test_a_label_alone_takes_its_name_from_the_heading_below():
    blocks = (h("Fokusområde 1"), h("Trygg uppväxt"), p("Text."), h("Fokusområde 2"), h("Levande landsbygd"))
    assert names(*blocks) == ["1 Trygg uppväxt", "2 Levande landsbygd"]


def test_global_goals_are_no_labelled_areas():
    assert not names(h("Mål 6: Rent vatten"), h("Mål 7: Hållbar energi"))


def test_areas_in_a_table_under_their_heading():
    rows = table(("Område", "Mål"), ("Jämlik hälsa", "Skillnaderna ska minska"), ("Trygghet", "Fler ska känna sig trygga"))
    assert names(h("Prioriterade områden"), rows) == ["Jämlik hälsa", "Trygghet"]
    assert not names(h("Ansvar"), rows)


def test_areas_in_the_column_of_a_table_of_actions_each_once():
    rows = table(("Fokusområde", "Aktivitet"), ("Trygghet", "Nattvandring"), ("Trygghet", "Belysning"), ("Arbete", "Praktik"))
    assert names(h("Handlingsplan"), rows) == ["Trygghet", "Arbete"]


def test_areas_in_a_short_list_under_their_heading_but_no_sentences():
    heading = h("Prioriterade områden")
    assert names(heading, p("Vi prioriterar:"), li("Trygg uppväxt"), li("Psykisk hälsa")) == ["Trygg uppväxt", "Psykisk hälsa"]
    assert not names(heading, li("Vi ska ha en trygg uppväxt."), li("Den psykiska hälsan ska bli bättre."))


def test_areas_counted_and_named_in_a_sentence_come_back_as_headings():
    said = p("Våra tre teman: klimat och energi, levande natur och trygga livsmiljöer.")
    headings = (h("Klimat och energi", 2), h("Levande natur", 2), h("Trygga livsmiljöer", 2), h("Uppföljning", 2))
    assert names(said, *headings) == ["Klimat och energi", "Levande natur", "Trygga livsmiljöer"]
    assert not names(said, *headings[:2], headings[3])


def test_lists_announced_by_a_sentence_are_areas_where_they_come_back_and_parts_of_a_procedure_are_none():
    listed, headings = (li("Ett aktivt liv"), li("Trygghet hemma")), (h("Ett aktivt liv"), h("Trygghet hemma"))
    assert names(p("Planens prioriterade områden är:"), *listed, h("Nuläge"), *headings) == ["Ett aktivt liv", "Trygghet hemma"]
    assert not names(p("Handläggningen består av två delar."), *listed, *headings)
    assert not names(p("Planen består av två delar."), li("Bakgrund"), li("Åtgärder"), h("Bakgrund"), h("Åtgärder"))


def test_counted_areas_follow_their_heading_on_its_level():
    announced = (h("Fokusområden"), p("Strategin har två fokusområden."))
    assert names(*announced, h("Trygghet"), p("Text."), h("Arbete"), h("Styrning")) == ["Trygghet", "Arbete"]
    assert not names(h("Fokusområden"), p("Här följer fokusområdena."), h("Trygghet"), h("Arbete"), h("Styrning"))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Det finns brister, bl.a. i attesten. Planen är från 2019.", 2),
        ("Enligt 6 kap. 6 § kommunallagen ansvarar nämnden. Detta följs.", 2),
        ("Ja. Ansvaret är tydligt.", 2),
        ("Se avsnitt 3.2 och 4.1", 1),
    ],
)
def test_sentences(text, parts):
    assert len(sentences(text)) == parts


def test_a_verdict_on_one_body_that_is_denied_for_others_is_delvis():
    found = read(
        h("Revisionsfrågor"), li("Har nämnderna en systematisk uppföljning av hyresavtalen?"),
        h("Uppföljning av hyresavtal"),
        p("Vi bedömer att socialnämnden har en systematisk uppföljning av hyresavtalen. Det saknas en sådan hos tekniska nämnden."),
    ).questions  # fmt: skip
    assert [q.assessment for q in found] == ["delvis"]


def test_words_without_bullet_go_on_with_the_point_above():
    first = ((li("Öppna data"),), (li("Ta fram en plan som gäller alla"),))
    second = ((li("E-tjänster"),), "nämnder")
    points = table(("Styrkor", "Utvecklingsområden"), first, second)
    context = context_of(h("Område 1 Offentlighet och demokrati", 2), p("Poäng: 70 av 100"), points, doc_type="utvardering")
    assert [(x.kind, x.text) for x in read_areas(context)[0].points] == [
        ("strength", "Öppna data"),
        ("improvement", "Ta fram en plan som gäller alla nämnder"),
        ("strength", "E-tjänster"),
    ]
