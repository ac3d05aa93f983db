"""Figures on a scan read once more, one under the other in a picture of their own, and the likeliest reading of each kept.

A lone figure in a wide table is what Tesseract reads worst: it drops a minus, puts a one before a seven, or passes it over. Here the
figures of a page are cut out and stacked, read with the data of two languages, and each reading is held against the others, against the
width that so many figures have on the page, and against the pixels: a dash before a figure is a minus whether it was read or not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from extractors.layout.ocr_figures_seen import USUAL, Figure, by_place, decimals_of, figures_in, grown, has_dash, overlooked, stacked
from extractors.layout.ocr_lines import Sheet
from extractors.layout.ocr_pixels import Box
from extractors.layout.ocr_repairs import LOOK_ALIKE, LOOSE_END
from extractors.layout.ocr_tesseract import BLOCK, FIGURES, LANGUAGE, Seen, knows_figures, read_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

WIDTHS = {",": 0.5, ".": 0.5, ":": 0.5, ";": 0.5, " ": 0.55, "%": 1.67, "(": 0.67, ")": 0.67}
"""Widths in figures; all figures are as wide as each other in faces for text."""
OFF, LEAST_KNOWN = 0.45, 4
"""A reading is this far (in figures) from the width seen if it has one figure too many; how many sure readings tell the usual width."""
SHAPE = re.compile(r"^[-+]?(?:\d+|\d{1,3}(?: \d{3})+)(?:[,.]\d+)?(?: %)?$")
AGREED, TOLD, DOUBTFUL = 1.8, 1.2, 40.0
"""Points at which a figure that was passed over is taken in, and below which no two readings agree; confidence of what is taken in."""
POINT = re.compile(r"[.:;]")


def with_second_look(seen: Sequence[Seen], sheet: Sheet, uprights: Sequence[Box], dpi: int) -> list[Seen]:
    """The words with each figure as most readings have it, and with the figures that were passed over where two readings agree."""
    figures = [grown(figure, sheet.gray, seen) for figure in figures_in(seen, uprights)]
    figures += overlooked(sheet.gray, seen, [figure.box for figure in figures])
    if not figures:
        return list(seen)
    readings = read_stack(sheet.gray, figures, dpi)
    unit = usual_width(figures, readings)
    marks = [(has_dash(sheet.gray, figure), decimals_of(sheet.gray, figure, unit)) for figure in figures]
    settled: dict[int, list[Seen]] = {}
    added: list[Seen] = []
    for number, figure in enumerate(figures):
        dash, decimals = marks[number]
        texts = [signed(pointed(reading[number], decimals), figure, dash, unit) for reading in readings]
        text, points = likeliest(texts, figure, unit)
        if figure.is_certain:
            settled[id(figure.words[0])] = renewed(figure, text, doubtful=points < TOLD and len(readings) > 2)
        elif points >= AGREED and SHAPE.match(text):
            added.append(Seen(text, figure.box, DOUBTFUL, (-1, 0, number)))
    dropped = {id(word) for figure in figures for word in figure.words}
    return [new for word in seen if id(word) in settled or id(word) not in dropped for new in settled.get(id(word), [word])] + added


def read_stack(gray: Gray, figures: Sequence[Figure], dpi: int) -> list[list[str]]:
    """The readings of some figures: the first one, then those of the stack with the data for each language."""
    picture, places = stacked(gray, figures)
    readings = [[tidy(figure.text) for figure in figures]]
    for language in (FIGURES, LANGUAGE) if knows_figures() else (LANGUAGE,):
        found = read_words(picture, dpi, mode=BLOCK, language=language)
        readings.append([tidy(text) for text in by_place(found, places)])
    return readings


def tidy(text: str) -> str:
    """A reading as figures are printed: one kind of dash, no specks at its end, figures for letters that look like them."""
    text = re.sub(r"^[—–−~=_-]+\s?(?=[\dOolI|])", "-", text.strip(" '`´’‘*|_")).replace("Yo", "%")
    if sum(c.isdigit() for c in text) * 2 >= sum(c.isalnum() for c in text):
        text = text.translate(LOOK_ALIKE)
    text = re.sub(r"(?<=\d) ?%$", " %", text)
    end = LOOSE_END.match(text)
    return end.group(1) if end else text


def signed(text: str, figure: Figure, dash: bool, unit: float) -> str:
    """A reading with the minus that the pixels show, where there is room for it."""
    if not dash or not text[:1].isdigit():
        return text
    return text if unit and is_off("-" + text, figure, unit) and not is_off(text, figure, unit) else "-" + text


def pointed(text: str, decimals: int) -> str:
    """A reading with the comma that the pixels show; `decimals`: how many figures stand behind it."""
    bare = text.lstrip("-+")
    if not decimals or len(bare) <= decimals:
        return text
    if bare.isdigit():
        return f"{text[:-decimals]},{text[-decimals:]}"
    return re.sub(rf"(?<=\d)[.:;](?=\d{{{decimals}}}$)", ",", text)


def key_of(text: str) -> str:
    """What is compared: the reading without blanks, all points alike."""
    return POINT.sub(",", text.replace(" ", ""))


def likeliest(texts: Sequence[str], figure: Figure, unit: float) -> tuple[str, float]:
    """The reading that most agree on and that is as wide as what is seen, the first of equals, with its points.

    The first text is that of the page, which counts as often as it was read so.
    """
    votes = Counter(key_of(text) for text in texts if text)
    votes[key_of(texts[0])] += max(0, figure.votes - 1)
    best, most = texts[0], -9.0
    for place, text in enumerate(texts):
        points = votes[key_of(text)] - 0.1 * place - (1.5 if SHAPE.match(text) is None else 0.0) - 1.5 * is_off(text, figure, unit)
        if text and points > most:
            best, most = text, points
    return best, most


def expected_width(text: str) -> float | None:
    """The width of a reading without its sign, in figures; None where it holds other letters."""
    bare = text.lstrip("-+")
    if not bare or any(not c.isdigit() and c not in WIDTHS for c in bare):
        return None
    return sum(WIDTHS.get(c, 1.0) for c in bare) - 0.15


def is_off(text: str, figure: Figure, unit: float) -> bool:
    """Whether a reading is a figure wider or narrower than what is seen; a minus may be as long as a figure or half of it."""
    expected = expected_width(text)
    if expected is None:
        return False
    wide = (figure.box[2] - figure.box[0]) / ((unit or USUAL) * figure.size)
    least, most = (0.6, 1.25) if text[:1] in "-+" else (0.0, 0.0)
    slack = OFF + (0.3 if "%" in text else 0.0) + (0.0 if unit else 0.06 * expected)
    return not expected + least - slack <= wide <= expected + most + slack


def usual_width(figures: Sequence[Figure], readings: Sequence[Sequence[str]]) -> float:
    """How wide one figure is, in sizes of the letters, from those on which two readings or more agree; 0 where they are too few."""
    known = []
    for number, figure in enumerate(figures):
        text = readings[0][number]
        votes = sum(key_of(reading[number]) == key_of(text) for reading in readings)
        expected = expected_width(text)
        if figure.words and votes > 1 and expected and expected > 1.5 and text[:1].isdigit():
            known.append((figure.box[2] - figure.box[0]) / (expected * figure.size))
    return median(known) if len(known) >= LEAST_KNOWN else 0.0


def renewed(figure: Figure, text: str, *, doubtful: bool) -> list[Seen]:
    """The words of a figure with the text that was settled on; no votes where it is doubtful."""
    votes = 0 if doubtful and SHAPE.match(text) else max(1, figure.votes)
    if text == tidy(figure.text) and len(figure.words) > 1:
        return [replace(word, votes=votes) for word in figure.words]
    return [replace(figure.words[0], text=text, box=figure.box, confidence=min(w.confidence for w in figure.words), votes=votes)]
