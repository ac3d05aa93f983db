"""Tables from tags: cells gathered over all pages that a table stands on, placed by the structure tree's own spans.

MuPDF gives the nodes that have content on a page. The tree tells the rest: empty cells and spans. Where cells stand on the page (their
boxes, which icons are placed by) comes from the words and from the rules drawn between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.layout.blocks import BBox, Block, Cell, Icon, Place, Table
from extractors.layout.rawtypes import RawPage
from extractors.layout.runs import union
from extractors.layout.tags_align import realign
from extractors.layout.tags_spans import Segment, merge_down
from extractors.layout.tags_tree import CellTag, TagTree

Path = tuple[int, ...]


@dataclass(slots=True)
class Part:
    """What a cell holds on one page."""

    page: int
    bbox: BBox
    blocks: list[Block | TableDraft]


@dataclass(slots=True)
class CellDraft:
    """A cell while its table is being read; `row`, `col` and spans are known at the end."""

    tag: CellTag
    parts: list[Part] = field(default_factory=list)
    row: int = 0
    col: int = 0


@dataclass(slots=True)
class TableDraft:
    """A table while the pages that it stands on are being read."""

    path: Path
    rows: dict[Path, dict[int, CellDraft]] = field(default_factory=dict)
    heads: set[Path] = field(default_factory=set)
    pages: list[int] = field(default_factory=list)
    caption: str = ""
    icons: list[Icon] = field(default_factory=list)
    boxes: dict[int, BBox] = field(default_factory=dict)
    edges: dict[int, tuple[list[float], list[float]]] = field(default_factory=dict)
    levels: dict[int, list[Segment]] = field(default_factory=dict)

    def add_row(self, path: Path, tree: TagTree, *, head: bool) -> None:
        """Make room for a row and all its cells."""
        if path not in self.rows:
            self.rows[path] = {tag.index: CellDraft(tag) for tag in tree.cells(path)}
        if head:
            self.heads.add(path)

    def add_part(self, row: Path, index: int, role: str, part: Part) -> None:
        """Add what a cell holds on a page."""
        cells = self.rows[row]
        if index not in cells:
            cells[index] = CellDraft(CellTag(index, role, 1, 1))
        cells[index].parts.append(part)

    def settle_rows(self, page: int) -> None:
        """Only the last row of a page can go on to the next: what stands in an earlier row there is a repeated header (dropped), or
        text that the producer tagged as one (Chromium, at the top of a page) and belongs to the row that goes on.
        """
        before = [path for path, cells in self.rows.items() if any(part.page < page for cell in cells.values() for part in cell.parts)]
        if not before:
            return
        last = max(before)
        for path in before:
            if path == last:
                continue
            for cell in self.rows[path].values():
                again = [part for part in cell.parts if part.page == page]
                cell.parts = [part for part in cell.parts if part.page != page]
                known = part_texts(cell.parts)
                for part in again:
                    if not part_texts([part]) <= known:
                        self.move(part, last)

    def move(self, part: Part, row: Path) -> None:
        """Give what stands on a later page to the cell of a row that stands in the same column."""
        middle = (part.bbox[0] + part.bbox[2]) / 2
        spans = {index: union(p.bbox for p in cell.parts) for index, cell in self.rows[row].items() if cell.parts}
        if not spans:
            return
        index = min(spans, key=lambda at: max(spans[at][0] - middle, middle - spans[at][2], 0.0))
        parts = self.rows[row][index].parts
        at = next((i for i, other in enumerate(parts) if other.page >= part.page), len(parts))
        parts.insert(at, part)

    def note_page(self, raw: RawPage) -> None:
        """Remember the table's box on a page and the rules drawn in it."""
        parts = [part for cells in self.rows.values() for cell in cells.values() for part in cell.parts if part.page == raw.number]
        if not parts:
            return
        places = [(p.node, p.bbox) for p in raw.pictures]
        places += [(line.node, line.bbox) for line in raw.lines if not line.words]  # lines that were a sign alone
        signs = [at for node, at in places if node >= 0 and raw.tags[node].path[: len(self.path)] == self.path]
        box = union([*(part.bbox for part in parts), *signs])
        near = (box[0] - 12, box[1] - 12, box[2] + 12, box[3] + 12)
        upright, level = edges_near(raw, near)
        self.settle_rows(raw.number)
        self.boxes[raw.number] = union([box, *outer(upright, level, near)])
        self.edges[raw.number] = (upright, level)
        self.levels[raw.number] = [((r.y0 + r.y1) / 2, r.x0, r.x1) for r in raw.rules if r.horizontal and near[1] <= r.y0 <= near[3]]
        self.pages.append(raw.number)


def part_texts(parts: Sequence[Part]) -> set[str]:
    """The texts of all blocks in parts of cells."""
    return {block.text for part in parts for block in part.blocks if isinstance(block, Block)}


