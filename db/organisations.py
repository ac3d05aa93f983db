"""Bodies: one row per body and municipality, with all the names by which it is called.

Names meet by rules first: the report's own abbreviations, one canonical form, the same words in another order or spelling ("Nämnden
för inköp och upphandling" is "Inköps- och upphandlingsnämnden"). Only what differs by a slip of the pen meets by likeness alone. Names
that are alike without being the same are put down as pairs for a person to judge. Nothing meets across municipalities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlite_utils import Database

from db.organisation_names import SHORT_FORMS, cleaned, is_short_form, place_of, without_form, word_key
from extractors.swedish.names import PREFIX, body_kind, canonical_body
from schema.ids import fold_name, organisation_id

SAME_SCORE, DOUBTFUL_SCORE = 96.0, 84.0
KINDS_BY_STEM = ("nämnd", "förvaltning", "kontor", "stab", "styr", "bolag", "ab", "förbund")


@dataclass(frozen=True, slots=True)
class Match:
    """The row that a name was found to be, how sure that is (0-100), and by what rule."""

    id: str
    score: float
    rule: str


class Directory:
    """Turns the names of bodies in one document into rows of `organisations`, made where there is none."""

    def __init__(self, database: Database, municipality: str | None, aliases: dict[str, str], *, scope: str | None = None) -> None:
        """`municipality`: whose bodies they are; `aliases`: short form -> name, as the report gives them.

        `scope` stands for the municipality where there is none: the federation's name, or the document's id.
        """
        self.database = database
        self.municipality = municipality
        self.scope = municipality or scope
        self.aliases = {fold_name(k): v for k, v in aliases.items()}
        self._known: dict[str, str] = {}

    def resolve(self, name: str | None) -> str | None:
        """The id of the body that goes by `name`, or None for no name."""
        if not name or not name.strip():
            return None
        folded = fold_name(name)
        if folded not in self._known:
            self._known[folded] = self._find_or_make(name.strip())
        return self._known[folded]

    def _find_or_make(self, name: str) -> str:
        full = self.aliases.get(fold_name(name)) or SHORT_FORMS.get(fold_name(name)) or cleaned(name, self.municipality)
        body = canonical_body(full)
        canonical = body.name if body else re.sub(r"\s+", " ", full)
        match = self._find(canonical) or self._make(canonical, body.kind if body else body_kind(canonical))
        self._alias(name, match if fold_name(name) == fold_name(canonical) or match.score < 100 else Match(match.id, 100.0, "regel"))
        prefix = PREFIX.match(name)
        if prefix:
            self._set_parent(match.id, prefix[0])
        return match.id

    def _find(self, name: str) -> Match | None:
        """The row that a canonical name is: by its id, by its words, or but for a slip of the pen."""
        execute = self.database.conn.execute
        key = organisation_id(self.scope, name)
        if execute("select 1 from organisations where id = ?", [key]).fetchone():
            return Match(key, 100.0, "namn")
        kind = body_kind(name)
        others = execute("select id, name, kind from organisations where scope is ? order by id", [self.scope]).fetchall()
        for other_id, other, other_kind in others:
            if kind == other_kind and word_key(other) == word_key(name):
                return Match(other_id, 98.0, "samma ord")
        meant = self._meant(name, others)
        if meant:
            return meant
        scored = [(fuzz.ratio(fold_name(name), fold_name(other)), i) for i, other, other_kind in others if kind == other_kind]
        best = max(scored, default=(0.0, ""))
        return Match(best[1], round(best[0], 1), "likhet") if best[0] >= SAME_SCORE and len(name) > 12 else None

    def _meant(self, name: str, others: list[tuple[str, str, str]]) -> Match | None:
        """The only nämnd that a short form may stand for, or the company that is named without AB."""
        boards = [i for i, other, _ in others if is_short_form(name, other)]
        if len(boards) == 1:
            return Match(boards[0], 90.0, "förkortning")
        bare = without_form(name)
        companies = [i for i, other, kind in others if "bolag" in (kind, body_kind(name)) and without_form(other) == bare]
        is_place = bare in (fold_name(self.municipality or ""), fold_name(place_of(self.municipality)))
        return Match(companies[0], 95.0, "bolagsform") if len(companies) == 1 and not is_place else None

    def _make(self, name: str, kind: str) -> Match:
        """A new row, and pairs with those of the municipality that it resembles."""
        key = organisation_id(self.scope, name)
        execute = self.database.conn.execute
        execute(
            "insert into organisations (id, name, kind, municipality, scope, sort_name) values (?, ?, ?, ?, ?, ?)",
            [key, name, kind, self.municipality, self.scope, fold_name(name)],
        )
        for other_id, other, other_kind in execute(
            "select id, name, kind from organisations where scope is ? and id <> ? order by id", [self.scope, key]
        ).fetchall():
            doubt = likeness(name, other) if kind == other_kind or "ovrig" in (kind, other_kind) else None
            if doubt:
                first, second = sorted((key, other_id))
                execute("insert or ignore into organisation_pairs values (?, ?, ?, ?)", [first, second, *doubt])
        return Match(key, 100.0, "namn")

    def _alias(self, name: str, match: Match) -> None:
        self.database.conn.execute(
            "insert or ignore into organisation_aliases (alias, organisation_id, score, rule) values (?, ?, ?, ?)",
            [name, match.id, match.score, match.rule],
        )

    def _set_parent(self, child: str, prefix: str) -> None:
        """As in "KS/Kommunstaben": the body before the stroke is the parent, where its short form is known."""
        short = fold_name(prefix).strip("/- ")
        parent = self.aliases.get(short) or SHORT_FORMS.get(short)
        if parent and (parent_id := self.resolve(parent)) != child:
            self.database.conn.execute("update organisations set parent_id = ? where id = ?", [parent_id, child])


def likeness(name: str, other: str) -> tuple[float, str] | None:
    """Why two names may be one body, as (score, reason in Swedish); None where nothing speaks for it."""
    a, b = word_key(name), word_key(other)
    score = fuzz.ratio(fold_name(name), fold_name(other))
    telling = {w for w in a & b if w not in KINDS_BY_STEM}
    if telling and (a <= b or b <= a):
        return round(max(score, 80.0), 1), "det ena namnet ingår i det andra"
    if is_short_form(name, other) or is_short_form(other, name):
        return 85.0, "det ena namnet kan vara en förkortning av det andra"
    if score >= DOUBTFUL_SCORE:
        return round(score, 1), "namnen skrivs nästan lika"
    return None
