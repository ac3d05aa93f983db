"""What names a table, in which unit its figures are, and the text under it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.layout.blocks import Block, Heading, Note, Paragraph, Report, Table
from extractors.reports.data_tables_shape import Shape, cell_text
from extractors.swedish.columns import fold_label, is_share
from extractors.swedish.lexicon import read_toml
from extractors.swedish.numbers import fold_blanks, in_kronor, unit_name

LONGEST_TITLE = 160
NEAR = 60.0
"""Points between a table and a paragraph that may name it."""
LONGEST_NOTE = 1500
TIMES = {"år", "månader", "veckor", "dagar", "timmar"}
"""Units that, alone as a label, say what a column lists ("År"), not in what it is counted."""
_BRACKETED = re.compile(r"\(([^()]{1,40})\)")
_STATED = re.compile(
    r"\b(?:belopp(?:en)?|siffror(?:na)?|anges?|redovisas|uttryckt|allt|värden)\s+(?:anges\s+)?i\s+([\wåäö./ ]{1,30}?)(?=[,.;:)]|$)"
)
_TAIL = re.compile(r"(?:[,–-]|\bi)\s*([\w%åäö./ ]{1,30})$")
_WORDS = re.compile(r"(?<![\w-])(tkr|kkr|mkr|mnkr|msek|ksek|tsek|mdkr|miljoner kronor|tusen kronor|tusentals kronor)(?![\w-])")


@dataclass(frozen=True, slots=True)
class Placed:
    """A table with what stands right before and after it in the same flow of blocks."""

    table: Table
    before: tuple[Block, ...]
    after: tuple[Block, ...]
    outer: Table | None = None


def placed_tables(report: Report) -> Iterator[Placed]:
    """All tables of a report in reading order, those inside cells of others too."""
    yield from _placed(report.blocks, None)


def _placed(blocks: Sequence[Block], outer: Table | None) -> Iterator[Placed]:
    for i, block in enumerate(blocks):
        if not isinstance(block, Table):
            continue
        yield Placed(block, tuple(blocks[max(0, i - 4) : i]), tuple(blocks[i + 1 : i + 5]), outer)
        for cell in block.cells:
            yield from _placed(cell.blocks, block)


def find_title(placed: Placed, shape: Shape, headings: Sequence[Heading]) -> str:
    """The table's name: its caption, a title row, a paragraph "Tabell 3 …" beside it, a lead-in above it, or the nearest heading."""
    table = placed.table
    candidates = [table.caption, _captioned(shape.notes), shape.title, _captioned(_texts(placed.before[-2:])), _lead_in(placed)]
    named = next((c for c in candidates if c), "") or _captioned(_texts(placed.after[:1]))
    if named or placed.outer:
        return named
    return headings[-1].text if headings else shape.corner


def _texts(blocks: Sequence[Block]) -> list[str]:
    return [b.text for b in blocks if isinstance(b, (Paragraph, Heading, Note))]


def _captioned(texts: Sequence[str]) -> str:
    """The last of these texts that begins as a caption does ("Tabell 2.1, …")."""
    pattern = re.compile(read_toml("data_tables.toml", "extractors.reports")["caption"]["pattern"])
    return next((t for t in reversed(texts) if pattern.search(fold_label(t)) and len(t) <= 2 * LONGEST_TITLE), "")


def _lead_in(placed: Placed) -> str:
    """A heading or short line right above the table; a full sentence is none, and a line that is only the unit is passed over."""
    top = placed.table.bbox[1]
    for block in reversed(placed.before[-2:]):
        close = block.page == placed.table.page and top - block.bbox[3] <= NEAR
        text = block.text.strip()
        if not close or not isinstance(block, (Heading, Paragraph)) or len(text) > LONGEST_TITLE:
            return ""
        if isinstance(block, Paragraph) and (_only_unit(text) or not text):
            top = block.bbox[1]
            continue
        return text if isinstance(block, Heading) or not text.endswith(".") else ""
    return ""


def _only_unit(text: str) -> bool:
    """Whether a line says nothing but the unit: "(tkr)", "Belopp i mnkr"."""
    return bool(unit_name(text) or re.fullmatch(r"\(?(?:alla )?(?:belopp|siffror|värden)(?: anges)? i [\w ]{1,20}\)?\.?", fold_label(text)))


def find_unit(placed: Placed, shape: Shape, title: str) -> str | None:
    """The unit of all figures of a table, in canonical form: from its title, its corner, its notes or the lines around it."""
    paragraphs = _texts(placed.before[-2:])
    for text in (title, shape.corner, shape.title, *shape.notes):
        if unit := unit_in_label(text):
            return unit
    for text in (*reversed(paragraphs), *_texts(placed.after[:2])):
        if unit := _stated(text):
            return unit
    return _money_in_brackets(paragraphs[-1]) if paragraphs else None


def _money_in_brackets(text: str) -> str | None:
    """The unit of money that a lead-in has in brackets: "Nämndernas prognoser framgår av tabellen (tkr)."."""
    named = (unit_name(inner) for inner in _BRACKETED.findall(fold_label(text)))
    return next((unit for unit in named if in_kronor(1.0, unit)), None)


def unit_in_label(label: str) -> str | None:
    """The unit that a label ends with or holds in brackets: "Investeringar (mkr)", "Sjukfrånvaro, procent", "Belopp i tkr", "tkr"."""
    folded = fold_label(label)
    unit = unit_name(folded)
    if unit:
        return None if unit in TIMES else unit
    for inner in _BRACKETED.findall(folded):
        if unit := unit_name(inner):
            return unit
    if unit := _stated(label):
        return unit
    tail = _TAIL.search(folded)
    if tail and (unit := unit_name(tail[1].strip())):
        return unit
    if word := _WORDS.search(folded):
        return unit_name(word[1].replace("tusentals", "tusen"))
    return "%" if re.search(r"\bi procent\b|\bi %|%$", folded) else None


def _stated(text: str) -> str | None:
    """The unit that a sentence says: "Beloppen anges i tkr."."""
    found = _STATED.search(fold_blanks(text).casefold())
    return unit_name(found[1].strip()) if found else None


def find_note(placed: Placed, shape: Shape) -> str:
    """The running text right under the table, up to the next heading or table."""
    texts = [t for t in shape.notes]
    for block in placed.after:
        if not isinstance(block, (Paragraph, Note)):
            break
        texts.append(block.text)
    return "\n".join(texts)[:LONGEST_NOTE]


def row_unit(label: str, unit: str | None) -> str | None:
    """The unit of a row's figures: the one its label ends with or has in brackets, or else that of the column or table.

    "Soliditet" in a table in tkr is no money: a share, average or count without a unit of its own has none (""), not the table's.
    """
    folded = fold_label(label)
    inner = next((u for text in _BRACKETED.findall(folded) if (u := unit_name(text))), None)
    tail = re.search(r", ?([\w%./ ]{1,20})$", folded)
    named = inner or (unit_name(tail[1]) if tail else None)
    if named:
        return named
    return "" if in_kronor(1.0, unit) and (is_share(label) or folded.startswith("antal")) else unit


def column_unit(label: str, shape: Shape, column: int) -> str | None:
    """The unit of one column: from its label, or % where each figure of it is printed with a percent sign."""
    if unit := unit_in_label(label):
        return unit
    texts = [cell_text(row.cells.get(column)) for row in shape.rows]
    figures = [t for t in texts if any(letter.isdigit() for letter in t)]
    return "%" if figures and all("%" in t for t in figures) else None
