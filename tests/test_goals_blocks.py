"""Forms of goals that rest on the block tree alone, made by hand: leads, statements, judged lists, boxes, stacks, places."""

from extractors.layout.blocks import Cell, Heading, Icon, ListItem, PageInfo, Paragraph, Report, Table
from extractors.reports.activities import read_state
from extractors.reports.assignments import read_assignments
from extractors.reports.context import make_context
from extractors.reports.goals import read_goal_records, read_goals
from extractors.reports.goals_columns import read_columns
from extractors.reports.goals_scale import read_sign
from schema.ids import Ids
from schema.records import Document


class Pile:
    """Blocks set below each other on a page, each 20 points high."""

    def __init__(self):
        self.blocks, self.y = [], 50.0

    def box(self, x=50.0):
        return (x, self.y, 500.0, self.y + 14)

    def add(self, block):
        self.blocks.append(block)
        self.y += 20
        return self

    def heading(self, text, level=2, number=""):
        return self.add(Heading(page=1, bbox=self.box(), text=text, level=level, number=number))

    def text(self, text, **more):
        return self.add(Paragraph(page=1, bbox=self.box(), text=text, **more))

    def item(self, text):
        return self.add(ListItem(page=1, bbox=self.box(), text=text, marker="•"))

    def sign(self, color):
        self.blocks.append(Icon(page=1, bbox=(36.0, self.y + 1, 46.0, self.y + 11), color=color, shape="disc"))
        return self

    def table(self, *rows, header_rows=1, fills=()):
        cells = []
        for r, row in enumerate(rows):
            for c, content in enumerate(row):
                parts = content if isinstance(content, tuple) else (content,)
                blocks = tuple(p if not isinstance(p, str) else Paragraph(page=1, bbox=self.box(), text=p) for p in parts if p)
                cells.append(Cell(r, c, 1, self.box(), blocks, header=r < header_rows))
        cols = max(len(row) for row in rows)
        return self.add(Table(page=1, bbox=self.box(), cells=tuple(cells), rows=len(rows), cols=cols, header_rows=header_rows))

    def context(self, doc_type="delarsrapport", organisation=None):
        pages = (PageInfo(1, 595, 842, "\n".join(b.text for b in self.blocks), "flow"),)
        report = Report("prov.pdf", pages, tuple(self.blocks))
        document = Document("0" * 12, "0" * 64, "prov.pdf", "Prov", doc_type, organisation=organisation, fiscal_year=2023)
        return make_context(report, document, Ids("0" * 12))


def icon(color, **more):
    return Icon(page=1, bbox=(40.0, 40.0, 50.0, 50.0), color=color, shape=more.pop("shape", "disc"), **more)


def brief(goals):
    return [(g.organisation, g.goal, g.fulfilment) for g in goals]


def test_a_body_and_its_goal_on_a_line_judged_below():
    pile = Pile().heading("Övergripande mål").heading("Invånarna mår bra", 3).text("Exempel på nämndmål:")
    pile.text("Socialnämnden Fler ska få stöd i tid").text("Köerna är kortare än i fjol.").text("Prognosen är att målet nås.")
    pile.text("Norrby Energi-koncernen arbetar med klimatet varje dag. Prognosen är att målet inte nås.")
    pile.heading("Ekonomi").text("Norrby Energi AB redovisar ett överskott.")
    assert brief(read_goals(pile.context())) == [
        ("Socialnämnden", "Fler ska få stöd i tid", "uppfylls"),
        ("Norrby Energi AB", "Invånarna mår bra", "uppfylls_inte"),
    ]


def test_a_statement_that_is_judged_right_below_it_is_a_goal():
    pile = Pile().heading("Måluppföljning").text("Kommunstaben arbetar med att skapa bättre villkor för cheferna i hela kommunen.")
    pile.text("Det är osäkert om målet nås.").text("Till exempel arbetar miljönämnden mot målet att tillsynen kommer fler till del.")
    pile.text("Tillsynen har ökat. Bedömningen är att målet för året nås.")
    assert brief(read_goals(pile.context())) == [
        ("Kommunstaben", "skapa bättre villkor för cheferna i hela kommunen.", "delvis"),
        ("Miljönämnden", "tillsynen kommer fler till del", "uppfylls"),
    ]


