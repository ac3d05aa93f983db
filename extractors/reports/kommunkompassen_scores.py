"""Scores of an evaluation's areas: in a box, in a heading, in a line, and in a table of all areas, with the scale they are on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.layout.blocks import Cell, Table
from extractors.reports.audit_words import words
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.recommendations_tables import header_texts
from extractors.swedish.recommending import fold_blanks

_SCORE_HEAD = re.compile(r"poäng|resultat|totalt|summa|nivå|betyg|omdöme|index", re.I)
_OTHER_HEAD = re.compile(
    r"\bmax|möjlig|medel|snitt|riket|samtliga|alla kommuner|förändr|diff|föregående|tidigare|förra|andra|jämför|rank|bäst|median", re.I
)
_MOST_HEAD = re.compile(r"\bmax|möjlig", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SCORE = words("score")
_SCORE_LINE = words("score_line")
_TOTAL = re.compile(r"^(?:delsumma|summa|totalt?|poängsumma|samlat resultat|områdets poäng)\b", re.I)
_TORN = re.compile(r"^(?P<score>\d{1,3}(?:[.,]\d+)?)\s*(?:/|av)$")
_SAID = words("score_said")
_COMPARED = re.compile(
    r"medel|snitt|riket|median|övriga|andra|alla kommuner|förra|föregående|tidigare|senaste|jämför|högre|lägre|bäst", re.I
)
_TRAILING = re.compile(r"[\s:(–—-]+(?P<score>\d{1,3}(?:[.,]\d+)?)\s*(?:(?:/|av)\s*(?P<max>\d{1,4})\s*(?:poäng|p)?|poäng|p)\s*\)?\s*$", re.I)
_SCALE = (
    (re.compile(r"\b(?:max(?:imalt|imum|poäng)?|högst)\D{0,40}\b100\b|\b100 poäng\b|\bav 100\b", re.I), 100.0),
    (re.compile(r"\bfemgradig|\bskala(?:n)?\b[^.]{0,15}\b[01] ?(?:[–-]|till) ?5\b|\bfem nivåer\b", re.I), 5.0),
    (re.compile(r"\bfyrgradig|\bskala(?:n)?\b[^.]{0,15}\b[01] ?(?:[–-]|till) ?4\b|\bfyra nivåer\b", re.I), 4.0),
    (re.compile(r"\btiogradig|\bskala(?:n)?\b[^.]{0,15}\b[01] ?(?:[–-]|till) ?10\b", re.I), 10.0),
)


@dataclass(frozen=True, slots=True)
class Score:
    """A score as printed, with the most that can be had where the same place tells it."""

    value: float
    most: float | None = None


def _score(match: re.Match[str] | None) -> Score | None:
    if not match:
        return None
    groups = match.groupdict()
    value = next((v for k in ("score", "score2", "score3") if (v := groups.get(k))), None)
    most = next((v for k in ("max", "max2", "max3") if (v := groups.get(k))), None)
    if value is None:
        return None
    found = Score(float(value.replace(",", ".")), float(most) if most else None)
    return found if found.most is None or found.value <= found.most else None


def find_score(text: str) -> Score | None:
    """The score that a short line tells: "61 av 100", "Nivå: 3 av 5"; a box that is too narrow tears "48,5 av" off its 100."""
    if len(text.split()) >= 12:
        return None
    return _score(_SCORE_LINE.search(text)) or _score(_SCORE.match(text) or _TORN.match(text))


def said_score(text: str) -> Score | None:
    """The score that the sentences of a paragraph give ("Kommunen får 61 av 100 poäng på området."): not one of other years or
    of the mean, and none where two sentences give different ones.
    """
    if "poäng" not in text:
        return None
    found = {s for part in sentences(text) if not _COMPARED.search(part) and (s := _score(_SAID.search(part)))}
    return found.pop() if len(found) == 1 else None


def split_score(heading: str) -> tuple[str, Score | None]:
    """A heading apart from the score at its end: "Ledarskap (55 av 100)", "Ledarskap – 55 poäng"."""
    match = _TRAILING.search(heading)
    found = _score(match)
    return (heading[: match.start()].strip(), found) if match and found and match.start() > 3 else (heading, None)


def box_score(table: Table) -> tuple[Score, Cell] | None:
    """The one score of a small table under an area's heading, or None: the total row where there is one, else equal numbers."""
    heads = header_texts(table)
    if table.rows > 12 or not any(_SCORE_HEAD.search(h) for h in heads):
        return None
    if totals := total_scores(table):
        return (totals[0][1], totals[0][2]) if len(totals) == 1 and totals[0][1].most == 100 else None
    aside = {i for i, h in enumerate(heads) if _OTHER_HEAD.search(h)}
    newest = score_column(heads)
    numbers = [(c, s) for c in table.cells if c.col not in aside and (s := _score(_SCORE.match(fold_blanks(c.text))))]
    if newest is not None and sum(1 for h in heads if _YEAR.search(h)) > 1:
        numbers = [(c, s) for c, s in numbers if c.col == newest]
    if not numbers or any(s != numbers[0][1] for _, s in numbers):
        return None
    return numbers[0][1], numbers[0][0]


