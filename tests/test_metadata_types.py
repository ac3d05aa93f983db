"""Types of reports and their metadata, on small reports made of blocks, and on the gold where it is at hand."""

import json
import os
from pathlib import Path

import pytest

from extractors.layout.blocks import Block, Heading, PageInfo, Paragraph, Report, SetAside, Style
from extractors.reports import extract
from extractors.reports.classify import Row, classify, rows
from extractors.reports.front import DATA, read_front
from extractors.reports.metadata_dates import year_about, year_done, year_named
from extractors.swedish.lexicon import read_toml
from schema.records import Document

GOLD = Path(os.environ.get("UPPSIKT_GOLD", Path(__file__).parents[2] / "shared" / "gold" / "dev"))


@pytest.mark.parametrize("row", rows(), ids=lambda r: f"{r.type}-{r.where}-{r.reason[-20:]}")
def test_each_row_of_evidence_holds_its_examples(row: Row) -> None:
    assert row.match and row.miss
    assert [m for m in row.match if not row.pattern.search(m)] == []
    assert [m for m in row.miss if row.pattern.search(m)] == []


def line(text: str, size: float = 11, page: int = 1, top: float = 100, level: int = 0) -> Block:
    box = (70.0, top, 400.0, top + size)
    if level:
        return Heading(page=page, bbox=box, text=text, style=Style(size=size), level=level)
    return Paragraph(page=page, bbox=box, text=text, style=Style(size=size))


def document(*blocks: Block, margins: tuple[str, ...] = (), pages: int = 2) -> Document:
    infos = tuple(PageInfo(n, 595, 842, "\n".join(b.text for b in blocks if b.page == n), "flow") for n in range(1, pages + 1))
    aside = tuple(SetAside("header", line(m, 9, page=2, top=30)) for m in margins)
    return extract(Report("x.pdf", infos, blocks, aside, metadata={"title": "Bakgrund"}), sha256="ab" * 32).document


def test_an_audit_with_a_letter_in_front() -> None:
    found = document(
        line("Granviks kommun", 10, top=60),
        line("Revisorerna", 10, top=75),
        line("2023-01-18", top=90),
        line("Till kommunstyrelsen", top=110),
        line("Granskning av upphandling", 14, top=130, level=1),
        line(
            "Norrvalls Revision har på vårt uppdrag granskat upphandlingen, som ingår i revisionsplanen för år 2022. Vår samlade"
            " bedömning är att rutinerna delvis är tillräckliga. Revisorerna överlämnar härmed rapporten. Kommunfullmäktige behandlar"
            " den senast den 1 mars 2023. Revisorerna önskar svar från kommunstyrelsen senast den 30 april 2023.",
            top=160,
        ),
        line("Granskning av upphandling", 28, page=2, top=300, level=1),
        line("KPMG AB", page=2, top=600),
    )
    assert (found.doc_type, found.title, found.municipality, found.auditor) == (
        "granskningsrapport",
        "Granskning av upphandling",
        "Granviks kommun",
        "KPMG",
    )
    assert (found.published, found.fiscal_year, found.response_due) == ("2023-01-18", 2022, "2023-04-30")
    assert found.overall_assessment == "Vår samlade bedömning är att rutinerna delvis är tillräckliga."


def test_a_tertial_report_of_a_board() -> None:
    found = document(
        line("Delårsrapport januari-april 2024 Socialnämnden", 30, top=200),
        line("Alviks kommun", 14, top=260),
        line("Dnr SN 2024/117", top=280),
        line("Prognosen för helåret är ett överskott.", page=2),
    )
    assert (found.doc_type, found.title, found.organisation) == ("delarsrapport", "Delårsrapport januari-april 2024", "Socialnämnden")
    assert (found.fiscal_year, found.period_start, found.period_end, found.reference) == (2024, "2024-01-01", "2024-04-30", "SN 2024/117")


def test_minutes_are_no_annual_report_and_a_reply_no_audit() -> None:
    minutes = document(
        line("Årsredovisning 2025", 18, level=1), line("Sammanträdesdatum 2026-03-01"), line("Beslutsunderlag"), line("Justerare")
    )
    assert minutes.doc_type == "ovrigt"
    reply = document(line("Svar på granskning av upphandling", 16, level=1), line("Vi rekommenderar att nämnden, skrev revisorerna."))
    assert (reply.doc_type, reply.answers_document) == ("ovrigt", "granskning av upphandling")


