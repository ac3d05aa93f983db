"""Questions that are answered in running text only: the sentence of judgement that speaks of the same things.

Words are weighed by how few of the report's questions share them, and the heading over a sentence speaks with it. A sentence
answers a question when each is the other's best match: two questions never share an answer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from extractors.layout.blocks import Block
from extractors.reports.audit_words import words
from extractors.reports.context import Context
from extractors.reports.granskning_lines import Line, sentences
from extractors.reports.questions_found import Asked, as_judgement
from extractors.swedish import names
from extractors.swedish.answers import Answer, judge_sentence, polarity
from extractors.swedish.content import content_stems

LEAST = 0.22
"""Share of a question's weighed words that a sentence and its heading must have in common with it."""
FINAL = 0.08
"""What a sentence in the concluding chapter is ahead of one further up."""
FOLLOWING = 3
"""How many sentences after a verdict on some bodies can take it back for others."""
FAR = 0.3
"""How much better a question must be answered elsewhere to leave a sentence to others."""
NEAR = 0.15
"""Sentences this near to the best are looked at together when bodies are judged one by one."""
_PLURAL = words("several_bodies")
_ALONE = words("judgement_alone")
_FINAL = re.compile(r"slutsats|samlad|sammanfattande|avslut|svar på", re.I)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence of judgement and what it says; `stems` are its words, `heading` those of the heading over it."""

    sentence: str
    answer: Answer
    stems: frozenset[str]
    heading: frozenset[str]
    bodies: tuple[str, ...]
    page: int
    block: Block
    order: int
    final: bool
    after: tuple[str, ...] = ()
    """The sentences that follow in the same paragraph."""
    other: frozenset[str] = frozenset()
    """The words of the other clause of a sentence of two views, and what the sentence says as a whole."""
    whole: Answer | None = None


def verdicts_of(context: Context, lines: Sequence[Line]) -> list[Verdict]:
    """All sentences of judgement in the report's running text."""
    found = []
    under_label = False
    for line in lines:
        if line.kind not in ("paragraph", "item"):
            under_label = line.kind == "heading" and bool(_ALONE.match(line.text))
            continue
        labelled, under_label = under_label, bool(_ALONE.match(line.text))
        headings = context.headings_of(line.block)
        over = frozenset[str]().union(*(content_stems(h.text) for h in headings[-2:] if h.level > 1))
        final = any(_FINAL.search(h.text) for h in headings[-2:])
        lead = content_stems(line.block.lead)
        parts = sentences(line.text)
        for at, part in enumerate(parts):
            if views := _two_views(part):
                whole = judge_sentence(part)
                for (clause, said), (second, _) in zip(views, reversed(views), strict=True):
                    view = Verdict(part, said, content_stems(clause), over, _bodies(clause), line.page, line.block, line.index, final)
                    found.append(replace(view, other=content_stems(second), whole=whole))
                continue
            answer = judge_sentence(part)
            if answer is None and labelled and at == 0:  # "Bedömning" over it says that it judges
                answer = as_judgement(part)
            if answer:
                after = tuple(parts[at + 1 :])
                stems = content_stems(part) | lead
                found.append(Verdict(part, answer, stems, over, _bodies(part), line.page, line.block, line.index, final, after))
    return found


def _two_views(sentence: str) -> list[tuple[str, Answer]]:
    """The clauses of "Vi bedömer att rutinen i huvudsak följs, men att uppföljningen brister", each with its own answer; empty
    where there is one clause, or one of them says neither yes nor no.
    """
    first, comma, second = sentence.partition(", men att ")
    if not comma or (one := judge_sentence(first)) is None or (two := judge_sentence(f"Vi bedömer att {second}")) is None:
        return []
    return [(first, one), (second, two)]


def _bodies(sentence: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            b.name
            for b in names.find_bodies(sentence)
            if b.kind in ("namnd", "kommunstyrelse", "bolag", "forvaltning") and " " in b.name + " "
        )
    )


class ProseAnswers:
    """Ties the questions of a report to its sentences of judgement."""

    def __init__(self, asked: Sequence[Asked], verdicts: Sequence[Verdict]) -> None:
        """`asked`: all questions, answered elsewhere or not; they tell which words mark a question off from the others."""
        self.asked, self.verdicts = asked, verdicts
        self.stems = [content_stems(a.text) for a in asked]
        self.shared = Counter(s for stems in self.stems for s in stems)
        self.best = [max((self._score(i, v) for v in verdicts), default=0.0) for i in range(len(asked))]

    def answers(self, question: Asked) -> list[tuple[Verdict, str | None]]:
        """The verdicts that answer a question: one, or one per body where it is put to several and each is judged alone."""
        at = next(i for i, a in enumerate(self.asked) if a is question)
        scored = [(self._score(at, v), v) for v in self.verdicts]
        fitting = [(s + (FINAL if v.final else 0.0), v) for s, v in scored if s >= LEAST and self._is_best(at, v)]
        if len(self.asked) == 1 and any(v.final for _, v in fitting):
            fitting = [(s, v) for s, v in fitting if v.final]
        if not fitting:
            return []
        top = max(s for s, _ in fitting)
        near = [v for s, v in fitting if s >= top - NEAR]
        return _per_body(question, near) or [(self._of_both(at, _for_all(question, _first(fitting, top))), None)]

    def _of_both(self, at: int, verdict: Verdict) -> Verdict:
        """A sentence of two views says what it says as a whole where its other clause answers no other question."""
        if verdict.whole is None:
            return verdict
        other = replace(verdict, stems=verdict.other)
        scores = [self._score(i, other) for i in range(len(self.asked))]
        return replace(verdict, answer=verdict.whole) if max(scores) < LEAST or scores[at] == max(scores) else verdict

    def _score(self, at: int, verdict: Verdict) -> float:
        """Weighed share of the question's words in sentence and heading; 0 where the sentence itself has none of them."""
        weights = {s: 1 / self.shared[s] for s in self.stems[at]}
        total = sum(weights.values())
        own = sum(w for s, w in weights.items() if s in verdict.stems)
        if not total or not own:
            return 0.0
        over = sum(w for s, w in weights.items() if s in verdict.heading and s not in verdict.stems)
        return (own + over) / total

    def _is_best(self, at: int, verdict: Verdict) -> bool:
        """Whether no other question has a better claim; one that is answered far better elsewhere has none."""
        mine = self._score(at, verdict)
        return all((theirs := self._score(i, verdict)) <= mine or self.best[i] >= theirs + FAR for i in range(len(self.asked)) if i != at)


def _first(fitting: list[tuple[float, Verdict]], top: float) -> Verdict:
    """The best, the last of equally good ones: conclusions come after what they conclude from."""
    return [v for s, v in fitting if s >= top - 0.02][-1]


def _for_all(question: Asked, verdict: Verdict) -> Verdict:
    """A verdict on some of several bodies: where the next sentences deny it of others, the answer for all is delvis."""
    if verdict.answer.value != "ja" or not verdict.bodies or not _PLURAL.search(question.text):
        return verdict
    for sentence in verdict.after[:FOLLOWING]:
        if polarity(sentence) == "nej" and set(_bodies(sentence)) - set(verdict.bodies):
            return replace(verdict, answer=Answer("delvis", ""))
    return verdict


def _per_body(question: Asked, near: list[Verdict]) -> list[tuple[Verdict, str | None]]:
    if not _PLURAL.search(question.text):
        return []
    alone = [v for v in near if len(v.bodies) == 1]
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
