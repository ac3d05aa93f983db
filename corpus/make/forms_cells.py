"""What all forms are made of: records chosen by name, figures as a layout prints them, header cells, lights."""

from __future__ import annotations

from typing import Any

from corpus.make.content import Content
from corpus.make.model import Cell, Layout


def chosen(content: Content, kind: str, words: list[str]) -> list[dict[str, Any]]:
    """Records by id, or by a prefix that ends in `*`, in the order of the file."""
    found = []
    for word in words:
        if word.endswith("*"):
            found += [record for record in content.data.get(kind, []) if record["id"].startswith(word[:-1])]
        else:
            found.append(content.record(kind, word))
    if not found:
        raise KeyError(f"{content.name}: no {kind} {words}")
    return found


def number(value: float | int | str, layout: Layout, decimals: int = 0) -> str:
    """A figure as the layout prints it: decimal comma, its own minus sign and thousands blank; text as it stands."""
    if isinstance(value, str):
        return value
    text = f"{abs(value):,.{decimals}f}".replace(",", layout.thousand).replace(".", ",")
    return (layout.minus if value < 0 and text.strip("0,") else "") + text


def head_cell(text: str, align: str = "left", cols: int = 1) -> Cell:
    """A header cell; `|` breaks the line."""
    return Cell(text.replace("|", "\n"), bold=True, align=align, cols=cols)


def light(color: str | None, layout: Layout, text: str = "", words: str = "") -> Cell:
    """A status cell: light, shading or words as the layout has it."""
    if color is None or layout.icons == "words":
        return Cell(words or text)
    if layout.icons == "shade":
        return Cell(text, fill=color)
    return Cell(text, icon=color, align="left" if text else "center")