def test_an_audit_of_accounts_is_an_audit() -> None:
    report = Report(
        "x.pdf", (PageInfo(1, 595, 842, "", "flow"),), (line("Granskning av delårsrapport 2023", 24, level=1), line("Revisionsfrågor"))
    )
    judgement = classify(read_front(report))
    assert judgement.doc_type == "granskningsrapport" and "titeln är en granskning" in judgement.reasons


def test_a_plan_holds_until_its_day_and_a_federation_has_no_municipality() -> None:
    plan = document(
        line("Handlingsplan för klimat", 20, level=1),
        line("Giltighetstid: 31 december 2026"),
        line("Datum: 2023-03-31"),
        line("Alviks kommun"),
    )
    assert (plan.doc_type, plan.period_start, plan.period_end, plan.published) == ("strategi", None, "2026-12-31", "2023-03-31")
    union = document(
        line("Årsredovisning 2024", 30, level=1),
        line("Tolkcentrum Norr är ett kommunalförbund med 12 medlemmar, bland dem Luleå kommun.", page=2),
    )
    assert (union.municipality, union.organisation, union.fiscal_year, union.period_end) == (None, "Tolkcentrum Norr", 2024, "2024-12-31")


def test_nothing_is_said_of_an_empty_report() -> None:
    found = extract(Report("tom.pdf", (PageInfo(1, 595, 842, "", "none"),), ()), sha256="cd" * 32)
    assert (found.document.doc_type, found.document.title, found.document.municipality) == ("ovrigt", "tom", None)
    assert [n.code for n in found.notices] == ["type_in_doubt"]


LONGEST = 10  # pages: the longer ones are measured with the whole run


def test_metadata_of_the_gold() -> None:
    files = sorted(GOLD.glob("*.gold.json"))
    if not files:
        pytest.skip(f"no gold files in {GOLD}")
    from extractors.layout.reader import read_report
    from extractors.reports.metadata import read_document

    wrong, asked, wrong_types = [], 0, []
    for path in files:
        gold = json.loads(path.read_text("utf-8"))
        if gold["document"]["pages"] > LONGEST:
            continue
        want = {**gold["document"], "response_due": gold.get("response_due")}
        report = read_report(path.with_name(path.name.replace(".gold.json", ".pdf")), ocr="never")
        front = read_front(report)
        found = read_document(report, front, classify(front), sha256="00" * 32)
        for key in ("doc_type", "municipality", "fiscal_year", "period_end", "auditor", "published", "response_due"):
            if want.get(key) is not None:
                asked += 1
                if getattr(found, key) != want[key]:
                    wrong.append((path.stem, key, want[key], getattr(found, key)))
        if found.doc_type != want["doc_type"]:
            wrong_types.append(path.stem)
    assert not wrong_types
    assert len(wrong) <= 0.03 * asked, wrong


def test_the_members_on_a_cover_do_not_own_the_report_of_their_federation() -> None:
    found = document(
        line("Årsredovisning 2018", 30, level=1),
        line("Förbundsdirektionen för Räddningstjänsten Dal Väst", 12),
        *(line(f"{place} kommun", 12) for place in ("Falu", "Säters", "Gagnefs")),
    )
    assert (found.municipality, found.organisation) == (None, "Räddningstjänsten Dal Väst")


def test_more_fronts() -> None:
    opinion = document(
        line("Utlåtande avseende delårsrapport 2005", 16, level=1), line("Kommunens revisorer har granskat delårsrapporten.")
    )
    assert (opinion.doc_type, opinion.fiscal_year) == ("granskningsrapport", 2005)
    closing = document(line("Granskning av kommunens delårsbokslut 2015", 16, level=1), line("Alviks kommun"))
    assert (closing.doc_type, closing.fiscal_year) == ("granskningsrapport", 2015)
    spaced = document(line("Å R S R E D O V I S N I N G", 30), line("2010", 20), line("Alviks kommun"))
    assert (spaced.doc_type, spaced.title, spaced.fiscal_year) == ("arsuppfoljning", "ÅRSREDOVISNING", 2010)
    plan = document(line("Alviks kommun", 20), line("Folkhälsoplan 2004–2008", 12), line("Antagen av kommunfullmäktige 26 april 2004", 12))
    assert (plan.doc_type, plan.published) == ("strategi", "2004-04-26")
    month = document(line("December 2010", 20), line("Uppföljning av kundtjänst", 16), line("Revisorerna", 10))
    assert (month.doc_type, month.title) == ("granskningsrapport", "Uppföljning av kundtjänst")
    compass = document(line("Kommunkompassen", 26), line("Alviks kommun 2022", 11))
    assert (compass.doc_type, compass.municipality, compass.fiscal_year) == ("utvardering", "Alviks kommun", 2022)
    adopted = line("Alviks kommun 2018–2022 Fastställt: Kommunfullmäktige 2018-03-26")
    trade = document(line("Näringslivsprogram", 20, level=1), adopted, line("SKL 2015-10-01"))
    assert (trade.published, trade.reference) == ("2018-03-26", None)
    firm = document(line("Granskning av bad", 20, level=1), line("Alviks kommun Revisionsrapport 2023-11-08 KPMG AB"))
    assert (firm.published, firm.auditor) == ("2023-11-08", "KPMG")
    decided = document(
        line("Miljöprogram", 20, level=1), line("Beslutat av kommunfullmäktige den 15 juni 2020. Diarienummer: KS/2019:711.")
    )
    assert (decided.published, decided.reference) == ("2020-06-15", "KS/2019:711")


