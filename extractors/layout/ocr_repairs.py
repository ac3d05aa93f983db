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
DASHES = re.compile(r"^[—–−-]+(?=\d)")
LOOK_ALIKE = str.maketrans("OoIl|SBTZ", "001115872")
NUMBER = re.compile(r"^[-−–+]?\d[\d ]*(?:,\d+)?%?$")
LOOSE_END = re.compile(r"^([-−–+]?\d[\d ]*(?:,\d+)?)[.,;:'`´’]+$")
DECIMAL = re.compile(r"^[-−–+]?\d+\.\d{1,2}%?$")
SURE, LEAST_MISSED, SOUND = 75.0, 20.0, re.compile(r"^[-−–+]?\d+(?:,\d+)?%?$")
LONGEST_SLIP = 2
"""Letters: a word this short may be a percent sign or a figure read badly."""
HEAD, GROUP = re.compile(r"^[-−–+]?\d{4,6}$"), re.compile(r"^\d{3}$")
FIGURE = re.compile(r"^[-−–+(<>≥≤]*\d[\d.,:]*\)?%?[*]?$")
SIGN = re.compile(r"^[-−–—]$")


def repaired(text: str, *, number_before: bool) -> str:
    """A word with what cannot be so put right. `number_before`: whether the word before it in its cell is a number too."""
    text = DASHES.sub("-", text)
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
    """The words of one reading, with the numbers as another (better at figures) saw them where both see figures, or only it does."""
    result: list[Seen] = []
    numbers = [s for s in second if FIGURE.match(s.text) or s.text == "%"]
    taken: set[int] = set()
    for word in seen:
        figures = is_mostly_figures(word.text)
        found = [n for n, number in enumerate(numbers) if _same_place(word.box, number.box)]
        if not found or not (figures or len(word.text) <= LONGEST_SLIP):
            result.append(word)
            taken.update(found)
            continue
        fresh = [replace(numbers[n], line=word.line) for n in found if n not in taken]
        taken.update(found)
        if len(found) == 1 and figures:
            result.append(better(word, numbers[found[0]]))
        else:
            result += fresh if not is_sound(word) else [word]
    return result + missed(seen, [n for at, n in enumerate(numbers) if at not in taken])


def better(word: Seen, other: Seen) -> Seen:
    """Of two readings of a number the likelier: specks of ink are lost (comma, minus, percent) more often than they are added."""
    first, second = word.text, other.text.replace(".", ",") if DECIMAL.match(other.text) and "." not in word.text else other.text
    if digits_of(first) == digits_of(second):
        return replace(word, votes=2, text=max((first, second), key=lambda text: (sum(not c.isdigit() for c in text), text == first)))
    adds_percent = second.endswith("%") and not first.endswith("%")
    return word if is_sound(word) and not adds_percent else replace(word, text=second, confidence=other.confidence)


def digits_of(text: str) -> str:
    """The figures of a word."""
    return "".join(c for c in text if c.isdigit())


def is_sound(word: Seen) -> bool:
    """Whether a number was read surely and is well formed."""
    return word.confidence >= SURE and SOUND.match(word.text) is not None


def missed(seen: Sequence[Seen], numbers: Sequence[Seen]) -> list[Seen]:
    """Numbers that only the second reading saw, put into the line of the word nearest to them in their row."""
    result = []
    for number in numbers:
        middle = (number.box[1] + number.box[3]) / 2
        row = [word for word in seen if word.box[1] <= middle <= word.box[3]]
        if number.confidence >= LEAST_MISSED and row:
            nearest = min(row, key=lambda word: max(word.box[0] - number.box[2], number.box[0] - word.box[2]))
            result.append(replace(number, line=nearest.line))
    return result


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
