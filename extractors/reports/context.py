"""What every reader of records gets: the report, its metadata, its outline, and a place to put notices.

The outline says for each block under which headings it stands. Blocks are looked up by identity, so two blocks with the same
words are kept apart; a block inside a table cell stands where its table stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.layout.blocks import BBox, Block, Heading, Report, Table
from extractors.swedish.names import body_in_heading
from schema.ids import Ids
from schema.records import Document, Notice, Section, Trace


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a block stands: its headings from the outermost to the nearest, its section, and the body named there."""

    headings: tuple[Heading, ...] = ()
    section_id: str | None = None
    body: str | None = None


NOWHERE = Standing()


@dataclass(slots=True)
class _Open:
    """The headings that are open at a point of the text, while the outline is being made."""

    path: list[tuple[Heading, str]] = field(default_factory=list)
    sticky: tuple[int, str] | None = None

    def enter(self, heading: Heading, section_id: str) -> None:
        """Close the headings of the same or a deeper level and open this one."""
        while self.path and self.path[-1][0].level >= heading.level:
            self.path.pop()
        self.path.append((heading, section_id))
        self._remember_body(heading)

    def _remember_body(self, heading: Heading) -> None:
        """A heading that is the name of a body holds for unnumbered headings of its own level too, until a higher one comes.

        Reports that set "Socialnämnden" and "Måluppfyllelse" in the same size are common; numbered headings say it themselves.
        """
        body = body_in_heading(heading.text, whole=True)
        if body:
            self.sticky = (heading.level, body)
        elif self.sticky and (heading.level < self.sticky[0] or (heading.number and heading.level <= self.sticky[0])):
            self.sticky = None

    def body(self) -> str | None:
        """The body named by the nearest heading that names one."""
        named = next((b for h, _ in reversed(self.path) if (b := body_in_heading(h.text, whole=False))), None)
        return named or (self.sticky[1] if self.sticky else None)

    def place(self) -> Standing:
        """The place that these headings make."""
        return Standing(tuple(h for h, _ in self.path), self.path[-1][1] if self.path else None, self.body())


def inner_blocks(block: Block) -> Iterator[Block]:
    """The block itself and, for a table, all blocks in its cells, tables within tables among them."""
    yield block
    if isinstance(block, Table):
        for cell in block.cells:
            for inner in cell.blocks:
                yield from inner_blocks(inner)


@dataclass(frozen=True, slots=True)
class Context:
    """A report on its way to records. Made by `make_context`; readers take it as their only source."""

    report: Report
    document: Document
    ids: Ids
    sections: tuple[Section, ...] = ()
    outline: dict[int, Standing] = field(default_factory=dict)
    """`id(block)` to its place; ask with `headings_of`, `section_of` and `body_of`."""
    notices: list[Notice] = field(default_factory=list)
    aliases: list[tuple[str, str]] = field(default_factory=list)
    """Pairs (short form, name) that the report gives, to which readers may add."""

    def headings_of(self, block: Block) -> tuple[Heading, ...]:
        """The headings above a block, the outermost first; empty before the first heading. A heading is its own last one."""
        return self.outline.get(id(block), NOWHERE).headings

    def section_of(self, block: Block) -> str | None:
        """The id of the section that a block stands in, None before the first heading."""
        return self.outline.get(id(block), NOWHERE).section_id

    def body_of(self, block: Block) -> str | None:
        """The nämnd, förvaltning or bolag that the nearest heading names, in its canonical form, or None."""
        return self.outline.get(id(block), NOWHERE).body

    def notice(self, code: str, message: str, page: int, bbox: BBox | None = None) -> None:
        """Put down something that a person should look at; `code` is a key of `schema.vocabulary.NOTICES`, `message` Swedish."""
        self.notices.append(Notice(self.ids.next("notice"), Trace(page, bbox, "reader"), code, message))


def make_context(report: Report, document: Document, ids: Ids) -> Context:
    """Lay out a report: its sections as records and for every block the place where it stands."""
    outline: dict[int, Standing] = {}
    open_headings, place = _Open(), NOWHERE
    drafts: list[tuple[Section, list[str]]] = []
    for block in report.blocks:
        if isinstance(block, Heading) and block.text:
            section_id = ids.next("section")
            open_headings.enter(block, section_id)
            place = open_headings.place()
            drafts.append((_section(block, section_id, open_headings), []))
        elif drafts and block.text and not isinstance(block, Table):
            drafts[-1][1].append(block.text)
        for inner in inner_blocks(block):
            outline[id(inner)] = place
    sections = tuple(_with_text(section, texts) for section, texts in drafts)
    return Context(report, document, ids, sections, outline)


def _section(heading: Heading, section_id: str, open_headings: _Open) -> Section:
    parent = open_headings.path[-2][1] if len(open_headings.path) > 1 else None
    trace = Trace(heading.page, heading.bbox, f"heading:{heading.source}", heading.confidence)
    return Section(section_id, trace, heading.text, heading.level, heading.number, parent)


def _with_text(section: Section, texts: list[str]) -> Section:
    return Section(section.id, section.trace, section.title, section.level, section.number, section.parent_id, "\n".join(texts))
