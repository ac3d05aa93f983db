"""What MuPDF leaves out of a page's tags: spans of cells, empty cells, alternative texts.

`TagNode.path` is the chain of indices into the arrays `/K` of the structure tree (ISO 32000-1, 14.7.2), so the element behind a node is
found by walking them. Attributes stand under `/A` (14.8.5.7: RowSpan, ColSpan, Scope).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol

TOKEN = re.compile(r"<<|>>|(\d+) 0 R|\b\d+\b")
SPAN = re.compile(r"/(Row|Col)Span\s*(\d+)")
CELL = re.compile(r"/S/(TD|TH)\b")
ATTRIBUTES = re.compile(r"/A\s*((?:\d+ 0 R)|\[[^\]]*\])")
REFERENCE = re.compile(r"(\d+) 0 R")
MOST = 200
"""A cell that spans more rows or columns than this is taken for an error of the file."""


class Objects(Protocol):
    """The part of a PyMuPDF document that this module needs."""

    def pdf_catalog(self) -> int: ...  # noqa: D102
    def xref_get_key(self, xref: int, key: str) -> tuple[str, str]: ...  # noqa: D102
    def xref_object(self, xref: int, compressed: bool = False) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class CellTag:
    """A cell as the structure tree has it: its index in the row, role and spans."""

    index: int
    role: str
    rowspan: int
    colspan: int


class TagTree:
    """The structure tree of a document, looked up by path."""

    def __init__(self, document: Objects) -> None:
        """`document`: an open PDF; one without a tree has no elements."""
        self.document = document
        self.found: dict[tuple[int, ...], int] = {(): self.reference(document.pdf_catalog(), "StructTreeRoot")}
        self.children: dict[int, list[int]] = {}

    def reference(self, xref: int, key: str) -> int:
        """The object that a key points to; 0 where it points to none."""
        kind, value = self.document.xref_get_key(xref, key)
        return int(value.split()[0]) if kind == "xref" else 0

    def kids(self, xref: int) -> list[int]:
        """The children of an element, 0 for those that are no objects of their own (marked content)."""
        if xref not in self.children:
            kind, value = self.document.xref_get_key(xref, "K")
            if kind == "xref":
                target = int(value.split()[0])
                text = self.document.xref_object(target, compressed=True)
                self.children[xref] = parse_array(text) if text.startswith("[") else [target]
            else:
                self.children[xref] = parse_array(value) if kind == "array" else [0]
        return self.children[xref]

    def element(self, path: tuple[int, ...]) -> int:
        """The object number of the element at a path; 0 where there is none."""
        if path not in self.found:
            above = self.element(path[:-1])
            kids = self.kids(above) if above else []
            self.found[path] = kids[path[-1]] if path[-1] < len(kids) else 0
        return self.found[path]

    def cells(self, row: tuple[int, ...]) -> list[CellTag]:
        """All cells of a table row, the empty ones too; empty where the row is not found."""
        xref = self.element(row)
        cells = []
        for index, kid in enumerate(self.kids(xref) if xref else []):
            text = self.document.xref_object(kid, compressed=True) if kid else ""
            role = CELL.search(text)
            if role:
                cells.append(CellTag(index, role.group(1), *self.spans(text)))
        return cells

    def spans(self, text: str) -> tuple[int, int]:
        """Row span and column span in a cell's dictionary as printed, or in the attributes that it refers to."""
        refers = ATTRIBUTES.search(text)
        if refers:
            text += "".join(self.document.xref_object(int(number), compressed=True) for number in REFERENCE.findall(refers.group(1)))
        spans = {name: min(max(1, int(number)), MOST) for name, number in SPAN.findall(text)}
        return spans.get("Row", 1), spans.get("Col", 1)

    def alternative(self, path: tuple[int, ...]) -> str:
        """The alternative text of an element (/Alt); empty where it has none."""
        xref = self.element(path)
        kind, value = self.document.xref_get_key(xref, "Alt") if xref else ("null", "")
        return " ".join(value.split()) if kind == "string" else ""


def parse_array(text: str) -> list[int]:
    """Object numbers in an array as printed; 0 for dictionaries and numbers, which are marked content."""
    kids: list[int] = []
    depth = 0
    for found in TOKEN.finditer(text):
        token = found.group(0)
        if token == "<<":
            if depth == 0:
                kids.append(0)
            depth += 1
        elif token == ">>":
            depth -= 1
        elif depth == 0:
            kids.append(int(found.group(1) or 0))
    return kids
