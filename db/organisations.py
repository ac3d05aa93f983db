"""Bodies: one row per body and municipality, with all the names by which it is called.

Names meet by rules first: the report's own abbreviations, one canonical form, the same words in another order or spelling ("Nämnden
för inköp och upphandling" is "Inköps- och upphandlingsnämnden"). Only what differs by a slip of the pen meets by likeness alone. Names
that are alike without being the same are put down as pairs for a person to judge. Nothing meets across municipalities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from sqlite_utils import Database

from extractors.swedish.names import PREFIX, body_kind, canonical_body
from extractors.swedish.stems import stem, stop_words, words
from schema.ids import fold_name, organisation_id

SAME_SCORE, DOUBTFUL_SCORE = 96.0, 84.0
KINDS_BY_STEM = ("nämnd", "förvaltning", "kontor", "stab", "styr", "bolag", "ab", "förbund")
SHORT_FORMS = {"ks": "Kommunstyrelsen", "kf": "Kommunfullmäktige", "rs": "Regionstyrelsen"}
"""Short forms that every municipality uses, where the report gives none of its own."""

ONE_WORD = {stem("byggnad"): "bygg"}
"""Parts of names that are written both ways for one body: "Miljö- och byggnadsnämnden" and "Miljö- och byggnämnden"."""


@dataclass(frozen=True, slots=True)
class Match:
    """The row that a name was found to be, how sure that is (0-100), and by what rule."""

    id: str
    score: float
    rule: str


@lru_cache(maxsize=20_000)
def word_key(name: str) -> frozenset[str]:
    """What a name is made of, whatever the order and spelling: the stems of its words without "och", and of compounds their parts."""
    found: set[str] = set()
    for word in words(name):
        if word in stop_words() and word != "ab":
            continue
        for ending in ("nämnden", "nämnd", "styrelsen", "förvaltningen", "kontoret"):
            if word.endswith(ending) and len(word) > len(ending) + 2:
                found |= {stem(word.removesuffix(ending).removesuffix("s")), stem(ending)}
                break
        else:
            found.add(stem(word.removesuffix("s") if len(word) > 5 else word))
    return frozenset(ONE_WORD.get(part, part) for part in found)


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
        full = self.aliases.get(fold_name(name)) or SHORT_FORMS.get(fold_name(name)) or name
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
        scored = [(fuzz.ratio(fold_name(name), fold_name(other)), i) for i, other, other_kind in others if kind == other_kind]
        best = max(scored, default=(0.0, ""))
        return Match(best[1], round(best[0], 1), "likhet") if best[0] >= SAME_SCORE and len(name) > 12 else None

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
    if score >= DOUBTFUL_SCORE:
        return round(score, 1), "namnen skrivs nästan lika"
    return None
