"""Read a sample report's content: a TOML file with records, and a body in a small markup that says where they stand.

The body's lines: `# `, `## `, `### ` headings; `- `, `* ` (dash) and `1. ` list items; `!b `, `!i `, `!s `, `!l `, `!r `
paragraphs in bold, italics, small, lead or to the right; `---` a new page; `@form words... key=value` a form of records
(`forms.py`); anything else a paragraph. A blank line ends a block. Within text `**bold**` and `[[footnote]]`.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.make.model import Block, Break, Heading, Items, Layout, Para, Printed

STYLES = {"!b": "bold", "!i": "italic", "!s": "small", "!l": "lead", "!r": "right"}
MARKERS = {"- ": "bullet", "* ": "dash"}
HEADING = re.compile(r"(#{1,3}) (.*)")
NUMBERED = re.compile(r"\d+\. ")

Form = Callable[["Content", Layout, list[str], dict[str, str]], list[Block]]


@dataclass(frozen=True)
class Content:
    """One sample report as written: its name (file stem) and the parsed TOML."""

    name: str
    data: dict[str, Any]

    def record(self, kind: str, key: str) -> dict[str, Any]:
        """The record of a kind by its `id`; KeyError where it is missing."""
        for record in self.data.get(kind, []):
            if record.get("id") == key:
                return dict(record)
        raise KeyError(f"{self.name}: no {kind} {key}")


def read_content(path: Path) -> Content:
    """Read one TOML file."""
    return Content(path.stem, tomllib.loads(path.read_text("utf-8")))


def printed(content: Content, layout: Layout, forms: dict[str, Form]) -> Printed:
    """The report as blocks, in the given layout's forms."""
    head = content.data["print"]
    before, blocks = (_all_blocks(content.data.get(part, ""), content, layout, forms) for part in ("before", "body"))
    return Printed(content.data["document"]["title"], tuple(head.get("cover", [])), head.get("running", ""), blocks, before)


def letter(content: Content, layout: Layout, forms: dict[str, Form]) -> Printed | None:
    """The letter in front that is printed, signed and scanned; None where there is none."""
    text = content.data.get("letter")
    if not text:
        return None
    return Printed(content.data["document"]["title"], (), "", _all_blocks(text, content, layout, forms))


def _all_blocks(text: str, content: Content, layout: Layout, forms: dict[str, Form]) -> tuple[Block, ...]:
    return tuple(block for chunk in _chunks(text) for block in _blocks(chunk, content, layout, forms))


def _chunks(body: str) -> list[list[str]]:
    chunks: list[list[str]] = [[]]
    for line in body.splitlines():
        if line.strip():
            chunks[-1].append(line.strip())
        elif chunks[-1]:
            chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _blocks(chunk: list[str], content: Content, layout: Layout, forms: dict[str, Form]) -> list[Block]:
    first = chunk[0]
    if found := HEADING.match(first):
        return [_heading(found, layout), *(_blocks(chunk[1:], content, layout, forms) if chunk[1:] else [])]
    if first == "---":
        return [Break()]
    if first.startswith("@"):
        name, *words = shlex.split(first[1:])
        options = dict(word.split("=", 1) for word in words if "=" in word)
        return forms[name](content, layout, [word for word in words if "=" not in word], options)
    for mark, marker in MARKERS.items():
        if first.startswith(mark):
            return [Items(tuple(line[2:] for line in chunk), marker)]
    if NUMBERED.match(first):
        return [Items(tuple(NUMBERED.sub("", line, count=1) for line in chunk), "number")]
    if first[:2] in STYLES:
        return [Para(line[2:].strip(), STYLES[line[:2]]) if line[:2] in STYLES else Para(line) for line in chunk]
    return [Para(" ".join(chunk))]


def _heading(found: re.Match[str], layout: Layout) -> Heading:
    text = found[2]
    number = re.match(r"\d+(\.\d+)*\.?(?= )", text)
    if number and not layout.numbered:
        text = text[number.end() :].strip()
    return Heading(len(found[1]), text)
