"""Earlier recommendations outside tables: a block for each, a list judged as a whole, or a sentence for each in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.layout.blocks import BBox, Block, Heading
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, sentences
from extractors.swedish.actions import is_action
from extractors.swedish.answers import Answer, parse_status
from extractors.swedish.recommending import find_recommending, is_heading_of, opens_like_one

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RETOLD = words("retold")
_LABEL = words("earlier_label")
_ONE = words("earlier_one")
_JUDGE = words("status_label")
_BRACKETS = re.compile(r"\s*(?:\((?P<s1>[^()]{2,40})\)|[–—-] (?P<s2>[\wåäöÅÄÖ ]{2,40}))\.?$")
_SETTLED = words("settled_heading")
_ASKED = words("earlier_asked")
_LABELLED = re.compile(r"^\W*(?:tidigare )?rekommendation\s*(?:\d{1,2}\s*[:.]|:)", re.I)
_BEFORE = re.compile(r"(?P<status>\w+(?: \w+){0,2})(?:\s*:| [–—-])\s+(?P<text>[A-ZÅÄÖ].{10,})$")
_ABOUT = words("about_earlier")
_OWN_VERDICT = words("own_verdict")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier recommendation with what is known of it so far."""

    text: str
    block: Block
    page: int
    bbox: BBox
    rule: str
    status: Answer | None = None
    year: int | None = None


def _is_whole(text: str) -> bool:
    """Whether the words behind a label are the recommendation itself: three words, or two that ask ("Utbilda chefer")."""
    found = text.split()
    return len(found) > 2 or (len(found) == 2 and is_action(found[0]))


