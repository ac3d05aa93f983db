"""Fonts that are at hand wherever the project's packages are: the base fonts that PyMuPDF carries, wrapped as OpenType files.

No system font is used, so a remade report looks the same on every machine.
"""

from __future__ import annotations

import io
from pathlib import Path

import pymupdf
from fontTools.agl import AGL2UV
from fontTools.cffLib import CFFFontSet
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import newTable

FACES = {  # PyMuPDF's short name: (family, style name, weight, italic)
    "helv": ("Corpus Sans", "Regular", 400, False),
    "hebo": ("Corpus Sans", "Bold", 700, False),
    "heit": ("Corpus Sans", "Italic", 400, True),
    "tiro": ("Corpus Serif", "Regular", 400, False),
    "tibo": ("Corpus Serif", "Bold", 700, False),
    "tiit": ("Corpus Serif", "Italic", 400, True),
    "zadb": ("Corpus Symbols", "Regular", 400, False),
}
SYMBOLS = {"a71": 0x25CF, "a20": 0x2714, "a24": 0x2718, "a161": 0x279C}  # glyph names of the symbol font
FIXED_TIME = 3786912000  # 2024-01-01 in seconds since 1904: no font differs from one day to the next


def make_fonts(folder: Path) -> dict[str, Path]:
    """Write the font files into `folder`; returns the path of each face by its short name."""
    folder.mkdir(parents=True, exist_ok=True)
    return {short: _make_face(short, folder) for short in FACES}


def _make_face(short: str, folder: Path) -> Path:
    family, style, weight, italic = FACES[short]
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(pymupdf.Font(short).buffer), None)
    top = fonts[0]
    glyphs = top.getGlyphOrder()
    builder = FontBuilder(1000, isTTF=False)
    builder.font.sfntVersion = "OTTO"
    builder.setupGlyphOrder(glyphs)
    builder.setupCharacterMap(_characters(glyphs))
    strings = {name: top.CharStrings[name] for name in glyphs}
    widths = {}
    for name, string in strings.items():
        string.decompile()
        string.draw(_NoPen())
        widths[name] = (round(string.width), 0)
    builder.setupHorizontalMetrics(widths)
    builder.setupHorizontalHeader(ascent=905, descent=-212)
    names = {"familyName": family, "styleName": style, "psName": f"{family.replace(' ', '')}-{style}"}
    builder.setupNameTable(names)
    builder.setupOS2(
        sTypoAscender=905,
        sTypoDescender=-212,
        usWinAscent=905,
        usWinDescent=212,
        usWeightClass=weight,
        fsSelection=(32 if weight > 400 else 0) | (1 if italic else 0) or 64,
    )
    builder.setupPost()
    table = newTable("CFF ")
    table.cff = fonts
    fonts.fontNames = [names["psName"]]
    builder.font["CFF "] = table
    builder.font["head"].created = builder.font["head"].modified = FIXED_TIME
    builder.font["head"].macStyle = (1 if weight > 400 else 0) | (2 if italic else 0)
    builder.font.recalcTimestamp = False
    path = folder / f"{names['psName']}.otf"
    builder.save(path)
    return path


def _characters(glyphs: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for name in glyphs:
        code = SYMBOLS.get(name) or AGL2UV.get(name)
        if code is not None:
            found.setdefault(code, name)
    for code, same in ((0xA0, "space"), (0x2010, "hyphen"), (0x2011, "hyphen"), (0x2009, "space"), (0x202F, "space")):
        if same in glyphs:
            found.setdefault(code, same)
    return found


class _NoPen:
    """Draws nothing; a charstring knows its width once it has been drawn."""

    def __getattr__(self, name: str) -> object:
        return lambda *args, **kwargs: None