def test_prose_outside_a_section_on_goals_gives_no_goal():
    pile = Pile().heading("Personal").text("Sjukfrånvaron har minskat.").text("Målet för sjukfrånvaron är uppnått.")
    assert read_goals(pile.context()) == ()


def test_contribution_to_a_goal_is_no_verdict_on_a_heading():
    pile = (
        Pile().heading("Nämndens mål").heading("Digitalisering", 3).text("Aktiviteterna bidrar till fullmäktiges mål om en smart kommun.")
    )
    assert read_goals(pile.context()) == ()


def test_a_list_of_goals_judged_together():
    pile = Pile().heading("God ekonomisk hushållning").text("Direktionen har beslutat om följande finansiella mål:")
    pile.item("Resultatet ska vara positivt").item("Krediten ska inte nyttjas")
    pile.text("Likviditeten är god. Förbundet bedöms ha uppfyllt tre av fem verksamhetsmål samt de finansiella målen.")
    goals = read_goals(pile.context("arsuppfoljning", "Räddningsförbundet Syd"))
    assert brief(goals) == [
        ("Räddningsförbundet Syd", "Resultatet ska vara positivt", "uppfylls"),
        ("Räddningsförbundet Syd", "Krediten ska inte nyttjas", "uppfylls"),
    ]
    assert goals[0].basis == "utfall"


def test_boxes_that_repeat_what_is_listed_are_goals_without_status():
    first = "Satsningen på skolbibliotek fortsätter och ska leda till att fler elever läser för sin egen skull."
    second = "Förskolorna får mer personal så att barngrupperna kan bli mindre och arbetsmiljön bättre än i dag."
    pile = Pile().heading("Inriktning i budget").text(first).text(second)
    pile.heading("Läsning", 3).text(first, fill="#004030").text("Biblioteken har fått nya böcker.")
    pile.heading("Förskola", 3).text(second, fill="#004030").text("Sju barnskötare har anställts.")
    goals = read_goals(pile.context())
    assert brief(goals) == [(None, first, "ej_bedomt"), (None, second, "ej_bedomt")]
    assert [g.parent_goal for g in goals] == ["Läsning", "Förskola"]


def test_a_box_alone_is_no_goal():
    pile = (
        Pile()
        .heading("Inriktning i budget")
        .text("Barn och unga i Norrby ska ha goda förutsättningar att lyckas i skolan.", fill="#eeeeee")
    )
    pile.text("Skolan har fått nya böcker.")
    assert read_goals(pile.context()) == ()


def test_goals_in_a_stack_with_sign_and_analysis_below_each():
    pile = Pile().heading("Måluppföljning").heading("Socialnämnden", 3)
    pile.table(
        ["Mål"],
        ["Fler ska få hjälp"],
        [(icon("green"), "Köerna är kortare.", "Fler har anställts.")],
        ["Våldet ska minska"],
        [(icon("grey"), "Mätning görs i höst.")],
    )
    goals = read_goals(pile.context())
    assert brief(goals) == [("Socialnämnden", "Fler ska få hjälp", "uppfylls"), ("Socialnämnden", "Våldet ska minska", "ej_bedomt")]
    assert goals[0].analysis == "Köerna är kortare.\nFler har anställts."


def test_a_goal_in_a_list_and_again_with_its_analysis_is_one_goal_with_two_places():
    pile = Pile().heading("Bedömning måluppfyllelse").sign("green").text("Fler ska få hjälp i tid av kommunen").sign("red")
    pile.text("Våldet i nära relationer ska minska").heading("Måluppföljning – analys")
    pile.table(["Mål", "Analys"], [(icon("green"), "Fler ska få hjälp i tid av kommunen"), "Köerna är kortare än de var i fjol."])
    goals = read_goals(pile.context())
    assert [(g.goal, g.fulfilment, g.color, len(g.mentions)) for g in goals] == [
        ("Fler ska få hjälp i tid av kommunen", "uppfylls", "green", 1),
        ("Våldet i nära relationer ska minska", "uppfylls_inte", "red", 0),
    ]
    assert goals[0].analysis == "Köerna är kortare än de var i fjol."


def test_the_same_goal_with_two_assessments_is_two_goals():
    pile = Pile().heading("Måluppföljning")
    for _ in range(2):
        pile.table(["Mål", "Analys"], [(icon("green"), "Fler ska få hjälp i tid av kommunen"), "Köerna är kortare än de var i fjol."])
    assert len(read_goals(pile.context())) == 2


