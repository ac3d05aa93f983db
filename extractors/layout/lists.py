"""The signs that list items begin with, and headings' printed numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields
from typing import TypeVar

from extractors.layout.blocks import ListItem, Paragraph

BULLETS = "•●○◦▪■□▫◾◆◇►▶‣➢➤➔→✓✔☐☑▸⁃∙·*\uf0b7\uf0a7\uf0d8\uf0fc\uf0e0\uf076\uf02d\uf0a8\uf0be\uf0b0\uf06f\uf071\uf02a"
"""Signs that are bullets wherever they stand first; U+F0xx are Symbol's and Wingdings' in Word."""
BULLET = re.compile(rf"^([{re.escape(BULLETS)}])\s*(?=\S)")
LONE_BULLET = re.compile(rf"^[{re.escape(BULLETS)}–—-]$|^o$")
DASH = re.compile(r"^(?:([–—‒−-])\s+(?=[^\W\d])|([–—])\s+(?=\d.*\s[^\W\d]{2,}.*\s[^\W\d]{2,}))")
"""A dash before a word; a long one also before a figure that words follow ("– 25 000 kronor: minst två"), never "- 6 279"."""
DASHES = ("–", "—", "‒", "−", "-")
LETTER_O = re.compile(r"^(o)\s+(?=\S)")
NUMBERED = re.compile(r"^(\(?(?:\d{1,2}|[a-zåäö]|[ivx]{1,4})[.)])\s+(?=\S)")
HEADING_NUMBER = re.compile(r"^((?:\d{1,2}|[A-Z])(?:\.\d{1,2}){0,4}\.?)\s+(?=[^\W\d_])")
PLAIN_NUMBER = re.compile(r"^\d{1,2}(\.\d{1,2}){0,4}\.?$")


def split_marker(text: str) -> tuple[str, str]:
    """A list item's marker and its text; an empty marker where the text begins with none.

    "– Öka takten" gives ("–", "Öka takten"); "-223" and "a priori" give no marker.
    """
    for pattern in (BULLET, DASH, LETTER_O, NUMBERED):
        found = pattern.match(text)
        if found:
            return found[found.lastindex or 1], text[found.end() :]
    return "", text


def is_marker(text: str) -> bool:
    """Whether the text is a list marker and nothing else."""
    return bool(LONE_BULLET.match(text) or NUMBERED.match(text + " x"))


def split_number(text: str) -> tuple[str, str]:
    """A heading's printed number and its text: "3.2 Bedömning" gives ("3.2", "Bedömning"), "2023 års mål" gives ("", ...)."""
    found = HEADING_NUMBER.match(text)
    if not found:
        return "", text
    number = found.group(1)
    if number.isalpha():
        return "", text
    return number.rstrip("."), text[found.end() :]


Held = TypeVar("Held")


def join_dashes(blocks: Sequence[Held]) -> list[Held | Paragraph]:
    """The blocks of a table cell, with a single dash item behind a paragraph turned back into text.

    "Tryggare centrum" followed by "– för att fler ska trivas" is a title with a dash; two dashes in a row are a list.
    """
    result: list[Held | Paragraph] = []
    for at, block in enumerate(blocks):
        before = blocks[at - 1] if at else None
        after = blocks[at + 1] if at + 1 < len(blocks) else None
        alone = isinstance(before, Paragraph) and not before.text.endswith(":") and not isinstance(after, ListItem)
        if isinstance(block, ListItem) and block.marker in DASHES and alone:
            result.append(as_text(block))
        else:
            result.append(block)
    return result


def as_text(item: ListItem) -> Paragraph:
    """A list item as a paragraph that begins with its marker."""
    values = {field.name: getattr(item, field.name) for field in fields(Paragraph)}
    return Paragraph(**{**values, "text": f"{item.marker} {item.text}"})


def lead_after(lead: str, marker: str) -> str:
    """The bold beginning of a text without the marker that was split off."""
    return lead[len(marker) :].strip() if marker and lead.startswith(marker) else lead
