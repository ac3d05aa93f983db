"""The Swedish language pipeline: spaCy without a model, given words and phrases from a vocabulary file.

`spacy.blank("sv")` tokenises, the sentencizer splits sentences, and an entity ruler finds the words of a vocabulary
(`data/<name>.toml`), the longest phrase first. The result is each sentence as a row of labels. A pipeline is made once per
process and only ever sees text that a reader has chosen as a candidate: language work is no part of reading a page.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.swedish.lexicon import read_toml

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span

PLAIN, BREAK, COMMA = "w", ";", ","


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence with what its words are: `labels[i]` is a label, PLAIN, COMMA or BREAK; `starts[i]` the offset in `text`."""

    text: str
    labels: tuple[str, ...]
    starts: tuple[int, ...]


def load_data(name: str) -> dict[str, Any]:
    """A data file of this package, `data/<name>.toml`."""
    return read_toml(f"{name}.toml")


@functools.cache
def load_pipeline(vocabulary: str) -> Language:
    """The pipeline that knows the `[words]`, `[endings]` and `[except]` of a vocabulary file."""
    import spacy

    data = load_data(vocabulary)
    nlp = spacy.blank("sv")
    nlp.add_pipe("sentencizer")
    ruler: Any = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    with nlp.select_pipes(enable=[]):
        ruler.add_patterns(_patterns(data))
    return nlp


def _patterns(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Entity patterns: each phrase once, and a token pattern per ending that leaves the exceptions alone."""
    patterns: list[dict[str, Any]] = []
    for label, words in data["words"].items():
        patterns += [{"label": label, "pattern": word} for word in words]
    for label, endings in data.get("endings", {}).items():
        but = data.get("except", {}).get(label, [])
        patterns += [{"label": label, "pattern": [{"LOWER": {"REGEX": ending, "NOT_IN": but}}]} for ending in endings]
    return patterns


def label_sentences(text: str, vocabulary: str) -> list[Labelled]:
    """The sentences of a text with their words labelled; a phrase of several words is one label."""
    doc = load_pipeline(vocabulary)(text)
    return [_labelled(sentence) for sentence in doc.sents if sentence.text.strip()]


def _labelled(sentence: Span) -> Labelled:
    labels: list[str] = []
    starts: list[int] = []
    heads = {entity.start: entity for entity in sentence.ents}
    inside = {i for entity in sentence.ents for i in range(entity.start + 1, entity.end)}
    for token in sentence:
        if token.i in inside or token.is_space:
            continue
        entity = heads.get(token.i)
        labels.append(entity.label_ if entity is not None else _plain(token.text))
        starts.append(token.idx - sentence.start_char)
    return Labelled(sentence.text.strip(), tuple(labels), tuple(starts))


def _plain(token: str) -> str:
    """What an unlabelled token is: a comma, a break that no rule crosses, or a word."""
    if token in {",", "(", ")"}:
        return COMMA
    return BREAK if token in {";", "?", "!", "•", "|"} else PLAIN


_PIECE = re.compile(r"\(|\)|\||\^|,|\.\.\d+|\*\*\d+|[A-ZÅÄÖ]+")


class Alphabet:
    """Turns rows of labels into strings of one letter each, and patterns over labels into regular expressions over them."""

    def __init__(self, labels: list[str], neutral: list[str]) -> None:
        """`labels`: all that may occur; `neutral`: those that may stand in a `..N` gap besides plain words and commas."""
        self._letters = {label: chr(0x4E00 + i) for i, label in enumerate(labels)} | {PLAIN: PLAIN, BREAK: BREAK, COMMA: COMMA}
        self._gap = "[" + PLAIN + COMMA + "".join(self._letters[label] for label in neutral) + "]"

    def letter(self, label: str) -> str:
        """The letter of a label; raises KeyError for an unknown one."""
        return self._letters[label]

    def spell(self, labels: tuple[str, ...]) -> str:
        """The row of labels as a string."""
        return "".join(self._letters[label] for label in labels)

    def compile(self, pattern: str) -> re.Pattern[str]:
        """A pattern of the rule files (see assessment_rules.toml) as a regular expression; raises KeyError for an unknown label."""
        return re.compile("".join(self._piece(piece) for piece in _PIECE.findall(pattern)))

    def _piece(self, piece: str) -> str:
        if piece.startswith(".."):
            return self._gap + "{0," + piece[2:] + "}?"
        if piece.startswith("**"):
            return f"[^{BREAK}]" + "{0," + piece[2:] + "}?"
        return {"(": "(?:", ")": ")", "|": "|", "^": "^", ",": COMMA}.get(piece) or self._letters[piece]