def total_scores(table: Table) -> list[tuple[str, Score, Cell]]:
    """The totals of a table of questions within areas: (label of the area, total, where it stands).

    A part begins at a row without figures ("Område 2 … | Max | Poäng"). Its total is its row of totals, else the sum of its rows where
    the highest possible of these sum to 100.
    """
    heads = header_texts(table)
    column = score_column(heads)
    most_column = next((i for i, h in enumerate(heads) if i and i != column and _MOST_HEAD.search(h)), None)
    if column is None or most_column is None:
        return []
    found: list[tuple[str, Score, Cell]] = []
    part, rows = heads[0], list[tuple[Score, Score, Cell]]()
    for cells in [*table.grid()[max(1, table.header_rows) :], None]:
        label = fold_blanks(cells[0].text) if cells and cells[0] else ""
        cell, most_cell = (cells[column], cells[most_column]) if cells else (None, None)
        value, most = _cell_score(cell), _cell_score(most_cell)
        if value and most and cell and value.value <= most.value:
            if _TOTAL.match(label):
                found.append((part, Score(value.value, most.value), cell))
                rows = []
            else:
                rows.append((value, most, cell))
            continue
        if len(rows) > 1 and sum(most.value for _, most, _ in rows) == 100:
            found.append((part, Score(sum(value.value for value, _, _ in rows), 100.0), rows[-1][2]))
        part, rows = label, []
    return found


def _cell_score(cell: Cell | None) -> Score | None:
    return _score(_SCORE.match(fold_blanks(cell.text))) if cell else None


def score_column(heads: Sequence[str]) -> int | None:
    """The column of the report's own scores: not the highest possible, not the mean of others; of several years the latest.
    None where two columns could be meant.
    """
    own = [i for i, h in enumerate(heads) if i and _SCORE_HEAD.search(h) and not _OTHER_HEAD.search(h)]
    dated = {i: max(int(y) for y in _YEAR.findall(h)) for i, h in enumerate(heads) if i and _YEAR.search(h) and not _OTHER_HEAD.search(h)}
    if len(own) == 1 and not (set(dated) - set(own)):
        return own[0]
    candidates = dated if not own else {i: year for i, year in dated.items() if i in own or re.fullmatch(r"\D{0,4}\d{4}", heads[i])}
    latest = [i for i, year in candidates.items() if year == max(candidates.values())]
    beside_most = any(_MOST_HEAD.search(h) for h in heads)  # "Maxpoäng | 2023"
    return latest[0] if len(latest) == 1 and (len(candidates) > 1 or own or beside_most) else None


def table_scores(lines: Sequence[Line], names: Sequence[str]) -> Iterator[tuple[int, Score]]:
    """Scores in a table of all areas: (index of the name, score)."""
    for line in lines:
        if line.kind != "table":
            continue
        assert isinstance(line.block, Table)
        for label, score, _ in total_scores(line.block):
            if (at := area_of(label, names)) is not None:
                yield at, score
        if line.block.rows < max(3, len(names) // 2):
            continue
        for label, score in labelled_scores(line.block):
            at = area_of(label, names)
            if at is not None:
                yield at, score


def labelled_scores(table: Table) -> Iterator[tuple[str, Score]]:
    """The rows of a table of scores: (label, score)."""
    heads = header_texts(table)
    column = score_column(heads)
    if column is None:
        return
    most_column = next((i for i, h in enumerate(heads) if i and i != column and _MOST_HEAD.search(h)), None)
    for cells in table.grid():
        label, cell = fold_blanks(cells[0].text) if cells[0] else "", cells[column]
        score = _score(_SCORE.match(fold_blanks(cell.text))) if cell else None
        most_cell = cells[most_column] if most_column is not None else None
        most = _score(_SCORE.match(fold_blanks(most_cell.text))) if most_cell else None
        if score and re.search(r"[^\W\d]{3}", label):
            yield label, Score(score.value, score.most or (most.value if most else None))


def plain_name(label: str) -> str:
    """The name of an area without its number."""
    return re.sub(r"^(?:(?:del|huvud)?område\s*)?(?:\d{1,2}[.:)]?)?\s*[–—-]?\s*", "", label, flags=re.I).strip()


def area_of(label: str, names: Sequence[str]) -> int | None:
    """Which of the areas a label names."""
    plain = plain_name(label).casefold()
    return next((i for i, name in enumerate(names) if len(plain) > 5 and fuzz.ratio(plain, name.casefold()) >= 88), None)


def scale_of(lines: Sequence[Line]) -> float | None:
    """The most that an area can have, where the text says it for all: of 100, or on a scale of so many grades."""
    texts = [line.text for line in lines if line.kind == "paragraph"]
    said = [most for pattern, most in _SCALE if any(pattern.search(text) for text in texts)]
    return said[0] if len(said) == 1 else None
