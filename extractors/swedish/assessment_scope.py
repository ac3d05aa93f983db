"""What of a sentence's labels counts for the judgement: joined phrases, and clauses that hold no verdict taken out.

The rules stand in `data/assessment_scope.toml`, each with examples. They turn "kan i dagsläget inte bedömas" into one label, take
out purposes, contributions, concessions, indirect questions and what is said of an earlier year, and turn "under målet" into
"over" where less is better (sick leave, waiting times, costs).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from extractors.swedish.pipeline import BREAK, COMMA, PLAIN, Alphabet, load_data

SCOPE = "assessment_scope"


@dataclass(frozen=True, slots=True)
class Join:
    """A row of labels that is read as one label."""

    regex: re.Pattern[str]
    letter: str
    kept: str
    after: bool

    def apply(self, spelled: str) -> str:
        """The labels with each match made one, which stands first or `after` its first; subjects and negations are kept behind it."""
        return self.regex.sub(self._joined, spelled)

    def _joined(self, match: re.Match[str]) -> str:
        row = match.group()
        return (row[0] if self.after else "") + self.letter + "".join(c for c in row[1:] if c in self.kept)


@dataclass(frozen=True, slots=True)
class Mask:
    """Words of the label `start` take away what follows them, until a comma, a label of `stop` or, unless `through`, a main verb."""

    start: str
    stop: frozenset[str]
    again: bool
    through: bool


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole file, compiled."""

    joins: tuple[Join, ...]
    masks: tuple[Mask, ...]
    elsewhere: frozenset[str]
    predicates: frozenset[str]
    turns: frozenset[str]
    turned: dict[int, str]
    less: re.Pattern[str]


@functools.cache
def load_scope(alphabet: Alphabet) -> Scope:
    """The rules of `assessment_scope.toml` over an alphabet of labels."""
    data, letter = load_data(SCOPE), alphabet.letter
    kept = "".join(map(letter, data["kept"]))
    joins = tuple(
        Join(alphabet.compile(j["pattern"]), letter(j["label"]), "" if j.get("whole") else kept, j.get("after", False))
        for j in data["join"]
    )
    masks = tuple(
        Mask(letter(m["start"]), frozenset(map(letter, m["stop"])), m.get("again", False), m.get("through", False)) for m in data["mask"]
    )
    turned = {ord(letter(a)): letter(b) for pair in data["turned"] for a, b in (pair, pair[::-1])}
    return Scope(
        joins,
        masks,
        frozenset(map(letter, data["elsewhere"])),
        frozenset(map(letter, data["predicates"])),
        frozenset(letter(verb) + letter("MAL") for verb in data["main_verbs"]),
        turned,
        re.compile("|".join(data["less_is_better"]), re.IGNORECASE),
    )


def find_scopes(spelled: str, text: str, goal: str, alphabet: Alphabet) -> list[str]:
    """What to judge of a sentence, in order: without its concessions, and then, where there are some, with them."""
    scope = load_scope(alphabet)
    if scope.less.search(text) or (goal and scope.less.search(goal)):
        spelled = spelled.translate(scope.turned)
    spelled = _without_elsewhere(join_labels(spelled, scope.joins), scope, alphabet.letter("MEN"))
    first = _masked(spelled, scope.masks, scope.turns)
    if any(m.again and m.start in spelled for m in scope.masks):
        return [first, _masked(spelled.replace(COMMA, PLAIN), tuple(m for m in scope.masks if not m.again), scope.turns)]
    return [first]


def join_labels(spelled: str, joins: tuple[Join, ...]) -> str:
    """The labels of a sentence after each join in turn."""
    for join in joins:
        spelled = join.apply(spelled)
    return spelled


def _without_elsewhere(spelled: str, scope: Scope, but: str) -> str:
    """The labels without what a clause on an earlier year or on others says, if another clause judges; its goal stays."""
    if not scope.elsewhere & set(spelled):
        return spelled
    clauses = re.split(f"([{COMMA}{BREAK}{but}])", spelled)
    judging = [c for c in clauses if scope.predicates & set(c)]
    if all(scope.elsewhere & set(c) for c in judging):
        return spelled
    gone = scope.predicates | scope.elsewhere
    kept = ["".join(PLAIN if scope.elsewhere & set(clause) and c in gone else c for c in clause) for clause in clauses]
    return "".join(kept).replace(but, PLAIN)


def _masked(spelled: str, masks: tuple[Mask, ...], turns: frozenset[str]) -> str:
    """The labels with those taken away that stand behind words of purpose, contribution, question or concession."""
    out: list[str] = []
    inside: Mask | None = None
    by_start = {mask.start: mask for mask in masks}
    for i, letter in enumerate(spelled):
        turned = inside is not None and not inside.through and spelled[i : i + 2] in turns
        if inside is not None and (letter in {COMMA, BREAK} or letter in inside.stop or turned):
            inside = None
        mask = by_start.get(letter)
        if mask is not None and (inside is None or mask.through):
            inside = mask
            out.append(PLAIN)
        elif inside is None:
            out.append(letter)
    return "".join(out)
