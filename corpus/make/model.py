"""What a sample report consists of before it is typeset: plain blocks that each engine knows how to set."""

from __future__ import annotations

from dataclasses import dataclass, field

COLORS = {"green": "#00A651", "yellow": "#FFC20E", "red": "#E3000F", "grey": "#A6A6A6"}
"""The traffic lights, unless a layout says otherwise."""


@dataclass(frozen=True)
class Cell:
    """A table cell. `text` may hold several paragraphs (newline) and list items (lines that begin with `- `)."""

    text: str = ""
    bold: bool = False
    align: str = "left"
    icon: str | None = None  # a key of COLORS: a light before the text
    bar: int | None = None  # a progress bar, per cent
    fill: str | None = None  # a key of COLORS or a hex colour: the whole cell is shaded
    cols: int = 1


@dataclass(frozen=True)
class Heading:
    """A heading, level 1-3; `text` carries its printed number; `icon` is a light that stands before it."""

    level: int
    text: str
    icon: str | None = None
    number: str = ""


@dataclass(frozen=True)
class Para:
    """Running text. `style` is body, bold, italic, small, lead (larger) or right; `icon` is a light before it."""

    text: str
    style: str = "body"
    icon: str | None = None


@dataclass(frozen=True)
class Items:
    """A list; `marker` is `bullet`, `dash` or `number`."""

    items: tuple[str, ...]
    marker: str = "bullet"


@dataclass(frozen=True)
class Table:
    """Header rows, body rows, relative column widths. `role` is data (figures) or form (goals, answers, lists)."""

    head: tuple[tuple[Cell, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    title: str = ""
    role: str = "form"
    bold_rows: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Chart:
    """A small bar chart with axis figures: something on the page that is no table."""

    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]


@dataclass(frozen=True)
class Break:
    """A new page."""


Block = Heading | Para | Items | Table | Chart | Break


@dataclass(frozen=True)
class Printed:
    """A whole report as handed to an engine."""

    title: str
    cover: tuple[str, ...]
    running: str
    blocks: tuple[Block, ...]
    before: tuple[Block, ...] = ()  # a letter that stands before the cover
    language: str = "sv"


@dataclass(frozen=True)
class Layout:
    """How a report looks; every field is a key of `layouts.toml`. Sizes in PDF points."""

    name: str
    engine: str = "weasyprint"
    tagged: bool = False
    serif: bool = False
    size: float = 10
    accent: str = "#1F3864"
    tables: str = "ruled"  # ruled, lines, shade, plain
    icons: str = "image"  # image, vector, glyph, shade, words
    columns: int = 1
    landscape: bool = False
    contents: bool = False
    cover: str = "head"  # page, head
    minus: str = "-"
    thousand: str = "\u00a0"
    page_number: str = "{n}"
    hyphens: bool = False
    soft_hyphens: bool = False
    justify: bool = False
    numbered: bool = True  # whether headings keep their numbers
    repeat_header: bool = True
    bullet: str = "•"
    signature_key: str = ""  # vertical text in the margin of every page
    flip_last: bool = False
    colors: dict[str, str] = field(default_factory=dict)

    def color(self, name: str) -> str:
        """The hex colour of a light."""
        return {**COLORS, **self.colors}.get(name, name)