@pytest.mark.parametrize("logo", ["KOMMUN", "Björkviks kommun", "ALINGSAS", "Alingsås", "REGION"])
def test_a_logo_larger_than_the_title_is_no_title(logo: str) -> None:
    found = document(line(logo, 40, top=60), line("Handlingsplan för vuxna", 30, top=200, level=1), line("Dokumenttyp: Plan", top=700))
    assert (found.title, found.doc_type) == ("Handlingsplan för vuxna", "strategi")


def test_entries_of_a_contents_page_are_no_title() -> None:
    contents = (line("Innehåll", 28, level=1), line("1 Minska övertiden", 12, top=180), line("2 Säkerställa intäkter", 12, top=200))
    assert document(*contents, line("Plan för bemanning", 26, page=2, level=1)).title == "Plan för bemanning"
    assert document(line("Plan för bemanning", 30, top=50, level=1), *contents).title == "Plan för bemanning"


def test_years_broken_over_the_lines_of_a_title_are_joined() -> None:
    assert document(line("Digitaliseringsstrategi 2024– 2030", 30)).title == "Digitaliseringsstrategi 2024–2030"


def test_dates_at_the_end_and_in_words() -> None:
    signed = document(line("Granskning av bad", 20, level=1), line("Inget att anmärka. Ekvik den 12 oktober 2023", page=2))
    assert (signed.published, signed.fiscal_year) == ("2023-10-12", 2023)
    told = document(
        line("Granskning av bad", 20, level=1),
        line("Storvika stad", 12),
        line("Granskningen publicerades den 7 mars 2023. Nämnderna ska yttra sig till revisorerna senast den 16 juni 2023.", page=2),
    )
    assert (told.municipality, told.published, told.response_due) == ("Storvika stad", "2023-03-07", "2023-06-16")
    month = document(line("Granskning av bad", 20, level=1), line("Revisionsrapport"), line("Oktober 2022"))
    assert (month.published, month.fiscal_year) == (None, 2022)


def test_a_municipality_that_tells_of_its_federation_keeps_its_report() -> None:
    text = "Räddningsförbundet Norr är ett kommunalförbund. Alviks kommun är medlem. Alviks kommuns kostnad ökar. Alviks kommun betalar."
    found = document(line("Årsredovisning 2024", 30, level=1), line(text, page=2), line("Alviks kommun växer.", page=2))
    assert found.municipality == "Alviks kommun"


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("Resultatet för januari till och med augusti är positivt.", "2023-08-31"),
        ("Utfallet jan-mars visar ett underskott.", "2023-03-31"),
        ("Prognosen per den 30 april är osäker.", "2023-04-30"),
        ("Prognosen är osäker.", None),
    ],
)
def test_a_period_told_in_words(words: str, end: str | None) -> None:
    found = document(line("Delårsrapport 2023", 30, level=1), line("Alviks kommun"), line(words, page=2))
    assert (found.doc_type, found.fiscal_year, found.period_end) == ("delarsrapport", 2023, end)


@pytest.mark.parametrize(
    "asks",
    [
        "Revisionen önskar svar från nämnden till den 15 mars 2024.",
        "Vi emotser svar senast 2024-03-15.",
        "Yttrande ska vara revisorerna till handa senast 15 mars.",
        "Kommunfullmäktige yttrar sig senast den 1 februari 2024. Nämndens yttrande till revisorerna lämnas senast den 15/3 2024.",
    ],
)
def test_when_an_answer_is_due(asks: str) -> None:
    found = document(line("Granskning av bad", 20, level=1), line("2023-12-20"), line("Revisorerna överlämnar rapporten. " + asks))
    assert found.response_due == "2024-03-15"


