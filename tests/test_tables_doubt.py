"""What lowers confidence in a table, and pdfplumber as second opinion where the fast reading is in doubt."""

from dataclasses import replace

import pytest

from extractors.layout.raw import open_pdf, read_raw_page
from extractors.layout.rawtypes import Word
from extractors.layout.second_opinion import SecondOpinion, sketch_of
from extractors.layout.tables import find_tables, reconsidered
from extractors.layout.tables_checks import check_sketch
from extractors.layout.tables_sketch import Sketch, Slot
from tests.table_pages import CASES, write_pages


def word(text: str, x0: float, x1: float, y0: float) -> Word:
    return Word(text, (x0, y0, x1, y0 + 10), 10, False, False, "#000000", "F", round(y0))


def sketch(rows: int = 6) -> Sketch:
    """A label column and two columns of numbers that end at 200 and 300."""
    slots = []
    for r in range(rows):
        slots.append(Slot(r, 0, words=[word(f"Rad{r}", 50, 80, 20.0 * r)]))
        slots.append(Slot(r, 1, words=[word(str(10**r), 200 - 6 * (r + 1), 200, 20.0 * r)]))
        slots.append(Slot(r, 2, words=[word(str(7 * 10**r), 300 - 6 * (r + 1), 300, 20.0 * r)]))
    return Sketch((50, 0, 300, 20.0 * rows), rows, 3, slots, "aligned")


def test_nothing_speaks_against_numbers_that_line_up():
    checked = check_sketch(sketch())
    assert checked.doubts == []
    assert {s.confidence for s in checked.slots} == {1.0}


def test_a_number_out_of_line_is_less_sure():
    whole = sketch()
    stray = whole.slots[7]
    stray.words = [word("100", 150, 168, 40)]
    assert [s for s in check_sketch(whole).slots if s.confidence < 1] == [stray]


def test_labels_that_hold_amounts_are_in_doubt():
    whole = sketch()
    for slot in whole.slots[::3]:
        slot.words.append(word(f"−{slot.row}3,{slot.row}", 90, 120, 20.0 * slot.row))
    assert check_sketch(whole).confidence < 0.5
    few = sketch()
    few.slots[3].words.append(word("2,5", 90, 110, 20.0))  # "Höjning 2,5 procent" may stand in a label
    assert check_sketch(few).confidence == pytest.approx(1.0)


def test_two_numbers_in_a_cell_are_in_doubt():
    whole = sketch()
    whole.slots[4].words.append(word("-55", 215, 233, 20))
    checked = check_sketch(whole)
    assert checked.slots[4].confidence == pytest.approx(0.5)
    assert checked.doubts == ["1 cells hold two numbers side by side"]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory):
    path = tmp_path_factory.mktemp("tables") / "kinds.pdf"
    return path, write_pages(path)


def test_pdfplumber_sees_the_cells_of_a_ruled_table_alike(kinds):
    path, numbers = kinds
    raw = read_raw_page(open_pdf(path)[numbers["grid_two_levels"] - 1])
    (table,) = find_tables(raw)
    ask = SecondOpinion(path)
    words = [w for line in raw.lines for w in line.words if table.bbox[1] < w.bbox[1] < table.bbox[3]]
    other = sketch_of(ask(raw, table.bbox), words, sketch())
    assert other is not None
    assert (other.rows, other.cols) == (table.rows, table.cols)
    assert {(s.row, s.col): s.text for s in other.slots} == {(c.row, c.col): c.text for c in table.cells}


def test_it_is_asked_only_in_doubt_and_the_reason_is_kept(kinds):
    path, numbers = kinds
    raw = read_raw_page(open_pdf(path)[numbers["grid_two_levels"] - 1])
    asked = []

    def opinion(page, bbox):
        asked.append(bbox)
        return [(c * 100.0 + 40, r * 20.0 - 3, c * 100.0 + 140, r * 20.0 + 17) for r in range(6) for c in range(3)]

    reconsidered(sketch(), raw, opinion)
    assert asked == []
    doubtful = sketch()
    doubtful.slots[4].words.append(doubtful.slots[5].words.pop())
    second = reconsidered(doubtful, raw, opinion)
    assert len(asked) == 1
    assert second.source == "pdfplumber"
    assert second.doubts[0].startswith("read by pdfplumber")
    assert all(s.confidence == 1 for s in second.slots)


def test_questions_are_limited(kinds):
    path, numbers = kinds
    raw = read_raw_page(open_pdf(path)[numbers["grid_two_levels"] - 1])
    ask = SecondOpinion(path, left=1)
    assert ask(raw, (50, 50, 500, 300))
    assert not ask(raw, (50, 50, 500, 300))
    assert not SecondOpinion(path)(replace(raw, width=200.0), (50, 50, 500, 300))


def test_tables_of_the_usual_kinds_leave_no_doubt(kinds):
    path, numbers = kinds
    document = open_pdf(path)
    for name in CASES:
        assert [t.doubt for t in find_tables(read_raw_page(document[numbers[name] - 1]))] in ([""], ["", ""]), name
