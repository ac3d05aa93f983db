"""Recommendations: where they stand in an audit report, to whom they are given, and each only once.

A report is gone through line by line. A sentence ("Vi rekommenderar nämnden att:") or a heading ("Rekommendationer") opens a
list; what stands in it counts. Outside lists a sentence counts when it says that it recommends; a mere "bör" or "behöver" counts
beside such a sentence, or in the judgements of a report that has no other recommendations (docs/decisions/0006-recommendations.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.layout.blocks import Heading, Table
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.recipients import Memory, addressee, is_addressee
from extractors.reports.recommendations_found import Found, Lead
from extractors.reports.recommendations_tables import read_table
from extractors.reports.recommendations_text import is_strong, known_bodies, run_on, without_closing
from extractors.swedish import names
from extractors.swedish.answers import is_verdict
from extractors.swedish.recommending import (
    Recommending,
    acting_body,
    find_lead_in,
    find_recommending,
    is_heading_of,
    opens_like_one,
    split_infinitives,
)

_MIXED_HEADING = words("mixed_heading")
_JUDGEMENT = words("judging_chapter")
_ELSEWHERE = words("recommendations_elsewhere")
_NO_BODY = re.compile(r"\batt kommunen\b", re.I)
"""What is asked of "kommunen" names no body that could answer."""
_OURS = {"important_to_us", "important_in_our_view", "gladly_see", "expects", "urge", "body_is_urged", "reason_to", "passes_on"}
"""Rules for what the auditors themselves ask for in soft words: it counts beside "vi rekommenderar" where the report lists nothing."""
_NO_FALLBACK = words("title_without_own")
_LABEL = words("recommendation_label")


class Finder:
    """Goes through the lines of one report and gathers the places where something is recommended."""

    def __init__(self, context: Context, audited: tuple[str, ...], *, retold: bool = False) -> None:
        """`audited`: the bodies that the audit covers; `retold`: whether the report goes through earlier recommendations."""
        self.has_retold = retold
        self.context = context
        self.memory = Memory(context, audited=audited)
        self.found: list[Found] = []
        self.soft: list[Found] = []
        self.lead: Lead | None = None
        self.groups = self.last_depth = 0
        self.listed = False

    def read(self, lines: Sequence[Line]) -> list[Found]:
        """All places; those that only say bör or behöver count where there are no others."""
        self.memory.known = known_bodies(lines) | set(self.memory.audited)
        for index, line in enumerate(lines):
            following = lines[index + 1] if index + 1 < len(lines) else None
            if line.kind == "heading":
                self._heading(line)
            elif self._retold(line):
                self.lead = None
            elif line.kind == "table":
                self._table(line)
            elif line.kind == "item":
                self._item(line)
            elif line.kind == "paragraph":
                self._paragraph(line, following)
        if self.found and not self.listed:
            return [*self.found, *(f for f in self.soft if f.rule in _OURS and not _NO_BODY.search(f.printed))]
        return self.found or self._fallback(lines)

    # --- headings

    def _retold(self, line: Line) -> bool:
        """Whether a line stands under a heading that goes through earlier recommendations."""
        title = self.context.document.title.casefold()
        headings = [h for h in self.context.headings_of(line.block) if (h.text.casefold() not in title and h.level > 1) or h.number]
        return any(
            is_heading_of("earlier", h.text) and not is_heading_of("recommendations", h.text) and not h.text.endswith("?")
            for h in headings[-2:]
        )

    def _heading(self, line: Line) -> None:
        assert isinstance(line.block, Heading)
        text, level = line.text, line.block.level
        if text.rstrip(" :").endswith((" att", " bör")) and (said := find_lead_in(text)):
            self._open(Lead(said.to, said.rule, self._group(), True, True, level))
        elif self.lead and is_addressee(text) and (not line.block.number or level > self.lead.level):
            self._point(addressee(text))
        elif is_heading_of("recommendations", text) and not is_heading_of("earlier", text):
            generic = re.search(r"\btill (nämnden|styrelsen|bolaget|direktionen)$", text.strip(" :"), re.I)
            to = names.body_in_heading(text, whole=False) or (generic[1] if generic else None)
            self._open(Lead(to, "heading", self._group(), False, not _MIXED_HEADING.search(text), level))
        elif self.lead and level > self.lead.level and opens_like_one(text, adverbs=False):
            self._add_listed(line, text)
        elif self.lead and (level <= self.lead.level or self.lead.sentence):
            self.lead = None

    def _point(self, body: str) -> None:
        """From here on the list is for this body."""
        assert self.lead
        self.lead = replace(self.lead, to=body)

    def _open(self, lead: Lead) -> None:
        self.lead = lead
        self.listed = True

    def _group(self) -> int:
        self.groups += 1
        return self.groups

    # --- lines of text

    def _item(self, line: Line) -> None:
        if self.lead is None:
            self._prose(line, sentences(line.text), listed=True)
            return
        if is_addressee(line.text):
            self._point(addressee(line.text))
        elif self._below_last(line):
            self._append_to_last(line)
        elif opens_like_one(line.text) or find_recommending(line.text) or self._can_stand(line):
            self._add_listed(line, line.text)

    def _can_stand(self, line: Line) -> bool:
        """Whether an item that does not begin as a recommendation can be one: the list is of nothing else, and it is no verdict."""
        assert self.lead
        return (self.lead.sentence or self.lead.pure) and not is_verdict(sentences(line.text)[0])

    def _paragraph(self, line: Line, following: Line | None) -> None:
        label = _LABEL.match(line.text)
        if label:
            self._labelled(line, label["text"])
            return
        parts = sentences(line.text)
        last = find_lead_in(parts[-1]) if parts else None
        if last and self._announces(parts[-1], following):
            self._prose(line, parts[:-1])
            level = self._level(line)
            self._open(Lead(last.to or self._lead_body(), last.rule, self._group(), True, True, level))
            return
        if self.lead is None:
            self._prose(line, parts)
            return
        if is_addressee(line.text):
            self._point(addressee(line.text))
        elif not self._listed_paragraph(line, parts):
            self._prose(line, parts)
            if self.lead and self.lead.sentence:
                self.lead = None

    def _labelled(self, line: Line, text: str) -> None:
        """A line "Rekommendation: …" after a judgement; in a report that goes through earlier ones it labels an earlier one."""
        if self.has_retold:
            self.lead = None
            return
        self._open(Lead(None, "label", self._group(), True, True, self._level(line)))
        if text:
            self._add_listed(line, text)

    def _lead_body(self) -> str | None:
        """The body that a heading gave, for a lead-in under it that names none."""
        return self.lead.to if self.lead and not self.lead.sentence else None

    def _announces(self, sentence: str, following: Line | None) -> bool:
        """Whether something that can be a recommendation stands after a lead-in."""
        if sentence.rstrip().endswith(":"):
            return True
        if following is None:
            return False
        if following.kind == "heading":
            return is_addressee(following.text)
        return following.kind in ("item", "table") or opens_like_one(following.text) or find_recommending(following.text) is not None

    def _level(self, line: Line) -> int:
        headings = self.context.headings_of(line.block)
        return headings[-1].level if headings else 0

    def _listed_paragraph(self, line: Line, parts: list[str]) -> bool:
        """A paragraph of an open list: one recommendation with what explains it, or several that run into each other."""
        assert self.lead
        if find_recommending(parts[0]) is None and not opens_like_one(line.text, adverbs=False):
            return False
        for piece in run_on(line.text):
            pieces = sentences(piece)
            starts = [i for i, s in enumerate(pieces) if i == 0 or is_strong(s)] or [0]
            for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
                self._add_listed(line, " ".join(pieces[start:end]))
        return True

    def _add_listed(self, line: Line, printed: str) -> None:
        assert self.lead
        printed = re.sub(r"^(?:rekommendation \d{1,2}|R\s?\d{1,2})[.:)]\s*", "", without_closing(printed), flags=re.I)
        first = sentences(printed)[0] if printed else ""
        found = find_recommending(first)
        if found and found.strength == "strong":
            text = (found.what + printed[len(first) :]).strip()
            to = found.to or self.lead.to
        else:
            named = re.search(r"\(([^()]{4,90})\)\W*$", printed)
            own = addressee(named[1]) if named and is_addressee(named[1]) else None
            text, to = printed, own or self.lead.to or (found.to if found else None) or acting_body(printed)
        if printed.endswith("?") or len(text.split()) < 2:
            return
        self._keep(line, text, printed, to, self.lead.rule, self.lead.group)

    def _keep(self, line: Line, text: str, printed: str, to: str | None, rule: str, group: int) -> None:
        self.last_depth = line.depth
        recipient = self.memory.resolve(to, line.block)
        self.found.append(Found(text, printed, recipient, line.block, group, rule))

    def _below_last(self, line: Line) -> bool:
        """Whether an item only goes on with the one before: it stands deeper, or in lower case after one in upper case."""
        if not self.found or self.lead is None or self.found[-1].group != self.lead.group or line.page - self.found[-1].block.page > 1:
            return False
        return line.depth > self.last_depth or (line.text[:1].islower() and self.found[-1].printed[:1].isupper())

    def _append_to_last(self, line: Line) -> None:
        last = self.found[-1]
        self.found[-1] = replace(last, text=f"{last.text} {line.text}", printed=f"{last.printed} {line.text}")

    # --- running text

    def _prose(self, line: Line, parts: list[str], *, listed: bool = False) -> None:
        """Sentences outside lists: those that say they recommend, and those that say bör beside them."""
        group, strong_here = 0, False
        for part in parts:
            found = find_recommending(part)
            if found is None:
                continue
            if found.strength == "strong":
                group = group or self._group()
                strong_here = True
                for what in split_infinitives(found.what):
                    self._keep(line, what, part, found.to, found.rule, group)
            elif strong_here and found.rule == "body_should":
                self._keep(line, part, part, found.to, found.rule, group)
            else:
                self._remember_soft(line, part, found)
        if listed and not group:
            return

    def _remember_soft(self, line: Line, part: str, found: Recommending) -> None:
        headings = self.context.headings_of(line.block)
        if (
            any(_JUDGEMENT.search(h.text) for h in headings[-2:])
            or _JUDGEMENT.search(line.block.lead)
            or re.match(r"(?:vi|vår|revision\w*) ", part, re.I)
            or (self.soft and self.soft[-1].block is line.block)
        ):
            recipient = self.memory.resolve(found.to, line.block)
            self.soft.append(Found(part, part, recipient, line.block, self.groups + 1, found.rule, "soft", confidence=0.6))

    def _fallback(self, lines: Sequence[Line]) -> list[Found]:
        """Soft sentences of a report that has no other recommendations and does not say that they stand elsewhere."""
        if _NO_FALLBACK.search(self.context.document.title) or len(self.context.report.pages) < 2:
            return []
        if any(_ELSEWHERE.search(line.text) for line in lines if line.kind in ("paragraph", "item")):
            return []
        return [f for f in self.soft if not f.rule.startswith("thing_") or f.recipient.bodies]

    # --- tables

    def _table(self, line: Line) -> None:
        assert isinstance(line.block, Table)
        rows = read_table(line.block, under_lead=self.lead is not None)
        if not rows:
            return
        self.listed = True
        group = self.lead.group if self.lead else self._group()
        for row in rows:
            found = find_recommending(row.text)
            to = row.to or (found.to if found else None) or (self.lead.to if self.lead else None)
            recipient = self.memory.resolve(to, line.block)
            text = found.what if found and found.strength == "strong" else row.text
            self.found.append(
                Found(text, row.text, recipient, line.block, group, "table", priority=row.priority, page=row.page, bbox=row.bbox)
            )
