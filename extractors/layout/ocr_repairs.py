"""Small mistakes of OCR put right where only one reading makes sense: letters within numbers, brackets round a nought, split thousands.

Nothing is guessed from the meaning: a word that could be two things stays as it was seen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.ocr_tesseract import Seen

BRACKETED = re.compile(r"^[(\[{]?([0O])[)\]}]?$")
MIXED = re.compile(r"^([-−–+]?)([0-9OoIl|SBTZ]{2,})([,.:]?)(%?)$")
POINTED = re.compile(r"^[-−–+]?\d{1,3}(?:\.\d{3})+$")
"""Swedish parts thousands by blanks; a point before three figures is a speck in such a blank."""
LOOK_ALIKE = str.maketrans("OoIl|SBTZ", "001115872")
NUMBER = re.compile(r"^[-−–+]?\d[\d ]*(?:,\d+)?%?$")
LOOSE_END = re.compile(r"^([-−–+]?\d[\d ]*(?:,\d+)?)[.,;:'`´’]+$")
HEAD, GROUP = re.compile(r"^[-−–+]?\d{4,6}$"), re.compile(r"^\d{3}$")
FIGURE = re.compile(r"^[-−–+(<>≥≤]*\d[\d.,:]*\)?%?[*]?$")
SIGN = re.compile(r"^[-−–—]$")


def repaired(text: str, *, number_before: bool) -> str:
    """A word with what cannot be so put right. `number_before`: whether the word before it in its cell is a number too."""
    match = BRACKETED.match(text)
    if match:
        return "0"
    if POINTED.match(text):
        return text.replace(".", " ")
    match = MIXED.match(text)
    digits = sum(c.isdigit() for c in text)
    if match and digits and (digits * 2 >= len(match.group(2)) or number_before):
        return match.group(1) + match.group(2).translate(LOOK_ALIKE) + match.group(3) + match.group(4)
    return text


def repaired_part(part: Sequence[Seen]) -> list[Seen]:
    """The words of one cell or line part: put right one by one, then numbers made whole (a year's comma at the end, "1131 226")."""
    words: list[Seen] = []
    for seen in part:
        before = bool(words) and NUMBER.match(words[-1].text) is not None
        words.append(replace(seen, text=repaired(seen.text, number_before=before)))
    if words and all(NUMBER.match(w.text) or LOOSE_END.match(w.text) or SIGN.match(w.text) for w in words):
        last = LOOSE_END.match(words[-1].text)
        if last:
            words[-1] = replace(words[-1], text=last.group(1))
        words = joined_thousands(words)
    return words


def joined_thousands(words: Sequence[Seen]) -> list[Seen]:
    """A number whose first group was read together ("1131 226" for "1 131 226") in one piece, grouped by threes."""
    if len(words) < 2 or not HEAD.match(words[0].text) or not all(GROUP.match(w.text) for w in words[1:]):
        return list(words)
    sign = words[0].text[0] if not words[0].text[0].isdigit() else ""
    digits = "".join(w.text for w in words).removeprefix(sign)
    grouped = f"{int(digits):,}".replace(",", " ")
    boxes = [w.box for w in words]
    box = (boxes[0][0], min(b[1] for b in boxes), boxes[-1][2], max(b[3] for b in boxes))
    return [Seen(sign + grouped, box, min(w.confidence for w in words), words[0].line)]


def with_figures(seen: Sequence[Seen], second: Sequence[Seen]) -> list[Seen]:
    """The words of one reading, with the numbers as another (better at figures) saw them where both see figures."""
    kept: list[Seen] = []
    replaced: list[Seen] = []
    numbers = [s for s in second if FIGURE.match(s.text)]
    taken: set[int] = set()
    for word in seen:
        if not is_mostly_figures(word.text):
            kept.append(word)
            continue
        found = [n for n, number in enumerate(numbers) if _same_place(word.box, number.box)]
        if not found:
            kept.append(word)
        for n in found:
            if n not in taken:
                taken.add(n)
                replaced.append(replace(numbers[n], line=word.line))
    return kept + replaced


def is_mostly_figures(text: str) -> bool:
    """Whether a word may be a number: figures or what looks like them, with signs."""
    return any(c.isdigit() for c in text) and sum(c.isalpha() for c in text) <= sum(c.isdigit() for c in text)


def _same_place(a: tuple[int, int, int, int], b: tuple[int, int, int, int]) -> bool:
    """Whether the centre of one of two boxes lies in the other."""
    for (x0, y0, x1, y1), other in ((a, b), (b, a)):
        x, y = (other[0] + other[2]) / 2, (other[1] + other[3]) / 2
        if x0 <= x <= x1 and y0 <= y <= y1:
            return True
    return False
