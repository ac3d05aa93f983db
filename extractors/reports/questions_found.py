"""What the readers of revisionsfrågor hand to each other: questions as asked, and answers as given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.layout.blocks import BBox, Icon
from extractors.reports.audit_words import words
from extractors.reports.granskning_lines import Line, sentences
from extractors.swedish.answers import COLOUR_ANSWERS, Answer, judge_sentence, parse_answer
from extractors.swedish.recommending import fold_blanks

NOUN = words("question_noun")
"""What auditors call their questions."""

LABEL = words("question_label")
"""A question behind its label: "Revisionsfråga 2: …", "Kontrollmål 3. …"."""

ONLY_LABEL = words("question_label_alone")

_PLAIN = words("plain_answer")

ONLY_NOUN = re.compile(r"^\W*(?:revisions|del|kontroll|gransknings|huvud)(?:fråga|mål|område)\s*\d{0,2}[a-z]?\s*:?$", re.I)
"""A label with or without its number and nothing else."""

SHORT_ANSWER = 12
"""Words that an answer by itself may have; a longer text is read sentence by sentence."""


SHAPE_ANSWERS = {"tick": "ja", "cross": "nej"}
"""What a sign without telling colour says by its shape, where no key tells otherwise."""


AskedKind = Literal["question", "area", "indirect"]
"""An area to be judged ("Riskbedömning") counts where it comes back as a heading with a judgement under it, an indirect question
("om nämnden följer upp …") where it is answered; a question counts in any case.
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the introduction."""

    text: str
    number: str
    page: int
    bbox: BBox
    kind: AskedKind = "question"


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with the question's words as they stand beside it."""

    question: str
    answer: Answer | None
    page: int
    bbox: BBox
    rule: str
    number: str = ""
    comment: str | None = None
    organisation: str | None = None
    color: str | None = None
    printed: str = ""
    """The answer cell as printed, kept where no rule knows its words."""

    @property
    def settled(self) -> bool:
        """Whether it says an answer in words or by a sign."""
        return self.answer is not None


def strip_label(text: str) -> tuple[str, str]:
    """A question without its label, and its number: "Revisionsfråga 2: Finns …?" -> ("Finns …?", "2")."""
    folded = fold_blanks(text)
    match = LABEL.match(folded)
    if match:
        return match["text"].strip(), match["number"] or ""
    if alone := ONLY_LABEL.match(folded):
        return folded, alone["number"]
    number = re.match(r"^(\d{1,2})[.)]\s+(.{8,})$", folded)
    number = number or re.match(r"^(\d{1,2})\s+([A-ZÅÄÖ].{8,}\?)$", folded)
    if coded := re.match(r"^[FK]\s?(\d{1,2})[.:)]\s+(.{2,})$", folded):
        return coded[2], coded[1]
    number = number or re.match(r"^([a-h])\)\s+(.{8,})$", folded)
    return (number[2], number[1]) if number else (folded, "")


def marker_number(line: Line) -> str:
    """The number or letter of a list item, empty for bullets."""
    marker = re.match(r"\d{1,2}|[a-h](?=[).])", getattr(line.block, "marker", "") or "")
    return marker[0] if marker else ""


def read_answer(text: str, icons: tuple[Icon, ...] = (), *, judging: bool = False) -> tuple[Answer | None, str | None, str | None]:
    """(answer, comment, colour) of an answer cell or box: its first words where they are an answer by themselves, a sentence
    of judgement, the words that a key gives to the sign, or the sign's colour. `judging`: a head over it says that it judges.
    """
    signs = [i for i in icons if not i.in_key]
    color = next((i.color for i in signs if i.color in COLOUR_ANSWERS), None)
    folded = fold_blanks(text)
    answer, comment = _from_words(folded)
    if answer is None and judging and folded and not signs:
        answer = as_judgement(with_contrast(sentences(folded), 0))
    if answer is None and signs:
        answer = next(
            (a for i in signs for a in (parse_answer(i.text) if i.text else None, parse_answer(i.meaning) if i.meaning else None) if a),
            None,
        )
        if answer is None and color:
            answer = Answer(COLOUR_ANSWERS[color], "")
        if answer is None:
            answer = next((Answer(SHAPE_ANSWERS[i.shape], "") for i in signs if i.shape in SHAPE_ANSWERS), None)
        comment = folded or None
    return answer, comment, color


def _from_words(text: str) -> tuple[Answer | None, str | None]:
    if not text:
        return None, None
    if (verdict := _verdict_before(text)) and (answer := parse_answer(verdict)):
        return Answer(answer.value, verdict), text[len(verdict) :].strip()
    parts = sentences(text)
    head = parts[0]
    if (joined := with_contrast(parts, 0)) != head and (answer := parse_answer(joined)) and answer.value == "delvis":
        return answer, text
    if len(head.split()) <= SHORT_ANSWER and (answer := parse_answer(head)) and not head.endswith("?"):
        return Answer(answer.value, head.strip(" .") if len(head.split()) <= 6 else answer.phrase), " ".join(parts[1:]) or (
            None if len(head.split()) <= 6 else head
        )
    opening = re.match(r"^(ja|nej|delvis|uppfyllt|ej uppfyllt)\b", text, re.I)
    if opening and (answer := parse_answer(text[:60])):
        return answer, text
    for at in range(len(parts)):
        if judged := judge_sentence(with_contrast(parts, at)):
            return judged, text
    return None, text


_COUNTED = r"(?:\d{1,3}|ett?|en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|femton|tjugo)"
_SHARE = re.compile(rf"\b{_COUNTED} av (?:de )?{_COUNTED}\b", re.I)


def as_judgement(sentence: str) -> Answer | None:
    """What a sentence says where a heading or label over it says that it judges; a share ("två av fyra områden") says neither."""
    if _SHARE.search(sentence):
        return None
    return judge_sentence(f"Vi bedömer att {sentence[:1].lower()}{sentence[1:]}")


def with_contrast(parts: Sequence[str], at: int) -> str:
    """A sentence with the one after it where that takes something back: "… är tillräcklig. Däremot saknas …"."""
    after = parts[at + 1] if at + 1 < len(parts) else ""
    return f"{parts[at]} {after}" if re.match(r"(?:[\wåäö]+ ){0,3}?(?:däremot|dock|emellertid|samtidigt)\b", after, re.I) else parts[at]


def _verdict_before(text: str) -> str | None:
    """The grade with which a text begins on a line of its own: "Uppfylls delvis En plan har beslutats …" -> "Uppfylls delvis"."""
    match = re.match(r"(\S+(?: [a-zåäö]+){0,3}) (?=[A-ZÅÄÖ])", text)
    return match[1] if match and _PLAIN.match(match[1]) else None


def is_question(text: str) -> bool:
    """Whether a text reads as a question."""
    return text.rstrip().endswith("?") and len(text.split()) > 1


def same_words(area: str, heading: str) -> bool:
    """Whether a heading, with or without its number, is the name of an area."""
    return re.sub(r"^[\d.]+\s+", "", heading).casefold().strip(" .:") == area.casefold().strip(" .:")
