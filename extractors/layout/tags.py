"""Blocks from the tags of a page: headings, paragraphs, nested lists, tables, figures, notes.

Roles are those of ISO 32000-1, 14.8.4; what producers do beyond them: Chromium wraps marked content in NonStruct and leaves TD without P,
Word puts every text box in a Sect and layout in tables, InDesign gives soft hyphens a Span of their own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.layout.blocks import Block, Figure, Heading, ListItem, Note, Paragraph
from extractors.layout.cleaning import Hyphens
from extractors.layout.entries import Entry, PageEntries, Path
from extractors.layout.lists import is_marker, join_dashes, lead_after, split_marker, split_number
from extractors.layout.rawtypes import RawLine, RawPage, TagNode
from extractors.layout.runs import Run, make_run, same_row, union
from extractors.layout.tags_lines import parted
from extractors.layout.tags_tables import Part, TableDraft
from extractors.layout.tags_tree import TagTree

HEADINGS = {"H": 0, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6, "Title": 1}
BLOCKS = frozenset(
    {*HEADINGS, "P", "L", "LI", "Table", "TOC", "TOCI", "Figure", "Note", "FENote", "Caption", "BlockQuote", "Code", "Index"}
)
CELLS = ("TD", "TH")
NOTES = ("Note", "FENote")


@dataclass(slots=True)
class TagReader:
    """Reads the pages of a document in turn; tables that go on stay open in `drafts`."""

    tree: TagTree
    hyphens: Hyphens
    drafts: dict[Path, TableDraft] = field(default_factory=dict)

    def read(self, raw: RawPage, left_out: frozenset[int]) -> PageEntries:
        """The blocks of a page; `left_out` are the indices of lines that belong to its margins."""
        walk = PageWalk(raw, self, left_out)
        return walk.read()


class PageWalk:
    """One page's walk through its tag nodes."""

    def __init__(self, raw: RawPage, reader: TagReader, left_out: frozenset[int]) -> None:
        """`left_out`: indices of lines not to be read."""
        self.raw = raw
        self.reader = reader
        self.result = PageEntries()
        self.kids: list[list[tuple[bool, int]]] = [[] for _ in raw.tags]
        self.roots: list[int] = []
        self.has_blocks = [False] * len(raw.tags)
        self.right = max((line.bbox[2] for at, line in enumerate(raw.lines) if at not in left_out), default=0.0)
        self.arrange(left_out)

    def arrange(self, left_out: frozenset[int]) -> None:
        """Find for each node its children (nodes and lines) in the order of the file; nodes without lines are dropped."""
        seen = [False] * len(self.raw.tags)
        for index, line in enumerate(self.raw.lines):
            if index in left_out or line.node < 0:
                continue
            node = self.home(index, left_out)
            self.kids[node].append((False, index))
            while not seen[node]:
                seen[node] = True
                above = self.raw.tags[node].parent
                if above < 0:
                    self.roots.append(node)
                    break
                self.kids[above].append((True, node))
                node = above
        for index, tag in enumerate(self.raw.tags):
            if tag.role in BLOCKS and seen[index]:
                above = tag.parent
                while above >= 0 and not self.has_blocks[above]:
                    self.has_blocks[above] = True
                    above = self.raw.tags[above].parent

    def home(self, index: int, left_out: frozenset[int]) -> int:
        """The node of a line; a bullet outside a label goes with the words beside it (Chromium leaves it to the item before)."""
        line = self.raw.lines[index]
        if len(line.text) > 3 or index + 1 >= len(self.raw.lines) or index + 1 in left_out or not is_marker(line.text):
            return line.node
        beside = self.raw.lines[index + 1]
        if beside.node < 0 or not same_row(line.bbox, beside.bbox) or beside.bbox[0] < line.bbox[2] or self.in_label(line.node):
            return line.node
        return beside.node if self.cell_of(line.node) == self.cell_of(beside.node) else line.node

    def cell_of(self, node: int) -> int:
        """The table cell that a node stands in, or -1: a dash in one cell is no bullet of the next."""
        while node >= 0 and self.raw.tags[node].role not in ("TD", "TH"):
            node = self.raw.tags[node].parent
        return node

    def in_label(self, node: int) -> bool:
        """Whether a node is a list item's label or stands in one."""
        while node >= 0 and self.raw.tags[node].role not in BLOCKS:
            if self.raw.tags[node].role == "Lbl":
                return True
            node = self.raw.tags[node].parent
        return False

    def read(self) -> PageEntries:
        """Walk all roots."""
        for root in self.roots:
            self.block(root, self.result.entries, 0)
        return self.result

    def node(self, index: int) -> TagNode:
        """The tag node at an index."""
        return self.raw.tags[index]

    def lines_below(self, index: int) -> Iterator[RawLine]:
        """All lines below a node, in order."""
        for is_node, kid in self.kids[index]:
            if is_node:
                yield from self.lines_below(kid)
            else:
                yield self.raw.lines[kid]

    def run(self, lines: Sequence[RawLine]) -> Run:
        """Lines as text."""
        return make_run(lines, self.reader.hyphens)

    def children(self, index: int, out: list[Entry], depth: int, *, labels: bool = True) -> None:
        """Take in what stands below a node; words outside block nodes become paragraphs. `labels`: whether list labels count.

        A footnote that is tagged within the paragraph that refers to it (Word) stands behind the paragraph, not in it.
        """
        loose: list[RawLine] = []
        notes: list[Entry] = []
        for is_node, kid in self.kids[index]:
            role = self.node(kid).role if is_node else ""
            if role == "Lbl" and not labels:
                continue
            if role in NOTES:
                self.note(kid, notes)
            elif is_node and (self.has_blocks[kid] or role in BLOCKS):
                self.paragraphs(loose, out, self.node(index).path)
                loose = []
                self.block(kid, out, depth)
            elif is_node:
                loose.extend(self.lines_below(kid))
            else:
                loose.append(self.raw.lines[kid])
        self.paragraphs(loose, out, self.node(index).path)
        out.extend(notes)

    def block(self, index: int, out: list[Entry], depth: int) -> None:
        """Take in one node."""
        role = self.node(index).role
        if role in HEADINGS:
            self.heading(index, out)
        elif role == "Table":
            self.table(index, out)
        elif role == "L":
            self.children(index, out, depth + 1)
        elif role == "LI":
            self.item(index, out, depth)
        elif role in ("TOC", "TOCI", "Index"):
            run = self.run(list(self.lines_below(index)))
            self.result.contents.append(Paragraph(page=self.raw.number, bbox=run.bbox, text=run.text, source="tags", style=run.style))
        elif role in NOTES:
            self.note(index, out)
        elif role == "Figure":
            self.figure(index, out, depth)
        else:
            self.children(index, out, depth)

    def heading(self, index: int, out: list[Entry]) -> None:
        """A heading; a list item's number in front of it (Word) is its number."""
        run = self.run(list(self.lines_below(index)))
        if not run.text:
            return
        number, text = split_number(run.text)
        level = HEADINGS[self.node(index).role]
        block = Heading(page=self.raw.number, bbox=run.bbox, text=text, source="tags", style=run.style, level=level, number=number)
        out.append(Entry(block, self.node(index).path))

    def paragraphs(self, lines: list[RawLine], out: list[Entry], path: Path) -> None:
        """Lines of one node as paragraphs: a wide gap between them parts them; a bullet makes a list item."""
        for part in parted(lines, self.right):
            run = self.run(part)
            if run.text:
                out.append(Entry(self.text_block(run), path, lines=len(part)))

    def text_block(self, run: Run, depth: int = 0) -> Block:
        """A paragraph, or a list item where it begins with a bullet."""
        marker, text = split_marker(run.text)
        page = self.raw.number
        if marker and not marker[0].isalpha():
            return ListItem(
                page=page,
                bbox=run.bbox,
                text=text,
                source="tags",
                style=run.style,
                lead=lead_after(run.lead, marker),
                depth=depth,
                marker=marker,
            )
        return Paragraph(page=page, bbox=run.bbox, text=run.text, source="tags", style=run.style, lead=run.lead)

    def item(self, index: int, out: list[Entry], depth: int) -> None:
        """A list item: its label, its text, then what hangs below it (further paragraphs, nested lists)."""
        inner: list[Entry] = []
        label: list[RawLine] = []
        for is_node, kid in self.kids[index]:
            if is_node and self.node(kid).role == "Lbl":
                label.extend(self.lines_below(kid))
        self.children(index, inner, depth, labels=False)
        marker = self.run(label).text if label else ""
        path = self.node(index).path
        if not inner:
            return
        first = inner[0]
        if isinstance(first.block, (Paragraph, ListItem)) and not (isinstance(first.block, ListItem) and first.block.depth and not label):
            out.append(Entry(self.as_item(first.block, marker, max(0, depth - 1)), path, lines=first.lines))
            inner = inner[1:]
        out.extend(inner)

    def as_item(self, block: Block, marker: str, depth: int) -> ListItem:
        """A paragraph as a list item; a marker at the beginning of its text is split off."""
        text, lead = block.text, block.lead
        if isinstance(block, ListItem):
            marker = marker or block.marker
        elif not marker or is_marker(text.split(" ", 1)[0]):
            found, rest = split_marker(text)
            marker, text = (found, rest) if found else (marker, text)
            lead = lead_after(lead, found)
        return ListItem(
            page=block.page, bbox=block.bbox, text=text, source="tags", style=block.style, lead=lead, depth=depth, marker=marker
        )

    def note(self, index: int, out: list[Entry]) -> None:
        """A footnote with its mark."""
        run = self.run(list(self.lines_below(index)))
        head, _, rest = run.text.partition(" ")
        mark, text = (head, rest) if len(head) <= 3 and rest and not head.isalpha() else ("", run.text)
        if run.text:
            out.append(
                Entry(
                    Note(page=self.raw.number, bbox=run.bbox, text=text, source="tags", style=run.style, mark=mark), self.node(index).path
                )
            )

    def figure(self, index: int, out: list[Entry], depth: int) -> None:
        """A figure with words in it: those that make text stand in the flow (text boxes), loose labels stay in the figure."""
        lines = list(self.lines_below(index))
        words = [word.text for line in lines for word in line.words]
        prose = sum(word.isalpha() for word in words)
        alt = self.reader.tree.alternative(self.node(index).path)
        if prose >= 8 and prose >= 0.6 * len(words):
            self.children(index, out, depth)
            return
        text = alt or " ".join(words)
        out.append(Entry(Figure(page=self.raw.number, bbox=union(line.bbox for line in lines), text=text, source="tags")))

    def table(self, index: int, out: list[Entry]) -> None:
        """A table's rows on this page; the first page that it stands on gets the entry."""
        path = self.node(index).path
        draft = self.reader.drafts.get(path)
        new = draft is None
        if draft is None:
            draft = self.reader.drafts[path] = TableDraft(path)
        self.rows(index, draft, out, head=False)
        if not draft.rows:
            self.children(index, out, 0)
            del self.reader.drafts[path]
            return
        draft.note_page(self.raw)
        self.result.drafts.append(draft)
        if new:
            out.append(Entry(Paragraph(page=self.raw.number, bbox=draft.boxes.get(self.raw.number, self.node(index).bbox)), path, draft))

    def rows(self, index: int, draft: TableDraft, out: list[Entry], *, head: bool) -> None:
        """Take in the rows below a table or one of its groups."""
        for is_node, kid in self.kids[index]:
            if not is_node:
                continue
            node = self.node(kid)
            if node.role == "TR":
                self.row(kid, draft, head=head)
            elif node.role == "Caption":
                draft.caption = self.run(list(self.lines_below(kid))).text
            elif node.role in BLOCKS:
                self.block(kid, out, 0)
            else:
                self.rows(kid, draft, out, head=head or node.role == "THead")

    def row(self, index: int, draft: TableDraft, *, head: bool) -> None:
        """Take in the cells of a row."""
        path = self.node(index).path
        draft.add_row(path, self.reader.tree, head=head)
        for is_node, kid in self.kids[index]:
            node = self.node(kid) if is_node else None
            if node is None or node.role not in CELLS:
                continue
            inner: list[Entry] = []
            self.children(kid, inner, 0)
            if inner:
                box = union(line.bbox for line in self.lines_below(kid))
                part = Part(self.raw.number, box, join_dashes([entry.draft or entry.block for entry in inner]))
                draft.add_part(path, node.path[-1], node.role, part)