def edges_near(raw: RawPage, box: BBox) -> tuple[list[float], list[float]]:
    """The x of upright and the y of level edges (rules and box sides) that lie in a box."""
    upright: set[float] = set()
    level: set[float] = set()
    for rule in raw.rules:
        if rule.x1 < box[0] or rule.x0 > box[2] or rule.y1 < box[1] or rule.y0 > box[3]:
            continue
        if rule.horizontal:
            level.add(round((rule.y0 + rule.y1) / 2, 1))
        else:
            upright.add(round((rule.x0 + rule.x1) / 2, 1))
    for fill in raw.fills:
        x0, y0, x1, y1 = fill.bbox
        if fill.kind == "rect" and box[0] <= x0 and x1 <= box[2] and box[1] <= y0 and y1 <= box[3] and y1 - y0 > 8 and x1 - x0 > 15:
            upright.update((round(x0, 1), round(x1, 1)))
            level.update((round(y0, 1), round(y1, 1)))
    return sorted(upright), sorted(level)


def outer(upright: list[float], level: list[float], near: BBox) -> list[BBox]:
    """The box that the outermost edges within `near` make, where there are any both ways."""
    xs = [x for x in upright if near[0] <= x <= near[2]]
    ys = [y for y in level if near[1] <= y <= near[3]]
    return [(xs[0], ys[0], xs[-1], ys[-1])] if xs and ys else []


def place_cells(draft: TableDraft) -> tuple[list[CellDraft], int, int]:
    """Give each cell its row and column by the spans before it (as HTML tables are laid out); the count of rows and columns."""
    taken: set[tuple[int, int]] = set()
    placed: list[CellDraft] = []
    cols = 0
    rows = [cells for _, cells in sorted(draft.rows.items()) if cells]
    for r, cells in enumerate(rows):
        col = 0
        for _, cell in sorted(cells.items()):
            while (r, col) in taken:
                col += 1
            cell.row, cell.col = r, col
            rowspan = min(cell.tag.rowspan, len(rows) - r)
            cell.tag = replace(cell.tag, rowspan=rowspan)
            taken.update((r + i, col + j) for i in range(rowspan) for j in range(cell.tag.colspan))
            col += cell.tag.colspan
            placed.append(cell)
        cols = max(cols, col)
    return realign(placed, cols), len(rows), cols


def intervals(
    spans: Sequence[tuple[float, float] | None], edges: Sequence[float], outside: tuple[float, float]
) -> list[tuple[float, float]]:
    """Where columns (or rows) begin and end: at an edge drawn between their words, else midway; one without words takes the gap."""
    bounds: list[tuple[float, float]] = []
    start = outside[0]
    for i, span in enumerate(spans):
        following = next((s for s in spans[i + 1 :] if s is not None), None)
        if following is None:
            end = outside[1] if i == len(spans) - 1 or span is None else border(span[1], outside[1], edges, last=True)
        elif span is None:
            inner = [e for e in edges if start + 2 < e <= following[0] + 1]
            end = inner[0] if inner else following[0] - 1
        else:
            end = border(span[1], following[0], edges, last=spans[i + 1] is None)
        end = max(end, start)
        bounds.append((start, end))
        start = end
    return bounds


def border(left: float, right: float, edges: Sequence[float], *, last: bool) -> float:
    """The border between words that end at `left` and words that begin at `right`; `last`: an empty column stands between."""
    inner = [e for e in edges if left - 1 <= e <= right + 1]
    if inner:
        return inner[0]
    if last:
        return left + 1
    return (left + right) / 2 if right > left else right


