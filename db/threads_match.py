"""Which records of a scope are the same over the years: candidates by shared rare concepts, judged by features, joined one to one.

A scope is a municipality (or a body that belongs to none): nothing is ever joined across. Everything here is a pure function of the
scope's records, so that making the threads anew always gives what adding documents one by one gave.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from db.similarity import Feature, Subject, overlap, reasons, subject_of, total

MOST_CANDIDATES = 8
LEAST_OVERLAP = 0.2
LONGEST_POSTING = 40
NEAR, LEAST_SUPPORT, SUPPORTED_KIND = 0.1, 2, "rekommendation"
SAME, OTHER_BODY = "samma", "annan_mottagare"


@dataclass(frozen=True, slots=True)
class Record:
    """A goal, recommendation or follow-up as it is matched. `when` orders the documents: year, date, document id."""

    id: str
    kind: str
    document: str
    when: tuple[int, str, str]
    text: str
    bodies: frozenset[str]
    title: str
    """What the document is about: for an audit its title."""
    about_year: int | None = None
    """For a follow-up: the year of the report that it follows."""
    audit: str = ""
    """For a follow-up: the name of the report that it follows."""

    topic: frozenset[str] = frozenset()
    """The concepts that its document's records have in common: what that audit is about, whatever it is called."""

    subject: Subject = field(init=False, compare=False, repr=False)
    """What its text is about."""

    def __post_init__(self) -> None:
        """Work out what it is about once: it is compared with many others."""
        object.__setattr__(self, "subject", subject_of(self.text))


@dataclass(frozen=True, slots=True)
class Join:
    """Two records that were judged to be the same, the earlier first."""

    earlier: Record
    later: Record
    kind: str
    score: float
    features: tuple[Feature, ...]

    @property
    def reasons(self) -> str:
        """Why, as a person reads it."""
        return reasons(self.features)


Judge = Callable[[Record, Record], tuple[list[Feature], float]]
"""Features of a pair and the least score at which it is joined."""


