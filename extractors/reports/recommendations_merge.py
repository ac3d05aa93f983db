"""Brings the places of a report together: the same recommendation in letter, summary and conclusion becomes one record.

Two places in one list are two recommendations unless they are word for word the same. Between lists each is matched with the
most similar of the other list; how similar they must be depends on whether they go to the same bodies. The record keeps the
most complete wording; every place is a mention as printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from extractors.reports.context import Context
from extractors.reports.recipients import Recipient
from extractors.reports.recommendations_found import Found
from extractors.swedish.content import stem_words
from extractors.swedish.recommending import core
from schema.records import Mention, Recommendation, Trace

SAME_LIST = 97.0
"""Similarity (0-100) at which two places of one list are one recommendation printed twice."""
SAME_BODIES = 78.0
"""... of two lists that address the same bodies."""
WHOLE = 5
"""Words of a wording that make the same recommendation when another list says them and more."""
OTHER_BODIES = 92.0
"""... where one is addressed to some of the other's bodies only ("nämnderna" in the summary, each on its own in the chapters)."""


@dataclass(slots=True)
class _Group:
    members: list[Found] = field(default_factory=list)
    cores: list[str] = field(default_factory=list)


def merge(found: list[Found]) -> list[list[Found]]:
    """The places in groups, one per recommendation, in the order of their first places."""
    groups: list[_Group] = []
    for group_number in sorted({f.group for f in found}, key=lambda g: next(i for i, f in enumerate(found) if f.group == g)):
        _place([f for f in found if f.group == group_number], groups)
    return [g.members for g in groups]


def _place(batch: list[Found], groups: list[_Group]) -> None:
    """Put the places of one list into the groups so far, best matches first, each group taking one of them at most."""
    cores = [core(f.text) for f in batch]
    pairs = sorted(
        ((score, i, j) for i, f in enumerate(batch) for j, g in enumerate(groups) if (score := _score(f, cores[i], g)) > 0),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    placed: dict[int, _Group] = {}
    taken: set[int] = set()
    for _, i, j in pairs:
        if i not in placed and j not in taken:
            placed[i] = groups[j]
            taken.add(j)
    for i, f in enumerate(batch):
        group = placed.get(i) or _twin(cores[i], f, batch[:i], placed, cores)
        if group is None:
            group = _Group()
            groups.append(group)
        placed[i] = group
        group.members.append(f)
        group.cores.append(cores[i])


def _twin(text: str, f: Found, before: list[Found], placed: dict[int, _Group], cores: list[str]) -> _Group | None:
    """The group of an earlier place of the same list that says the very same to the same bodies."""
    for i, other in enumerate(before):
        if _overlap(f, other) == "same" and fuzz.ratio(text, cores[i]) >= SAME_LIST:
            return placed[i]
    return None


def _score(f: Found, text: str, group: _Group) -> float:
    best = 0.0
    for other, other_core in zip(group.members, group.cores, strict=True):
        bodies = _overlap(f, other)
        if bodies == "none":
            continue
        score = similarity(text, other_core)
        if score >= (SAME_BODIES if bodies == "same" else OTHER_BODIES):
            best = max(best, score)
    return best


def similarity(a: str, b: str) -> float:
    """How alike two wordings are, 0-100: by letters, by the stems of their words in any order, or because one goes on where
    the other ends.
    """
    letters = fuzz.ratio(a, b)
    short, long = sorted((a, b), key=len)
    if len(short.split()) >= WHOLE and long.startswith(short):
        return max(letters, OTHER_BODIES - 1)
    if letters >= SAME_BODIES or letters < 45:
        return letters
    return max(letters, fuzz.token_sort_ratio(" ".join(stem_words(a)), " ".join(stem_words(b))))


def _overlap(a: Found, b: Found) -> str:
    """Whether two places go to the same bodies (`same`), to some of the same (`part`) or to others (`none`)."""
    left, right = set(a.recipient.bodies), set(b.recipient.bodies)
    if left == right or not left or not right:
        return "same"
    return "part" if left & right else "none"


def make_records(context: Context, found: list[Found]) -> tuple[Recommendation, ...]:
    """The records of a report's recommendations, each with all its places; a notice for each without a recipient."""
    records = []
    groups = merge(found)
    common = _only_recipient(groups)
    for members in groups:
        best = max(members, key=lambda f: (len(f.recipient.bodies), bool(f.recipient.printed)))
        if not best.recipient.bodies and common:
            best = replace(best, recipient=common)
        text = _fullest(members)
        page, bbox = members[0].where
        mentions = tuple(
            Mention(
                context.ids.next("mention"),
                Trace(*f.where, f"recommendation:{f.rule}", f.confidence),
                f.printed,
                context.section_of(f.block),
            )
            for f in members
        )
        if not best.recipient.printed:
            context.notice("recipient_unknown", f"Mottagare framgår inte: {text[:120]}", page, bbox)
        records.append(
            Recommendation(
                context.ids.next("recommendation"),
                Trace(page, bbox, f"recommendation:{members[0].rule}", max(f.confidence for f in members)),
                text,
                best.recipient.printed,
                best.recipient.bodies,
                next((f.priority for f in members if f.priority), None),
                mentions,
            )
        )
    return tuple(records)


def _only_recipient(groups: list[list[Found]]) -> Recipient | None:
    """The recipient of all recommendations that name one, where it is the same throughout: the others are its too."""
    named = {f.recipient.bodies: f.recipient for members in groups for f in members if f.recipient.bodies}
    return next(iter(named.values())) if len(named) == 1 else None


def _fullest(members: list[Found]) -> str:
    """The most complete wording: the longest, the first of equally long ones; a strong one before a soft one."""
    strong = [f for f in members if f.strength == "strong"] or members
    return max(strong, key=lambda f: len(f.text)).text
