"""Signs that stand in the text layer: coloured ● ■ ▲ ✔, letters of symbol fonts, emoji, and answers printed in colour."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, get_args

from extractors.layout.blocks import BBox, Color, Icon, Shape, Style
from extractors.layout.colors import STATUS, color_name
from extractors.layout.rawtypes import RawLine, RawPage, Word

SHAPES: tuple[str, ...] = get_args(Shape)
BULLET_SHAPES = ("disc", "square", "arrow_flat", "tick")
"""Shapes that lists use as bullets, so that colour must speak for them."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The letters that are signs: by letter, by emoji (with colour), faces, and by symbol font and letter."""

    plain: dict[str, Shape]
    emoji: dict[str, tuple[Color, Shape]]
    faces: dict[str, Shape]
    fonts: dict[str, dict[str, Shape]]


def _data(name: str) -> dict[str, Any]:
    """A data file of this package."""
    return tomllib.loads((files("extractors.layout") / "data" / name).read_text(encoding="utf-8"))


def _by_letter(table: dict[str, str]) -> dict[str, Any]:
    """{value: letters} turned round."""
    return {letter: value for value, letters in table.items() for letter in letters}


@lru_cache(maxsize=1)
def glyphs() -> Glyphs:
    """The letters of `data/glyphs.toml`."""
    data = _data("glyphs.toml")
    plain: dict[str, Shape] = _by_letter(data["unicode"])
    forms = {**plain, **_by_letter(data["emoji_shapes"])}
    emoji: dict[str, tuple[Color, Shape]] = {c: (color, forms.get(c, "other")) for c, color in _by_letter(data["emoji"]).items()}
    return Glyphs(plain, emoji, _by_letter(data["faces"]), {font: _by_letter(table) for font, table in data["fonts"].items()})


@lru_cache(maxsize=1)
def answer_words() -> tuple[frozenset[str], tuple[str, ...], int]:
    """Whole words, beginnings and the greatest length in words of `data/answer_words.toml`."""
    data = _data("answer_words.toml")
    return frozenset(data["words"]), tuple(data["beginnings"]), int(data["longest"])


@lru_cache(maxsize=4096)
def symbol_font(font: str) -> str:
    """The key of a symbol font in `data/glyphs.toml`, or an empty string."""
    name = font.rsplit("+", maxsplit=1)[-1].lower()
    for part in (" ", "-", "itc", "mt", "regular"):
        name = name.replace(part, "")
    if name.startswith("dingbats"):
        name = "zapf" + name
    return name if name in glyphs().fonts else ""


def bare(text: str) -> str:
    """A word without the marks that choose how an emoji is drawn."""
    return text.replace("\ufe0f", "").replace("\ufe0e", "")


def is_face(text: str) -> bool:
    """Whether a word is a smiley."""
    return bare(text) in glyphs().faces


@lru_cache(maxsize=8192)
def glyph_of(text: str, font: str) -> tuple[Color | None, Shape] | None:
    """Own colour (of emoji) and shape of a word that is one sign letter; None for any other word."""
    letters = bare(text)
    if len(letters) != 1:
        return None
    if letters in glyphs().faces:
        return (None, glyphs().faces[letters])
    if letters in glyphs().emoji:
        return glyphs().emoji[letters]
    if letters in glyphs().plain:
        return (None, glyphs().plain[letters])
    table = glyphs().fonts.get(symbol_font(font))
    if table is None:
        return None
    low = chr(ord(letters) - 0xF000) if 0xF000 <= ord(letters) <= 0xF0FF else letters
    shape = table.get(low)
    return (None, shape) if shape else None


def glyph_icons(raw: RawPage) -> list[Icon]:
    """All signs of one letter, and answers in colour, on a page. Bullets of one colour are told by `icons.settle`."""
    looks = {(word.font, word.color) for line in raw.lines for word in line.words}
    symbols = {font for font, _ in looks if symbol_font(font)}
    in_color = any(color_of_text(color) for _, color in looks)
    found = []
    for line in raw.lines:
        if symbols or not line.text.isascii():
            for place, word in enumerate(line.words):
                if (len(word.text) <= 2 and not word.text.isascii()) or word.font in symbols:
                    icon = _glyph_icon(raw.number, line, place)
                    if icon:
                        found.append(icon)
        if in_color:
            found += _word_icon(raw.number, line)
    return found


def _glyph_icon(page: int, line: RawLine, place: int) -> Icon | None:
    """The sign that a word is, if its colour or (standing alone) its shape says something."""
    word = line.words[place]
    glyph = glyph_of(word.text, word.font)
    if glyph is None:
        return None
    own, shape = glyph
    color = own or color_name(word.color)
    if color in (*STATUS, "grey", "blue"):
        return icon_of(page, word, color, shape)
    alone = len(line.words) == 1 and shape not in ("disc", "square", "other")
    if alone or is_face(word.text):
        return icon_of(page, word, "other", shape)
    return None


def icon_of(page: int, word: Word, color: Color | None, shape: Shape) -> Icon:
    """A word as an icon."""
    style = Style(word.size, word.bold, word.italic, word.color)
    return Icon(page=page, bbox=word.bbox, text=word.text, style=style, color=color or "other", shape=shape, confidence=0.95)


def _word_icon(page: int, line: RawLine) -> list[Icon]:
    """An answer printed in a light's colour: a line, or the end of one, all in that colour and made of answer words."""
    if all(color_of_text(color) is None for color in {word.color for word in line.words}):
        return []
    runs: list[list[Word]] = []
    for word in line.words:
        if color_of_text(word.color) is None:
            runs.append([])
        elif runs and runs[-1] and runs[-1][-1].color == word.color:
            runs[-1].append(word)
        else:
            runs.append([word])
    found = []
    for run in runs:
        text = " ".join(word.text for word in run)
        if run and is_answer(text):
            color = color_of_text(run[0].color)
            first = run[0]
            style = Style(first.size, first.bold, first.italic, first.color)
            icon = Icon(page=page, bbox=hull([w.bbox for w in run]), text=text, style=style, color=color or "other", shape="word")
            found.append(icon)
    return found


@lru_cache(maxsize=4096)
def color_of_text(color: str) -> Color | None:
    """The light that a text colour stands for, or None for black, grey, blue and the like."""
    name = color_name(color)
    return name if name in STATUS else None


def is_answer(text: str) -> bool:
    """Whether words are an answer or a level ("Delvis", "Ej uppfyllt"), not a heading or a running text in colour."""
    words, beginnings, longest = answer_words()
    plain = text.lower().strip(" .:;")
    if not plain or len(plain.split()) > longest:
        return False
    return plain in words or plain.startswith(beginnings)


def hull(boxes: list[BBox]) -> BBox:
    """The box around several boxes."""
    lefts, tops, rights, lows = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(lows))