def candidates(records: list[Record]) -> Iterator[tuple[Record, Record]]:
    """Pairs of different documents that share rare concepts: each record (in order of time) with its best few earlier ones."""
    held = Counter(concept for record in records for concept in record.subject.concepts)
    few = max(LONGEST_POSTING, len(records) // 50)
    rare = {concept: 4 + n for concept, n in held.items() if n <= few or len(records) <= few}
    postings: dict[str, list[int]] = {concept: [] for concept in rare}
    first = 0
    for _, of_document in groupby(records, key=lambda r: r.document):
        members = list(of_document)
        for record in members:
            yield from ((earlier, record) for earlier in _likest(record, records, rare, postings))
        for i, record in enumerate(members, first):
            for concept in rare.keys() & record.subject.concepts.keys():
                postings[concept].append(i)
        first += len(members)


def _likest(record: Record, records: list[Record], rare: dict[str, int], postings: dict[str, list[int]]) -> list[Record]:
    """The few earlier records that share most with one, by the weight and rarity of what they share.

    Of those that share the same, as where every board has the same goal, its own body's come first, then the oldest.
    """
    shared: dict[int, float] = defaultdict(float)
    for concept, weight in record.subject.concepts.items():
        if concept in rare:
            worth = weight / rare[concept]
            for j in postings[concept]:
                shared[j] -= worth
    best = sorted(zip(shared.values(), shared, strict=True))
    if len(best) > MOST_CANDIDATES and best[MOST_CANDIDATES - 1][0] == best[MOST_CANDIDATES][0]:
        best.sort(key=lambda s: (s[0], records[s[1]].bodies.isdisjoint(record.bodies), s[1]))
    return [records[j] for _, j in best[:MOST_CANDIDATES]]


def find_joins(records: list[Record], judge: Judge) -> list[Join]:
    """The joins of a scope's records: within each pair of documents one to one by the best sum, then the whole list best first."""
    sure: dict[tuple[str, str, str, str], list[Join]] = defaultdict(list)
    near: dict[tuple[str, str, str, str], list[Join]] = defaultdict(list)
    for earlier, later in candidates(sorted(records, key=lambda r: (r.when, r.id))):
        if overlap(earlier.subject, later.subject) < LEAST_OVERLAP:
            continue
        features, least = judge(earlier, later)
        score = total(features)
        if score >= least - NEAR:
            kind = SAME if not earlier.bodies or not later.bodies or earlier.bodies & later.bodies else OTHER_BODY
            join = Join(earlier, later, kind, round(score, 4), tuple(features))
            where = earlier.document, later.document, earlier.kind, later.kind
            (sure if score >= least else near)[where].append(join)
    found = [join for where, joins in sure.items() for join in _one_to_one(joins + _supported(joins, near[where]))]
    return sorted(found, key=lambda j: (-j.score, j.earlier.id, j.later.id))


def _supported(sure: list[Join], near: list[Join]) -> list[Join]:
    """What just misses the bar counts where two reports have other recommendations in common: they are about the same."""
    held = min(len({j.earlier.id for j in sure}), len({j.later.id for j in sure}))
    return [j for j in near if j.kind == SAME and j.later.kind == SUPPORTED_KIND] if held >= LEAST_SUPPORT else []


def _one_to_one(joins: list[Join]) -> Iterable[Join]:
    """Each record at most once on each side, so that the sum of scores is the best: best first, then exchanged where that gains."""
    by_pair = {(j.earlier.id, j.later.id): j for j in joins}
    chosen: dict[str, str] = {}
    for join in sorted(joins, key=lambda j: (j.kind != SAME, -j.score, j.earlier.id, j.later.id)):
        if join.earlier.id not in chosen and join.later.id not in chosen.values():
            chosen[join.earlier.id] = join.later.id
    changed = True
    while changed:
        changed = any(_exchange(chosen, by_pair, a, b) for a in sorted(chosen) for b in sorted({j.earlier.id for j in joins}) if a != b)
    return [by_pair[pair] for pair in sorted(chosen.items())]


def _exchange(chosen: dict[str, str], by_pair: dict[tuple[str, str], Join], a: str, b: str) -> bool:
    """Let `a` and `b` change partners (b may have had none, and a may find a free one) if that raises the sum."""
    if a not in chosen:
        return False
    old = _score(by_pair, a, chosen[a]) + _score(by_pair, b, chosen.get(b))
    free = [later for earlier, later in by_pair if earlier == a and later not in chosen.values()]
    options = [chosen.get(b), *free]
    best = max(options, key=lambda later: _score(by_pair, a, later))
    new = _score(by_pair, b, chosen[a]) + _score(by_pair, a, best)
    if new <= old + 0.02 or not _score(by_pair, b, chosen[a]):
        return False
    taken = chosen.pop(a)
    chosen[b] = taken
    if best is not None and _score(by_pair, a, best):
        chosen[a] = best
    return True


def _score(by_pair: dict[tuple[str, str], Join], earlier: str, later: str | None) -> float:
    join = by_pair.get((earlier, later)) if later is not None else None
    return join.score if join else 0.0


def group(records: Iterable[Record], joins: Iterable[Join]) -> list[list[Record]]:
    """Threads of two or more: records tied by joins of the kind "samma", best first; two that differ within a report stay apart.

    Each thread is in order of time; threads are in order of their first record.
    """
    threads: dict[str, list[Record]] = {r.id: [r] for r in records}
    for join in joins:
        first, second = threads[join.earlier.id], threads[join.later.id]
        if join.kind != SAME or first is second or _clash(first, second):
            continue
        first.extend(second)
        for record in second:
            threads[record.id] = first
    unique = {id(t): sorted(t, key=lambda r: (r.when, r.id)) for t in threads.values() if len(t) > 1}
    return sorted(unique.values(), key=lambda t: (t[0].when, t[0].id))


def _clash(first: list[Record], second: list[Record]) -> bool:
    """Whether two recommendations or goals of one report would come together: it would not say the same thing twice.

    Follow-ups may: a report that follows up two earlier ones follows what came back in the second twice.
    """
    held = {(r.document, r.kind) for r in first if r.kind != "uppfoljning"}
    return any((r.document, r.kind) in held for r in second)