def test_a_goal_with_neither_sign_nor_words_gets_a_notice():
    pile = (
        Pile()
        .heading("Måluppföljning")
        .table(["Mål", "Kommentar"], ["Fler ska få hjälp", "Arbetet har bedrivits tillsammans med regionen."])
    )
    context = pile.context()
    assert brief(read_goals(context)) == [(None, "Fler ska få hjälp", "ej_bedomt")]
    assert [n.code for n in context.notices] == ["goal_without_assessment"]


def test_an_unknown_assessment_is_kept_as_printed_and_gives_a_notice():
    pile = Pile().heading("Måluppföljning")
    pile.table(
        ["Mål", "Status"], ["Fler ska få hjälp", "Uppfyllt"], ["Våldet ska minska", "Uppfyllt"], ["Köerna ska kortas", "Trefaldigt hurra"]
    )
    context = pile.context()
    goals = read_goals(context)
    assert [(g.fulfilment, g.assessment_text) for g in goals] == [
        ("uppfylls", "Uppfyllt"),
        ("uppfylls", "Uppfyllt"),
        ("ej_bedomt", "Trefaldigt hurra"),
    ]
    assert {n.code for n in context.notices} == {"unknown_assessment", "goal_without_assessment"}


def test_indicators_of_a_table_within_an_analysis_belong_to_the_goal():
    inner = Pile().table(["Mätetal", "Utfall 2022", "Mål 2023"], ["Andel nöjda", "71 %", "80 %"]).blocks[0]
    pile = Pile().heading("Måluppföljning").table(["Mål"], ["Fler ska få hjälp"], [(icon("green"), "Köerna är kortare.", inner)])
    records = read_goal_records(pile.context())
    assert [(i.name, i.goal_id) for i in records["indicators"]] == [("Andel nöjda", records["goals"][0].id)]


def test_a_sign_is_a_trend_or_progress_where_its_form_or_key_says_so():
    assert read_sign(icon("green")).fulfilment == "uppfylls"
    assert read_sign(icon("green", shape="arrow_up")).scale == "trend"
    assert read_sign(icon("green", progress=40.0)).scale == "aktivitet"
    assert read_sign(icon("green", meaning="Aktiviteten är genomförd")).scale == "aktivitet"
    assert read_sign(icon("blue", meaning="Målet uppfylls")).fulfilment == "uppfylls"
    assert read_sign(icon("green", shape="arrow_up", meaning="Resultatet har förbättrats")).scale == "trend"
    assert read_sign(icon("other", shape="tick")).fulfilment == "uppfylls"


def test_the_state_of_an_activity_by_word_share_and_sign():
    table = Pile().table(
        ["Aktivitet", "Status"], ["Bygga bron", "Pågår"], ["Måla skolan", (icon("green", progress=100.0),)], ["Laga taket", (icon("grey"),)]
    )
    rows = table.blocks[0].grid()
    columns = read_columns(table.blocks[0])
    assert [read_state(columns, row) for row in rows[1:]] == [("pagar", None), ("genomford", 100.0), ("ej_paborjad", None)]


def test_assignments_in_a_list_below_their_line_and_in_sentences():
    pile = Pile().heading("Kommunstaben").text("Kommunstaben har också två utredningsuppdrag avseende:")
    pile.item("att se över avgifterna för parkering vilket pågår").item("Utredningsuppdrag om en ny hamn har genomförts. Rapporten finns.")
    pile.text("Under våren har utredningsuppdrag om nya lokaler för arkivet slutförts.")
    pile.text("Frågan hänger samman med utredningsuppdrag om arkivet ovan.")
    found = [(a.organisation, a.text, a.status) for a in read_assignments(pile.context())]
    assert found == [
        ("Kommunstaben", "att se över avgifterna för parkering", "pagar"),
        ("Kommunstaben", "Utredningsuppdrag om en ny hamn", "genomford"),
        ("Kommunstaben", "utredningsuppdrag om nya lokaler för arkivet", "genomford"),
    ]


def test_what_a_body_is_there_for_is_no_assignment():
    pile = Pile().heading("Uppdrag").text("Nämndens uppdrag är att ge stöd.").item("Ge stöd till barn och unga").item("Ge vård i hemmet")
    assert read_assignments(pile.context()) == ()
