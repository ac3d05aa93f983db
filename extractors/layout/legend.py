"""Keys of signs: a row or column of icons each with its meaning beside it, or words ("Grön = målet uppfylls").

The signs of a key are no results. They are marked (`Icon.in_key`), and every other sign of the report that looks the same carries
their words (`Icon.meaning`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from extractors.layout.blocks import BBox, Color, Icon, Shape
from extractors.layout.icons_boxes import height, overlap, width
from extractors.layout.icons_glyphs import hull
from extractors.layout.rawtypes import RawLine, RawPage, Word

ARROWS: tuple[Shape, ...] = ("arrow_up", "arrow_down", "arrow_flat")

REACH = 90.0
"""Points: how far right of a sign its meaning may begin (the next column of a small table)."""
STEP = 60.0
"""Points: the greatest distance from one sign of a key to the next below it."""
FLUSH = 3.0
"""Points: how much further right one sign of a column may begin than another; on a scan edges vary by one."""
ANNOUNCED_WITHIN = 70.0
LONGEST_UNANNOUNCED = 6
"""Words: without a line that announces a key, its meanings must be short."""
COLOR_STEMS = ("grön", "gul", "röd", "grå")
"""One of these stands in all that tells what colours mean."""
LEAST_SIGNS = 2

Look = tuple[Color, Shape]


@dataclass(frozen=True, slots=True)
class Rules:
    """The expressions of `data/legend.toml`."""

    colors: dict[str, Color]
    announced: re.Pattern[str]
    level: re.Pattern[str]
    colored: re.Pattern[str]
    sentence: re.Pattern[str]
    attained: re.Pattern[str]


@dataclass(slots=True)
class Legend:
    """What a report's keys say: by colour and shape, by colour alone; and which signs (page, box) stand in them."""

    signs: dict[Look, str] = field(default_factory=dict)
    colors: dict[Color, str] = field(default_factory=dict)
    members: set[tuple[int, BBox]] = field(default_factory=set)

    def meaning(self, icon: Icon) -> str:
        """The words for a sign; empty where no key tells."""
        found = self.signs.get((icon.color, icon.shape))
        if found is not None:
            return found
        if icon.color == "other":
            return ""
        alike = {words for (color, _), words in self.signs.items() if color == icon.color}
        if len(alike) == 1 and len({color for color, _ in self.signs}) == len(self.signs):
            return alike.pop()
        return self.colors.get(icon.color, "")

    def holds(self, icon: Icon) -> bool:
        """Whether a sign belongs to a key."""
        return (icon.page, icon.bbox) in self.members


@lru_cache(maxsize=1)
def rules() -> Rules:
    """The rules of `data/legend.toml`, compiled."""
    data = tomllib.loads((files("extractors.layout") / "data" / "legend.toml").read_text(encoding="utf-8"))
    names = ("announced", "level", "coloured", "sentence", "attained")
    return Rules(data["colors"], *(re.compile(data[name], re.IGNORECASE) for name in names))


def find_legend(pages: Sequence[RawPage], found: Sequence[Sequence[Icon]]) -> Legend:
    """All keys of a report; `found` are the signs of each page."""
    legend = Legend()
    for raw, icons in zip(pages, found, strict=True):
        if len(icons) >= LEAST_SIGNS:
            for key in clusters(icons):
                read_key(raw, key, icons, legend)
        low = "\n".join([line.text for line in raw.lines]).lower()
        if not any(word in low for word in COLOR_STEMS):
            continue
        for line in raw.lines:
            for color, words in colored_words(line.text).items():
                legend.colors.setdefault(color, words)
        read_sentences(raw.lines, legend)
    return legend


def read_sentences(lines: Sequence[RawLine], legend: Legend) -> None:
    """Add what sentences say that arrows of a colour mean for a goal. Signs of other shapes go by their colour without that."""
    for i, line in enumerate(lines):
        low = line.text.lower()
        if " pil" not in low or not any(word in low for word in COLOR_STEMS):
            continue
        for match in rules().sentence.finditer(_to_full_stop(lines[i : i + 3])):
            words = match.group("words").strip()
            if match.group("mark") and rules().attained.search(words):
                color = rules().colors[match.group("color").lower()]
                for shape in ARROWS:
                    legend.signs.setdefault((color, shape), words)


def _to_full_stop(lines: Sequence[RawLine]) -> str:
    """The text of some lines up to the last full stop in it: what stands after that may go on elsewhere."""
    text = " ".join(line.text for line in lines)
    return text[: text.rfind(".") + 1]


def with_legend(found: Sequence[Sequence[Icon]], legend: Legend) -> list[list[Icon]]:
    """The signs with what the keys say of them."""
    if not legend.signs and not legend.colors:
        return [list(icons) for icons in found]
    return [[replace(icon, meaning=legend.meaning(icon), in_key=legend.holds(icon)) for icon in icons] for icons in found]


def colored_words(text: str) -> dict[Color, str]:
    """What a line says that colours mean; nothing unless it tells a level: "Gul: bilar" is no key."""
    result: dict[Color, str] = {}
    low = text.lower()
    if not any(word in low for word in COLOR_STEMS):
        return result
    for match in rules().colored.finditer(text):
        words = match.group("words").strip(" ,")
        if rules().level.search(words):
            result[rules().colors[match.group("color").lower()]] = words
    return result