class EarlierBlocks:
    """Earlier recommendations outside tables, and the judgement that follows each or all of them."""

    def __init__(self, context: Context) -> None:
        """`context`: the report that goes through them."""
        self.context = context
        self.found: list[Earlier] = []
        self.waiting: list[Earlier] = []
        self.listing = self.judging = self.label = False
        self.year: int | None = None
        self.settled: Answer | None = None

    def read(self, lines: Sequence[Line]) -> list[Earlier]:
        """All that the lines tell, those without a status among them."""
        for line in lines:
            if line.kind == "heading":
                self._heading(line)
            elif line.kind in ("paragraph", "item"):
                self._text(line)
        self._give_up()
        return self.found

    def _heading(self, line: Line) -> None:
        self.settled = parse_status(line.text) if "uppfölj" in self.context.document.title.lower() and _SETTLED.match(line.text) else None
        assert isinstance(line.block, Heading)
        numbered = line.block.number or re.search(r"\d|:", line.text)
        label = _LABEL.match(line.text) if numbered else None
        if label and not is_heading_of("earlier", line.text.removesuffix(label["text"])):
            self._give_up()
            self.label = True
            if _is_whole(label["text"]):
                self._wait(line, label["text"], "followup_block")
            return
        self.judging = bool(_JUDGE.match(line.text)) and len(line.text.split()) <= 5
        self.listing = False
        if not self.judging and self._deeper_than_waiting(line):
            self._give_up()

    def _deeper_than_waiting(self, line: Line) -> bool:
        assert isinstance(line.block, Heading)
        if not self.waiting:
            return True
        headings = self.context.headings_of(self.waiting[0].block)
        return not headings or line.block.level <= headings[-1].level

    def _told_in_prose(self, line: Line) -> bool:
        """Earlier recommendations told one sentence each with what became of them: "Den första, att …, har genomförts"."""
        if not ("rekommendation" in line.text.lower() or "förslag" in line.text.lower()):
            return False
        parts = sentences(line.text)
        ones = [(m["text"].strip(" ,"), status) for p in parts if (m := _ONE.match(p)) and (status := parse_status(m["told"]))]
        years = YEAR.findall(line.text)
        year = int(years[0]) if years else None
        place = (line.block, line.page, line.block.bbox)
        self.found += [Earlier(text.removeprefix("att "), *place, "followup_prose", status, year) for text, status in ones]
        return bool(ones)

    def _asked_in_prose(self, line: Line) -> bool:
        """An earlier recommendation in a sentence, judged later in the same paragraph: "… rekommenderades nämnden att …. Vi bedömer …"."""
        if "rekommender" not in line.text.lower():
            return False
        parts = sentences(line.text)
        asked = [(n, m) for n, part in enumerate(parts) if (m := _ASKED.search(part))]
        if len(asked) != 1:
            return False
        at, match = asked[0]
        status = next((parse_status(part) for part in parts[at + 1 :] if self._says_status(part)), None)
        years = YEAR.findall(" ".join(parts[: at + 1]))
        if status:
            year = int(years[-1]) if years else None
            self.found.append(Earlier(match["text"].strip(" ."), line.block, line.page, line.block.bbox, "followup_prose", status, year))
        return status is not None

    def _text(self, line: Line) -> None:
        if self._told_in_prose(line) or self._asked_in_prose(line) or self._told_by_item(line) or self._asked(line):
            return
        head = _JUDGE.match(line.text)
        if head and self.waiting and (head["colon"] or head.end() == len(line.text)):
            self.judging = True
            rest = line.text[head.end() :]
            if rest:
                self._judge(line, rest)
            return
        if self.waiting and (self.judging or self._says_status(line.text)):
            self._judge(line, line.text)
        elif line.kind == "item" and (told := self._told_in_brackets(line)):
            self._give_up()
            self.found.append(told)
        elif self.listing and self._listed(line):
            self._wait(line, line.text, "followup_list")
        else:
            self._open_list(line)

    def _told_by_item(self, line: Line) -> bool:
        """An item that has its status before it, or under a heading that settles all of its list."""
        if line.kind != "item":
            return False
        told = self._told_before(line)
        if told is None and self.settled:
            whole = Earlier(line.text, line.block, line.page, line.block.bbox, "followup_list", self.settled)
            told = self._told_in_brackets(line) or whole
        self.found += [told] if told else []
        return told is not None

    def _asked(self, line: Line) -> bool:
        """A line that is an earlier recommendation, or the label of one: what follows is to judge it."""
        label = _LABEL.match(line.text) if line.kind == "paragraph" else None
        if label and (line.text.rstrip().endswith(":") or _LABELLED.match(line.text)):
            self._give_up()
            self.label = True
            if _is_whole(label["text"]):
                self._wait(line, label["text"], "followup_block")
                self.label = False
            return True
        if self.label and not self.waiting:
            self._wait(line, line.text, "followup_block")
            self.label = False
            return True
        if self._stands_bold(line):
            self._give_up()
            self._wait(line, line.text, "followup_block")
            return True
        return False

    def _stands_bold(self, line: Line) -> bool:
        """Whether a paragraph is an earlier recommendation in bold letters under a heading that goes through them."""
        if line.kind != "paragraph" or not line.block.style.bold or not opens_like_one(line.text):
            return False
        return any(is_heading_of("earlier", h.text) for h in self.context.headings_of(line.block)[-1:])

    @staticmethod
    def _says_status(text: str) -> bool:
        """Whether a paragraph without a label is the auditors' judgement on the recommendation: "Vi bedömer att rekommendationen är …"."""
        first = sentences(text)[0] if text else ""
        begins = _OWN_VERDICT.match(first) or re.match(r"rekommendationen (?:bedöms|anses|får anses|kvarstår|är|har)\b", first, re.I)
        return bool(begins) and "rekommendation" in first.lower() and parse_status(first) is not None

    def _listed(self, line: Line) -> bool:
        return line.kind == "item" or opens_like_one(line.text) or find_recommending(sentences(line.text)[0]) is not None

    def _told_in_brackets(self, line: Line) -> Earlier | None:
        """An item with its status in brackets or behind a dash at its end: "Nämnden bör ta fram en rutin (genomförd)"."""
        match = _BRACKETS.search(line.text)
        headings = self.context.headings_of(line.block)[-2:]
        if not match or not (self.listing or any(is_heading_of("earlier", h.text) for h in headings)):
            return None
        status = parse_status(match["s1"] or match["s2"])
        text = line.text[: match.start()].strip()
        return Earlier(text, line.block, line.page, line.block.bbox, "followup_list", status, self.year) if status else None

    def _told_before(self, line: Line) -> Earlier | None:
        """An item with its status before it, in a report that follows up: "Genomförd: Nämnden bör ta fram en rutin"."""
        match = _BEFORE.match(line.text)
        if not match or "uppfölj" not in self.context.document.title.lower():
            return None
        text, status = match["text"].strip(), parse_status(match["status"])
        asks = opens_like_one(text) or find_recommending(text) is not None
        return Earlier(text, line.block, line.page, line.block.bbox, "followup_list", status, self.year) if status and asks else None

    def _open_list(self, line: Line) -> None:
        parts = sentences(line.text)
        self.listing = line.kind == "paragraph" and any(_RETOLD.search(part) for part in parts[-2:])
        if self.listing:
            self._give_up()
            years = YEAR.findall(line.text)
            self.year = int(years[-1]) if years else None

    def _wait(self, line: Line, text: str, rule: str) -> None:
        self.waiting.append(Earlier(text.strip(), line.block, line.page, line.block.bbox, rule, None, self.year))

    def _judge(self, line: Line, text: str) -> None:
        """A status for all that wait, from a short word at the beginning or a sentence that speaks of the recommendation."""
        short = len(text.split()) <= 6
        for n, part in enumerate([text] if short else sentences(text)):
            word = n == 0 and len(part.split()) <= 3
            status = parse_status(part) if short or word or _ABOUT.search(part) else None
            if status:
                self.found += [replace(e, status=Answer(status.value, status.phrase)) for e in self.waiting]
                self.waiting, self.judging = [], False
                return

    def _give_up(self) -> None:
        """Put down without a status what still waits."""
        self.found += self.waiting
        self.waiting, self.label, self.judging = [], False, False