def test_the_forms_of_years_carry_their_examples() -> None:
    words = read_toml("metadata.toml", DATA)["fiscal"]
    assert [text for text in words["named_match"] if not year_named(text)] == []
    assert [text for text in words["named_miss"] if year_named(text)] == []
    assert [text for text in words["done_match"] if not year_done(text)] == []
    assert [text for text in words["done_miss"] if year_done(text)] == []
    assert [text for text in words["about_match"] if not year_about(text)] == []
    assert [text for text in words["about_miss"] if year_about(text)] == []


def test_an_audit_of_one_year_dated_the_next() -> None:
    begins = (line("Granskning av bad", 20, level=1), line("2024-02-10"))
    asks = "Revisorerna överlämnar rapporten. "
    assert document(*begins, line(asks + "Granskningen avser år 2023.")).fiscal_year == 2023
    assert document(*begins, line(asks + "Granskningen avser åren 2021 och 2022.")).fiscal_year == 2024


def test_an_audit_named_by_its_year_and_dated_the_next() -> None:
    found = document(line("Revisionsrapport 2022", 16, top=60), line("Granskning av bad", 28, level=1), line("April 2023", top=300))
    assert (found.title, found.fiscal_year, found.published) == ("Granskning av bad", 2022, None)
    joined = document(line("Revisionsrapport 2022 Granskning av bad", 28, level=1), line("April 2023"))
    assert (joined.title, joined.fiscal_year) == ("Granskning av bad", 2022)
    of_place = document(line("Alviks kommun – Grundläggande granskning 2022", 28, level=1), line("2023-03-01"))
    assert (of_place.title, of_place.municipality, of_place.fiscal_year) == ("Grundläggande granskning 2022", "Alviks kommun", 2022)


@pytest.mark.parametrize(
    ("title", "doc_type", "year", "period"),
    [
        ("T2 2023", "delarsrapport", 2023, ("2023-01-01", "2023-08-31")),
        ("Delårsrapport 2024-08-31", "delarsrapport", 2024, ("2024-01-01", "2024-08-31")),
        ("Månadsuppföljning per 31 oktober 2024", "delarsrapport", 2024, ("2024-01-01", "2024-10-31")),
        ("Kvalitetsrapport läsåret 2022/2023", "arsuppfoljning", 2023, ("2022-07-01", "2023-06-30")),
        ("Kommunens Kvalitet i Korthet 2022", "utvardering", 2022, (None, None)),
    ],
)
def test_titles_of_parts_of_years(title: str, doc_type: str, year: int, period: tuple[str | None, str | None]) -> None:
    found = document(line(title, 28, level=1), line("Alviks kommun", 16, top=200), line("Målen nås.", page=2))
    assert (found.title, found.doc_type, found.fiscal_year) == (title, doc_type, year)
    assert ((found.period_start, found.period_end), found.published) == (period, None)


def test_a_budget_with_a_plan_is_no_strategy_and_a_plan_is() -> None:
    adopted = line("Antagen av kommunfullmäktige 2024-11-18 § 142", top=300)
    assert document(line("Mål och budget 2025 med plan 2026–2027", 28, level=1), adopted).doc_type == "ovrigt"
    assert document(line("Handlingsplan mot buller 2025–2027", 28, level=1), adopted).doc_type == "strategi"


def test_people_who_are_called_as_municipalities() -> None:
    letter = [
        line("Sollefteå 2024-02-20"),
        line("Granskning av skolskjuts", 11, level=2),
        line("För Sollefteås revisorer"),
        line("Lars Berg"),
    ]
    found = document(*letter)
    assert (found.municipality, found.published, found.title) == ("Sollefteå kommun", "2024-02-20", "Granskning av skolskjuts")
    assert document(line("Policy för resor", 28, level=1), line("Vara delaktig är en rätt.")).municipality is None
    assert document(line("Policy för resor", 28, level=1), line("Berg", 16)).municipality == "Bergs kommun"


def test_a_label_and_its_value_in_two_cells() -> None:
    found = document(line("Riktlinjer för bisysslor", 28, level=1), line("Giltig till"), line("2026-12-31"))
    assert (found.doc_type, found.period_end) == ("strategi", "2026-12-31")


def test_who_answers_the_auditors() -> None:
    title = line("Yttrande över revisionens granskning av upphandling", 18, level=1)
    answered = document(line("Alviks kommun"), title, line("Kommunstyrelsen antar yttrandet som sitt eget och lämnar det till revisionen."))
    assert (answered.doc_type, answered.organisation) == ("ovrigt", "Kommunstyrelsen")
    asked = document(line("Alviks kommun"), title, line("Revisorerna rekommenderar kommunstyrelsen att ange skälen."))
    assert (asked.doc_type, asked.organisation) == ("ovrigt", None)