def spans_of(cells: Sequence[CellDraft], count: int, page: int, *, across: bool) -> list[tuple[float, float] | None]:
    """For each column (`across`) or row, where its words begin and end on a page; None where it has none there."""
    found: list[list[tuple[float, float]]] = [[] for _ in range(count)]
    for cell in cells:
        at, span = (cell.col, cell.tag.colspan) if across else (cell.row, cell.tag.rowspan)
        if span > 1 or at >= count:
            continue
        for part in cell.parts:
            if part.page == page and part.blocks:
                found[at].append((part.bbox[0], part.bbox[2]) if across else (part.bbox[1], part.bbox[3]))
    return [(min(s[0] for s in spans), max(s[1] for s in spans)) if spans else None for spans in found]


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns and rows of a table stand on one page."""

    page: int
    columns: list[tuple[float, float]]
    rows: list[tuple[float, float]]

    def box(self, cell: CellDraft) -> BBox:
        """The box of a cell."""
        right = min(cell.col + cell.tag.colspan, len(self.columns)) - 1
        low = min(cell.row + cell.tag.rowspan, len(self.rows)) - 1
        return (self.columns[cell.col][0], self.rows[cell.row][0], self.columns[right][1], self.rows[low][1])


def grid_on(draft: TableDraft, cells: Sequence[CellDraft], size: tuple[int, int], page: int) -> Grid:
    """The grid of a table on one page."""
    box = draft.boxes[page]
    upright, level = draft.edges[page]
    across = spans_of(cells, size[1], page, across=True)
    down = spans_of(cells, size[0], page, across=False)
    return Grid(page, intervals(across, upright, (box[0], box[2])), intervals(down, level, (box[1], box[3])))


def finish(draft: TableDraft) -> Table | None:
    """The table of a draft; None where no cell holds anything."""
    cells, rows, cols = place_cells(draft)
    if not rows or not cols or not draft.pages:
        return None
    grids = {page: grid_on(draft, cells, (rows, cols), page) for page in draft.pages}
    cells = merge_down(cells, grids, draft.levels)
    heads = header_rows(draft)
    cells = [*cells, *untagged_cells(draft, cells, grids)]
    icons = place_icons(draft, cells, grids)
    made = tuple(make_cell(cell, grids, icons.get(id(cell), []), header=cell.row < heads) for cell in cells)
    places = [Place(page, draft.boxes[page]) for page in draft.pages]
    return Table(
        page=places[0].page,
        bbox=places[0].bbox,
        source="tags",
        continued=tuple(places[1:]),
        cells=made,
        rows=rows,
        cols=cols,
        header_rows=heads,
        caption=draft.caption,
    )


def header_rows(draft: TableDraft) -> int:
    """How many rows at the top are column headers: rows in THead, or whose cells with words are all TH."""
    count = 0
    rows = [(path, cells) for path, cells in sorted(draft.rows.items()) if cells]
    for path, cells in rows:
        filled = [cell for cell in cells.values() if cell.parts]
        if path not in draft.heads and not (filled and all(cell.tag.role == "TH" for cell in filled)):
            break
        count += 1
    return count if count < len(rows) else min(1, count)


def untagged_cells(draft: TableDraft, cells: Sequence[CellDraft], grids: dict[int, Grid]) -> list[CellDraft]:
    """Cells for the places of the grid that an icon stands in and no tag tells of: programs leave out cells without words."""
    taken = {(r, c) for d in cells for r in range(d.row, d.row + d.tag.rowspan) for c in range(d.col, d.col + d.tag.colspan)}
    made: dict[tuple[int, int], CellDraft] = {}
    for icon in draft.icons:
        grid = grids[icon.page]
        x, y = (icon.bbox[0] + icon.bbox[2]) / 2, (icon.bbox[1] + icon.bbox[3]) / 2
        col = next((i for i, (left, right) in enumerate(grid.columns) if left <= x <= right), None)
        row = next((i for i, (top, low) in enumerate(grid.rows) if top <= y <= low), None)
        if row is not None and col is not None and (row, col) not in taken:
            made[row, col] = CellDraft(CellTag(col, "TD", 1, 1), row=row, col=col)
    return list(made.values())


def place_icons(draft: TableDraft, cells: Sequence[CellDraft], grids: dict[int, Grid]) -> dict[int, list[Icon]]:
    """Icons by the cell (its `id`) that holds their centre."""
    placed: dict[int, list[Icon]] = {}
    for icon in draft.icons:
        grid = grids[icon.page]
        x, y = (icon.bbox[0] + icon.bbox[2]) / 2, (icon.bbox[1] + icon.bbox[3]) / 2
        cell = min(cells, key=lambda c: distance(grid.box(c), x, y))
        placed.setdefault(id(cell), []).append(icon)
    return placed


def distance(box: BBox, x: float, y: float) -> float:
    """How far a point lies outside a box, in points; boxes without extent are as good as never near."""
    if box[2] <= box[0] or box[3] <= box[1]:
        return 1e9
    return max(box[0] - x, 0.0, x - box[2]) + max(box[1] - y, 0.0, y - box[3])


def make_cell(cell: CellDraft, grids: dict[int, Grid], icons: list[Icon], *, header: bool) -> Cell:
    """The cell of a draft, with its icons among its blocks."""
    drafted = [block for part in cell.parts for block in part.blocks]
    blocks = [made for block in drafted if (made := finish(block) if isinstance(block, TableDraft) else block) is not None]
    for icon in sorted(icons, key=lambda i: (i.page, i.bbox[1], i.bbox[0])):
        at = next((i for i, b in enumerate(blocks) if (b.page, b.bbox[3]) > (icon.page, icon.bbox[1])), len(blocks))
        if at < len(blocks) and blocks[at].page == icon.page and blocks[at].bbox[0] < icon.bbox[0] and blocks[at].bbox[1] < icon.bbox[3]:
            at += 1
        blocks.insert(at, icon)
    page = min([part.page for part in cell.parts] + [icon.page for icon in icons], default=next(iter(grids)))
    page = page if page in grids else next(iter(grids))
    return Cell(
        row=cell.row,
        col=cell.col,
        page=page,
        bbox=grids[page].box(cell),
        blocks=tuple(blocks),
        rowspan=cell.tag.rowspan,
        colspan=cell.tag.colspan,
        header=header or cell.tag.role == "TH",
    )
