"""Reading errors that the sample reports once showed, each held by the page that showed it."""

import pytest

from corpus.make.shelf import HERE
from extractors.layout.blocks import Icon, Table
from extractors.layout.reader import read_report


@pytest.fixture(scope="module")
def read():
    known = {}

    def report(name):
        return known.setdefault(name, read_report(HERE / name, ocr="never"))

    return report


def tables(report, page=None):
    return [block for block in report.blocks if isinstance(block, Table) and page in (None, block.page)]


def head(table):
    return [cell.text for cell in table.cells if cell.row == 0]


@pytest.mark.parametrize("layout", ["kontor", "siffra"])
def test_a_table_head_at_the_top_of_several_pages_is_no_running_header(read, layout):
    found = [table for table in tables(read(f"vikbro-kommunkompassen-2021.{layout}.pdf")) if head(table)[:1] == ["Styrkor"]]
    assert len(found) == 5


@pytest.mark.parametrize(("name", "page"), [("norrtuna-delar1-2022.linje.pdf", 1), ("norrtuna-delar1-2022.skugga.pdf", 3)])
def test_two_tables_under_each_other_are_two(read, name, page):
    heads = [head(table)[0] for table in tables(read(name), page)]
    assert "Mål" in heads
    assert "Nyckeltal" in heads


def test_a_cell_shaded_like_the_one_above_it_is_shaded_itself(read):
    report = read("norrtuna-delar2-2022.ren.pdf")
    goals = [table for table in tables(report) if head(table)[:2] == ["Nämndens mål", "Status"]]
    lit = [cell for table in goals for cell in table.cells if cell.col == 1 and cell.row and any(isinstance(b, Icon) for b in cell.blocks)]
    assert len(lit) == 10


def test_a_line_at_the_margin_under_a_list_is_no_part_of_its_last_item(read):
    items = [block.text for block in read("norrtuna-granskning-inkop-2023.linje.pdf").blocks]
    assert any(text.endswith("minst en gång per år.") for text in items)