def test_a_body_that_heads_a_section_of_the_first_page_is_not_whose_report_it_is() -> None:
    top = [line("Delårsrapport januari–april 2022", 20, level=1), line("Alviks kommun")]
    section = [line("Måluppfyllelse", 17, level=2), line("Kommunstyrelsen", 13, level=3)]
    assert document(*top, *section).organisation is None
    assert document(*top, line("Socialnämnden", 13, level=2), line("Måluppfyllelse", 17, level=2)).organisation == "Socialnämnden"


def test_a_letterhead_whose_fields_ran_together() -> None:
    found = document(
        line("Bildningsnämnden Handläggare: Eva Nord Diarienr BN 2023/00231-4 2023-09-08", 9, top=60),
        line("Helårsprognos efter juli månad 2023", 22, top=95, level=1),
        line("Nämndens prognos för Granviks kommun är ett överskott.", top=140),
    )
    assert (found.organisation, found.published, found.reference) == ("Bildningsnämnden", "2023-09-08", "BN 2023/00231-4")


def test_whose_report_it_is_stands_below_the_title_before_the_letterhead() -> None:
    blocks = (line("Barn- och utbildningsförvaltningen", 10, top=60), line("BUN/2024:55", 10, top=75))
    blocks += (line("Uppföljningsrapport tertial 1 2024", 20, top=95, level=1),)
    assert document(*blocks).organisation == "Barn- och utbildningsförvaltningen"
    found = document(*blocks, line("Barn- och utbildningsnämnden, Granviks kommun", 10, top=130))
    assert (found.organisation, found.reference) == ("Barn- och utbildningsnämnden", "BUN/2024:55")
    assert document(line("Enligt KS 2024:55 gäller", 10, top=60), *blocks[2:]).reference is None


def test_who_writes_where_and_when_on_one_line() -> None:
    title = line("Granskningsrapport för år 2022", 16, top=100, level=1)
    assert document(line("Lekmannarevisorerna i Ek AB Luleå 2023-03-01", top=60), title).published == "2023-03-01"
    assert document(line("Sammanträde i Ek AB:s styrelse 2023-03-01 kl 9", top=60), title).published is None


@pytest.mark.parametrize(
    ("title", "doc_type", "start", "end"),
    [
        ("Delårsrapport 1 januari – 31 augusti 2022", "delarsrapport", "2022-01-01", "2022-08-31"),
        ("Delårsrapport Q1–Q2 2024", "delarsrapport", "2024-01-01", "2024-06-30"),
        ("Delårsrapport Q1 2024", "delarsrapport", "2024-01-01", "2024-03-31"),
        ("Bokslutskommuniké 2022", "arsuppfoljning", "2022-01-01", "2022-12-31"),
    ],
)
def test_more_ways_to_write_a_period(title: str, doc_type: str, start: str, end: str) -> None:
    found = document(line(title, 24, level=1), line("Granviks kommun", 12, top=130))
    assert (found.doc_type, found.period_start, found.period_end) == (doc_type, start, end)


def test_an_answer_wanted_with_a_plan() -> None:
    asks = "Vi önskar få nämndens svar på rapporten, inklusive en tidsatt åtgärdsplan, till den 30 september 2023."
    found = document(line("Granskning av gator", 16, level=1), line("KPMG har på vårt uppdrag granskat gatorna. " + asks, top=140))
    assert found.response_due == "2023-09-30"


def test_the_head_of_a_letter_that_ran_together() -> None:
    head = "Missiv 2020-12-09 Till kommunstyrelsen, socialnämnden och för- och grundskolenämnden För kännedom: kommunfullmäktige"
    title = line("Granskning av integration", 13, top=120, level=1)
    assert document(line(head, top=60), title).published == "2020-12-09"
    assert document(line(head.replace("Missiv 2020-12-09", "Beslutet 2020-12-09 sändes"), top=60), title).published is None


def test_accounts_named_by_their_period_only() -> None:
    found = document(
        line("Årsredovisning", top=60),
        line("Ekviks Hamn AB", 28, top=90, level=1),
        line("Räkenskapsåret 2022-01-01 – 2022-12-31", top=130),
    )
    assert (found.fiscal_year, found.period_end) == (2022, "2022-12-31")
    found = document(line("Delårsrapport 2", 24, level=1), line("t o m augusti 2024", 12, top=130))
    assert (found.period_start, found.period_end) == ("2024-01-01", "2024-08-31")
