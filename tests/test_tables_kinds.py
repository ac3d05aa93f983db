"""Tables of every kind, typeset when the tests run, and pages that hold none: what `find_tables` makes of each."""

import pytest

from extractors.layout.blocks import Table
from extractors.layout.raw import open_pdf, read_raw_page
from extractors.layout.tables import find_tables
from extractors.layout.tables_rows import is_number, visual_rows
from tests.table_pages import CASES, NOTHING, write_pages

WHOLE_NUMBERS = "Verksamhetens kostnader|- 6 279,1|- 6 150,0|- 129,1"
QUESTION = "Är ansvaret mellan nämnden och styrelsen tydligt fördelat och känt i organisationen?"

EXPECTED: dict[str, tuple[int, int, int, str]] = {
    # name: rows, columns, header rows, one row as it should read
    "grid_two_levels": (5, 5, 2, "Nämnd|Utfall|Budget|Prognos|Budget"),
    "lines_unit_head": (5, 4, 1, WHOLE_NUMBERS),
    "band_of_rows": (5, 3, 1, "Lokaler|-155|-155"),
    "shaded_sum": (4, 3, 1, "||2,6 mnkr"),
    "bare_numbers": (5, 4, 1, WHOLE_NUMBERS),
    "bare_staff": (5, 4, 1, "Barn- och utbildningsnämnden|1 742|1 751|9"),
    "sparse": (8, 5, 1, "Ombyggnad kök|2 300||1 700|"),
    "bare_sparse": (8, 5, 1, "Gång- och cykelväg|12 400|||3 100"),
    "head_rule_only": (4, 4, 1, "Kostnad per plats|641 200|655 000|13 800"),
    "head_rule_middle": (4, 4, 1, "Kostnad per plats|641 200|655 000|13 800"),
    "zebra_text": (4, 3, 1, f"{QUESTION}|Delvis|Ansvaret är beskrivet i reglementet, men de intervjuade beskriver det på olika sätt."),
    "lines_text": (4, 3, 1, f"{QUESTION}|Delvis|Ansvaret är beskrivet i reglementet, men de intervjuade beskriver det på olika sätt."),
    "in_a_column": (4, 3, 1, "Kostnader|-5 400|-5 610"),
    "repeated_years": (5, 5, 2, "|Kommunen|Kommunen|Koncernen|Koncernen"),
    "flush_heads": (6, 4, 2, "|Utfall|Utfall|Budget"),
    "flush_turns": (5, 5, 2, "|Perioden|Perioden|Helår|Helår"),
    "leaders": (4, 3, 1, f"Kassa {'.' * 35}|86|71"),
    "broken_alike": (4, 3, 1, "Tillsvidareanställda|2 104|2 098"),
    "broken_middle": (4, 3, 1, "Tillsvidareanställda|2 104|2 098"),
    "broken_top": (4, 3, 1, "Tillsvidareanställda|2 104|2 098"),
    "ages": (6, 4, 1, "6–15 år|3 701|3 688|13"),
    "long_label_bottom": (
        5,
        4,
        1,
        "Exploatering Norra Hamnen, etapp 1 och 2 inklusive kajer och en ny bro över Lillån|28 700|12 623|16 077",
    ),
    "wide_head_in_middle": (4, 3, 1, "mnkr|Utfall 2025|Prognosavvikelse 2025"),
    "note_and_turns": (5, 6, 2, "|Not|Kommunen|Kommunen|Koncernen|Koncernen"),
    "beside_prose": (4, 3, 1, "Kostnader|-5 400|-5 610"),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / "kinds.pdf"
    numbers = write_pages(path)
    document = open_pdf(path)
    return {name: read_raw_page(document[number - 1]) for name, number in numbers.items()}


def texts(table: Table) -> list[str]:
    return ["|".join("" if cell is None else cell.text for cell in row) for row in table.grid()]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_table_is_read_with_its_rows_columns_and_header(pages, name):
    rows, cols, header_rows, line = EXPECTED[name]
    (table,) = find_tables(pages[name])
    assert (table.rows, table.cols, table.header_rows) == (rows, cols, header_rows)
    assert line in texts(table)


def test_spanning_headers_reach_over_their_columns(pages):
    (table,) = find_tables(pages["grid_two_levels"])
    assert texts(table)[0] == "Nämnd|Januari–april|Januari–april|Helår|Helår"


def test_tables_side_by_side_are_two(pages):
    left, right = find_tables(pages["side_by_side"])
    assert "Fordringar|310" in texts(left)
    assert "Lån|226" in texts(right)


def test_a_table_under_a_title_of_its_own_is_another(pages):
    rest, sick = find_tables(pages["lone_row_then_titled"])
    assert (rest.rows, sick.rows) == (2, 4) and texts(sick)[0] == "|2023|2024|Förändring"
    upper, lower = find_tables(pages["two_titled"])
    assert (upper.rows, upper.cols, lower.rows, lower.cols) == (4, 4, 4, 5)
    assert texts(lower)[0] == "Ansvar|Intäkt|Kostnad|Netto|Budget"


def test_a_column_of_goals_is_a_table_of_one_column(pages):
    (table,) = find_tables(pages["goal_column"])
    assert (table.rows, table.cols) == (4, 1)
    assert [row for row in texts(table) if row.startswith("Mål")] == ["Mål: Fler i arbete", "Mål: Trygg skola"]


@pytest.mark.parametrize("name", NOTHING)
def test_no_table_is_made_of_what_is_none(pages, name):
    assert find_tables(pages[name]) == []


@pytest.mark.parametrize("name", [*CASES, *NOTHING])
def test_each_word_is_used_once_and_whole(pages, name):
    used: list[int] = []

    def count(lines, raw):
        used.extend(id(word) for line in lines for word in line.words)
        return ()

    find_tables(pages[name], make_blocks=count)
    assert len(used) == len(set(used))
    assert set(used) <= {id(word) for line in pages[name].lines for word in line.words}


@pytest.mark.parametrize("text", ["-1 067,4", "- 6 279", "−12", "58 (15%)", ">99%", "≥12%", "12,5 mkr", "–", "-400*", "(1 200)", "2 400-"])
def test_numbers_as_reports_print_them(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["Ja", "3.1 Resultat", "KS 2023/118", "jan–apr", "", "Not 4", "A4"])
def test_what_is_no_number(text):
    assert not is_number(text)


def test_rows_keep_numbers_whole(pages):
    words = [word for line in pages["bare_numbers"].lines for word in line.words]
    chunks = [chunk.text for row in visual_rows(words) for chunk in row.chunks]
    assert {"- 6 279,1", "- 6 150,0", "1 067,4", "-5 423,7"} <= set(chunks)
