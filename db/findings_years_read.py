"""Outcomes that reports print, by what they tell of: read from the database, and paired table by table over the reports."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from db.findings_relations import is_slip
from extractors.swedish.columns import fold_label, names_restated, outcome_period, says_restated
from extractors.swedish.numbers import in_kronor

LEAST_ALIKE = 4
ALIKE = 0.8
SURE = 0.9
"""Confidence from which a cell is compared: a misread digit would be the commonest difference of all."""
BARE_SUM = 6
"""Letters; shorter labels ("Summa", "Övrigt") mean another thing in each table."""
_MARKED = re.compile(r"[*¹²³⁴⁵]|\d\)\s*$")
"""A footnote: it says what is peculiar about the figure."""


_QUERY = """
    select c.id, d.id, d.title, d.doc_type, coalesce(d.organisation_id, ''), coalesce(c.organisation_id, ''),
        printf('%04d %s %s', coalesce(d.fiscal_year, 0), coalesce(d.period_end, d.published, ''), d.id),
        t.id, coalesce(t.title, ''), t.kind, c.page, c.bbox,
        coalesce(c.group_label, ''), coalesce(c.row_label, ''), coalesce(c.column_label, ''),
        c.text, c.value, coalesce(c.decimals, 0), coalesce(c.unit, t.unit, ''), min(c.confidence, t.confidence)
    from documents d join report_tables t on t.document_id = d.id join table_cells c on c.table_id = t.id
    where coalesce(d.municipality, d.organisation_id, d.id) = ? and d.doc_type in ('delarsrapport', 'arsuppfoljning')
        and t.kind is not null and t.method <> 'ocr' and c.value is not null and c.value <> 0 and c.period is not null
        and coalesce(c.measure, 'utfall') in ('utfall', 'bokslut') and c.confidence >= ? and t.confidence >= ?
    order by c.id"""


@dataclass(frozen=True, slots=True)
class Key:
    """What a figure tells of. `unit` is "kronor" for all money; `rest` is what a column label says besides measure and time."""

    body: str
    table_kind: str
    group: str
    row: str
    rest: str
    period: str
    unit: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A printed outcome: `amount` and `half` (how far its true value may be off) in kronor, or in the unit where it is no money."""

    key: Key
    cell_id: str
    document: str
    title: str
    when: str
    table: str
    page: int
    bbox: str | None
    row_label: str
    column_label: str
    value: float
    decimals: int
    unit: str
    amount: float
    half: float
    confidence: float
    marked: bool


@dataclass(slots=True)
class TablePair:
    """A table of an earlier and one of a later report that tell the same, with the figures that differ."""

    odd: list[tuple[Outcome, Outcome]] = field(default_factory=list)
    alike: int = 0
    amounts: set[float] = field(default_factory=set)
    """By how much figures differ, once each: a row and its sum differ by the same."""

    @property
    def tells_the_same(self) -> bool:
        """Whether enough figures are alike, and nearly all of them."""
        return self.alike >= LEAST_ALIKE and self.alike >= ALIKE * (self.alike + len(self.amounts))


def read_outcomes(connection: sqlite3.Connection, scope: str) -> list[Outcome]:
    """The outcomes that the reports of a scope print in their recognised tables; none of a scope with a single report."""
    reports = connection.execute(
        "select count(*) from documents d where coalesce(d.municipality, d.organisation_id, d.id) = ?"
        " and d.doc_type in ('delarsrapport', 'arsuppfoljning')",
        [scope],
    ).fetchone()[0]
    if reports < 2:
        return []
    found = {
        tuple(row)
        for row in connection.execute(
            "select f.table_id, f.row_label, f.column_label from documents d join findings f on f.document_id = d.id"
            " where coalesce(d.municipality, d.organisation_id, d.id) = ?",
            [scope],
        )
    }
    outcomes = (outcome for row in connection.execute(_QUERY, [scope, SURE, SURE]) if (outcome := _outcome(row)))
    return [o for o in outcomes if (o.table, o.row_label, o.column_label) not in found]