def clusters(icons: Sequence[Icon]) -> list[list[Icon]]:
    """Signs that stand in one column or one row near each other and of which no two are alike: what a key may be made of."""
    shown = [icon for icon in icons if icon.shape not in ("bar", "word")]
    columns: list[list[Icon]] = []
    for upright in flush_left(shown):
        ordered = sorted(upright, key=lambda i: i.bbox[1])
        columns.append(ordered[:1])
        for above, icon in pairwise(ordered):
            if icon.bbox[1] - above.bbox[1] > STEP + height(above.bbox):
                columns.append([])
            columns[-1].append(icon)
    rows: list[list[Icon]] = []
    for icon in sorted(shown, key=lambda i: (round(i.bbox[1] / 6), i.bbox[0])):
        last = rows[-1][-1] if rows else None
        if last and abs(last.bbox[1] - icon.bbox[1]) < 6:
            rows[-1].append(icon)
        else:
            rows.append([icon])
    groups = [group for group in (*columns, *rows) if len(group) >= LEAST_SIGNS]
    return [g for g in groups if len({(i.color, i.shape) for i in g}) == len(g)]


def flush_left(icons: Sequence[Icon]) -> list[list[Icon]]:
    """Signs that begin at nearly the same distance from the left: those of a key stand apart from the results under it."""
    columns: list[list[Icon]] = []
    for icon in sorted(icons, key=lambda i: i.bbox[0]):
        if columns and icon.bbox[0] - columns[-1][-1].bbox[0] <= FLUSH:
            columns[-1].append(icon)
        else:
            columns.append([icon])
    return columns


def read_key(raw: RawPage, key: Sequence[Icon], icons: Sequence[Icon], legend: Legend) -> None:
    """Add a group of signs to the legend, if the words beside them show it to be a key."""
    words = [w for line in raw.lines for w in line.words if not any(_inside(w.bbox, i.bbox) for i in icons)]
    meanings = [meaning_of(icon, key, words) for icon in key]
    if not all(meanings) or len(set(meanings)) < len(meanings):
        return
    level = [bool(rules().level.search(text)) for text in meanings]
    announced = is_announced(key, raw.lines)
    if announced:
        good = sum(level) * 2 >= len(level)
    else:
        good = all(level) and all(len(text.split()) <= LONGEST_UNANNOUNCED for text in meanings) and not has_subject(key, words)
    if not good:
        return
    for icon, text in zip(key, meanings, strict=True):
        legend.signs.setdefault((icon.color, icon.shape), text)
        legend.members.add((icon.page, icon.bbox))


def _inside(box: BBox, other: BBox) -> bool:
    """Whether the centre of a box lies in another."""
    return other[0] <= (box[0] + box[2]) / 2 <= other[2] and other[1] <= (box[1] + box[3]) / 2 <= other[3]


def meaning_of(icon: Icon, key: Sequence[Icon], words: Sequence[Word]) -> str:
    """The words at the right of a sign, up to the next sign in its row and down to the next in its column."""
    x0, y0, x1, y1 = icon.bbox
    right = min((i.bbox[0] for i in key if i.bbox[0] > x1 and overlap(i.bbox[1], i.bbox[3], y0, y1) > 0), default=1e9)
    below = min((i.bbox[1] for i in key if i.bbox[1] >= y1 - 2 and abs(i.bbox[0] - x0) < 6), default=y1 + height(icon.bbox))
    middle = (y0 + y1) / 2
    row = [w for w in words if w.bbox[0] >= x1 - 1 and w.bbox[2] <= right and w.bbox[1] <= middle <= w.bbox[3]]
    if not row or min(w.bbox[0] for w in row) - x1 > REACH:
        return ""
    first = min(row, key=lambda w: w.bbox[0])
    line_height = height(first.bbox)
    near = [w for w in words if first.bbox[0] - 2 <= w.bbox[0] < right and y0 - line_height <= w.bbox[1] < below - 0.4 * line_height]
    chosen = _without_gaps(sorted(near, key=lambda w: (w.line, w.bbox[0])), first)
    return " ".join(w.text for w in chosen).strip(" =–—:-")


def _without_gaps(words: Sequence[Word], first: Word) -> list[Word]:
    """Words from the first on, as long as no wide gap parts them and each line follows closely on the one before."""
    chosen: list[Word] = []
    for word in words:
        if word.bbox[1] < first.bbox[1] - 3:
            continue
        if chosen:
            last = chosen[-1]
            if word.line == last.line and word.bbox[0] - last.bbox[2] > 2.5 * word.size:
                continue
            if word.bbox[1] - last.bbox[1] > 1.9 * height(last.bbox):
                break
        chosen.append(word)
    return chosen


def is_announced(key: Sequence[Icon], lines: Sequence[RawLine]) -> bool:
    """Whether a line above the signs, or at their left, says that a key follows."""
    box = hull([icon.bbox for icon in key])
    for line in lines:
        above = 0 <= box[1] - line.bbox[1] <= ANNOUNCED_WITHIN
        left = line.bbox[0] < box[0] and overlap(line.bbox[1], line.bbox[3], box[1], box[3]) > 0
        near = line.bbox[0] < box[2] + 2 * REACH and line.bbox[2] > box[0] - 2 * REACH
        if (above or left) and near and len(line.text) < 200 and rules().announced.search(line.text):
            return True
    return False


def has_subject(key: Sequence[Icon], words: Sequence[Word]) -> bool:
    """Whether words stand at the left of the signs in their rows, as the things judged do in a list of results."""
    for icon in key:
        before = [w for w in words if w.bbox[2] <= icon.bbox[0] + 1]
        least = 0.4 * min(height(icon.bbox), width(icon.bbox))
        left = [w for w in before if overlap(w.bbox[1], w.bbox[3], icon.bbox[1], icon.bbox[3]) > least]
        others = [i for i in key if i is not icon and i.bbox[2] <= icon.bbox[0]]
        if left and not any(o.bbox[0] < min(w.bbox[0] for w in left) for o in others) and not left[-1].text.endswith(":"):
            return True
    return False
