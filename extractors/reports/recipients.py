"""To whom a recommendation is given: from the words as printed to the bodies, with "nämnden" and "samtliga nämnder" resolved."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from extractors.layout.blocks import Block
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.metadata_names import is_firm
from extractors.swedish import names

_GENERIC = words("generic_body")
_SHARED = words("all_bodies")


@dataclass(frozen=True, slots=True)
class Recipient:
    """`printed` as the report writes it, first letter upper case; `bodies` each body addressed, canonical."""

    printed: str | None
    bodies: tuple[str, ...] = ()


NOBODY = Recipient(None)

BEFORE = 60
"""How many blocks back the text is asked whom it is about."""


@dataclass(slots=True)
class Memory:
    """What "nämnden" means where it stands: the body named last, and the bodies that the audit covers."""

    context: Context
    last: Recipient = NOBODY
    last_page: int = 0
    audited: tuple[str, ...] = field(default=())
    known: frozenset[str] = field(default=frozenset())
    """Names that the report writes with a capital, which settle where "kretslopp och vattennämnden" begins in mid-sentence."""

    def resolve(self, printed: str | None, block: Block) -> Recipient:
        """The recipient of a recommendation whose words for it are `printed` (None: not said)."""
        if printed is None or _GENERIC.match(printed.strip()):
            return self._unnamed(printed, block)
        if _SHARED.match(printed.strip()):
            return Recipient(_capital(printed), self.audited)
        found = names.split_bodies(printed, self.known)
        bodies = dict.fromkeys(b.name for b in found if b.kind not in ("revision", "kommunfullmaktige") or len(found) == 1)
        if not bodies:
            return self._unnamed(printed, block)
        return self._remember(Recipient(_capital(printed), tuple(bodies)), block)

    def _remember(self, recipient: Recipient, block: Block) -> Recipient:
        self.last, self.last_page = recipient, block.page
        return recipient

    def _unnamed(self, printed: str | None, block: Block) -> Recipient:
        """Who "nämnden", or nobody named, is: by the nearest heading, what was named last, what the text before is about, or
        the only body that the audit covers.
        """
        near = self.context.body_of(block)
        if near and _fits(printed, near):
            return self._remember(Recipient(near, (near,)), block)
        if printed and self.last.bodies and _fits(printed, self.last.bodies[-1]) and block.page - self.last_page <= 1:
            return self.last
        alone = self.context.document.organisation or (self.audited[0] if len(self.audited) == 1 else None)
        fitting = [b for b in self.audited if _fits(printed, b)]
        body = alone or (self._spoken_of(printed, block) if printed else None) or (fitting[0] if printed and len(fitting) == 1 else None)
        if body:
            return self._remember(Recipient(body, (body,)), block)
        if printed and self.last.bodies:
            return self.last
        return Recipient(_capital(printed), ()) if printed else NOBODY

    def _spoken_of(self, printed: str, block: Block) -> str | None:
        """The body of the right kind that the blocks before name most often."""
        blocks = self.context.report.blocks
        at = next((i for i, b in enumerate(blocks) if b is block), 0)
        counts = Counter(
            b.name
            for before in blocks[max(0, at - BEFORE) : at]
            for b in names.find_bodies(before.text)
            if not _GENERIC.match(b.name) and not is_firm(b.name)
        )
        return next((name for name, _ in counts.most_common() if _fits(printed, name)), None)


def is_addressee(text: str) -> bool:
    """Whether a line is nothing but the bodies to whom what follows is addressed: "Till socialnämnden och kommunstyrelsen:"."""
    plain = addressee(text)
    if not plain or len(plain) > 160 or plain.endswith("."):
        return False
    if _SHARED.match(plain):
        return True
    bodies = names.split_bodies(plain)
    covered = sum(b.end - b.start for b in bodies if b.kind != "ovrig")
    return bool(bodies) and covered >= 0.7 * len(re.sub(r"\b(?:och|samt)\b|[,\s]", "", plain))


_PREPOSITION = re.compile(r"^(?:till|för|avseende|rekommendation(?:er)? (?:till|för)) ", re.I)
_SHOULD = re.compile(r" (?:bör|behöver|rekommenderas)(?: att)?$", re.I)


def addressee(text: str) -> str:
    """The bodies of such a line, as printed."""
    return _SHOULD.sub("", _PREPOSITION.sub("", text.strip(" :")))


_KINDS = ("nämnd", "styrelse", "bolag", "förbund", "direktion", "förvaltning", "kommun", "region")


def _fits(printed: str | None, body: str) -> bool:
    """Whether "nämnden" can mean this body; words like "verksamheten" can mean any."""
    if printed is None:
        return True
    low, name = printed.lower(), body.lower()
    if "bolag" in low:
        return "bolag" in name or name.endswith(" ab") or " ab " in name
    kind = next((k for k in _KINDS if k in low), None)
    return kind is None or kind in name


def _capital(text: str) -> str:
    text = text.strip(" ,.:;")
    return text[:1].upper() + text[1:]
