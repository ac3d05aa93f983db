"""Questions that are answered in running text only: the sentence of judgement that speaks of the same things."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.layout.blocks import Block
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.questions_found import Asked
from extractors.swedish import names
from extractors.swedish.answers import Answer, judge_sentence
from extractors.swedish.content import content_stems

COVERED = 0.5
"""Share of a question's content words that a sentence must repeat to be its answer, ..."""
OTHERS = 0.1
"""... and how far it must be ahead of what it shares with any other question."""
_PLURAL = re.compile(r"\b(?:nämnder(?:na)?|styrelser(?:na)?|bolag(?:en)?|styrelsen och (?:berörda |ansvariga )?nämnder(?:na)?|bolagsstyrelser(?:na)?)\b", re.I)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence of judgement and what it says."""

    sentence: str
    answer: Answer
    stems: frozenset[str]
    bodies: tuple[str, ...]
    page: int
    block: Block
    order: int


def verdicts_of(lines: Sequence[Line]) -> list[Verdict]:
    """All sentences of judgement in the report's running text."""
    found = []
    for line in lines:
        if line.kind not in ("paragraph", "item"):
            continue
        for sentence in sentences(line.text):
            answer = judge_sentence(sentence)
            if answer:
                bodies = tuple(dict.fromkeys(b.name for b in names.find_bodies(sentence) if b.kind in ("namnd", "kommunstyrelse", "bolag", "forvaltning")))
                found.append(Verdict(sentence, answer, content_stems(sentence), bodies, line.page, line.block, line.index))
    return found


def answer_in_prose(question: Asked, others: Sequence[Asked], verdicts: Sequence[Verdict]) -> list[tuple[Verdict, str | None]]:
    """The verdicts that answer a question: one, or one per body where the question is put to several and each is judged alone."""
    stems = content_stems(question.text)
    if not stems:
        return []
    rival = [content_stems(o.text) for o in others if o is not question]
    fitting = []
    for verdict in verdicts:
        covered = len(stems & verdict.stems) / len(stems)
        best_rival = max((len(r & verdict.stems) / len(r) for r in rival if r), default=0.0)
        if covered >= COVERED and covered >= best_rival + (OTHERS if best_rival >= COVERED else 0.0):
            fitting.append((covered, verdict))
    per_body = _per_body(question, [v for _, v in fitting])
    if per_body:
        return per_body
    if not fitting:
        return []
    best = max(fitting, key=lambda f: (round(f[0], 1), f[1].order))
    return [(best[1], None)]


def _per_body(question: Asked, fitting: list[Verdict]) -> list[tuple[Verdict, str | None]]:
    if not _PLURAL.search(question.text):
        return []
    alone = [v for v in fitting if len(v.bodies) == 1]
    bodies = dict.fromkeys(v.bodies[0] for v in alone)
    if len(bodies) < 2 or not _alike(alone):
        return []
    return [(_weakest([v for v in alone if v.bodies[0] == body]), body) for body in bodies]


def _alike(verdicts: list[Verdict]) -> bool:
    """Whether sentences differ in little but the body and the grade: then they answer the question for one body each."""
    first = _bare(verdicts[0])
    return all(fuzz.token_sort_ratio(first, _bare(v)) >= 60 for v in verdicts[1:])


def _bare(verdict: Verdict) -> str:
    return re.sub("|".join(map(re.escape, verdict.bodies)), "", verdict.sentence, flags=re.I).casefold()


_GRADES = {"ja": 2, "delvis": 1, "nej": 0}


def _weakest(verdicts: list[Verdict]) -> Verdict:
    """Of several verdicts on one body the least good; of equally good ones the one that qualifies itself."""
    return min(verdicts, key=lambda v: (_GRADES.get(v.answer.value, 3), -len(v.answer.phrase)))