def _outcome(row: Sequence[object]) -> Outcome | None:
    """A row of the query as an outcome; None where its time is not sure or its label names nothing."""
    (
        cell_id,
        document,
        title,
        doc_type,
        owner,
        body,
        when,
        table,
        table_title,
        kind,
        page,
        bbox,
        group,
        label,
        column,
        text,
        value,
        decimals,
        unit,
        sure,
    ) = row
    read = outcome_period(str(column), balance=kind == "balans", yearly=doc_type == "arsuppfoljning")
    name = _folded(str(label))
    if read is None or len(name) <= BARE_SUM or says_restated(str(label)) or says_restated(str(table_title)):
        return None
    period, rest = read
    factor = _kronor(str(unit))
    money, factor = factor is not None, factor or 1.0
    number, places = float(str(value)), int(str(decimals))
    key = Key(f"{owner} {body}", str(kind), _folded(str(group)), name, rest, period, "kronor" if money else _folded(str(unit)))
    return Outcome(
        key=key, cell_id=str(cell_id), document=str(document), title=str(title or "Rapporten"), when=str(when), table=str(table),
        page=int(str(page)), bbox=None if bbox is None else str(bbox), row_label=str(label), column_label=str(column), value=number,
        decimals=places, unit=str(unit), amount=number * factor, half=_half(number, places) * factor, confidence=float(str(sure)),
        marked=bool(_MARKED.search(f"{label}\n{column}\n{text}")),
    )  # fmt: skip


@lru_cache(maxsize=65536)
def _folded(label: str) -> str:
    return fold_label(label).strip(" .:-*¹²³")


@lru_cache(maxsize=256)
def _kronor(unit: str) -> float | None:
    return in_kronor(1.0, unit)


def _half(value: float, decimals: int) -> float:
    """How far the true value may be from the printed one; large amounts in even thousands are rounded to them."""
    rounded = decimals == 0 and abs(value) >= 10_000 and value % 1000 == 0
    return 500.0 if rounded else 0.5 * 10.0**-decimals


def table_pairs(outcomes: Sequence[Outcome]) -> Iterator[TablePair]:
    """Tables of two reports that print the same figures, nearly all of them alike; a figure is compared with the report before."""
    by_key: dict[Key, list[Outcome]] = defaultdict(list)
    twice = Counter((o.key, o.table) for o in outcomes)
    for outcome in outcomes:
        if twice[outcome.key, outcome.table] == 1:  # labels that a table has twice name nothing
            by_key[outcome.key].append(outcome)
    pairs: dict[tuple[str, str], TablePair] = defaultdict(TablePair)
    for same in by_key.values():
        for later in same:
            before = max((o.when for o in same if o.when < later.when), default=None)
            earlier = [o for o in same if o.when == before]
            settled = any(_alike(o, later) for o in earlier)
            for one in earlier:
                _count(pairs[one.table, later.table], one, later, settled=settled)
    for _, pair in sorted(pairs.items()):
        if pair.odd and pair.tells_the_same:
            yield pair


def _count(pair: TablePair, earlier: Outcome, later: Outcome, *, settled: bool) -> None:
    alike = _alike(earlier, later)
    pair.alike += alike
    if not alike:
        pair.amounts.add(difference(earlier, later))
    if not alike and not settled and not (earlier.marked or later.marked) and _same_size(earlier, later):
        pair.odd.append((earlier, later))


def _alike(a: Outcome, b: Outcome) -> bool:
    """Whether two printed figures may be the same: their intervals meet. Costs may stand with and without a minus."""
    return abs(abs(a.amount) - abs(b.amount)) <= (a.half + b.half) * (1 + 1e-9)


def difference(earlier: Outcome, later: Outcome) -> float:
    """By how much the later figure differs, in steps of the coarser last decimal."""
    step = max(earlier.half, later.half) * 2
    return round((later.amount - earlier.amount) / step) * step


def _same_size(a: Outcome, b: Outcome) -> bool:
    """Whether two different figures are likely meant to be one: of the same size, or one slip apart."""
    if (a.amount < 0) != (b.amount < 0):
        return False
    return 0.5 <= a.amount / b.amount <= 2 or (a.unit == b.unit and a.decimals == b.decimals and is_slip(a.value, b.value, a.decimals))


def restated_documents(connection: sqlite3.Connection, documents: Iterable[str]) -> set[str]:
    """Those of the given reports that say that their comparison figures are restated."""
    told = set()
    for document in sorted(documents):
        texts = connection.execute("select text from pages where document_id = ?", [document])
        if any(names_restated(text) for (text,) in texts):
            told.add(document)
    return told
