"""What the words of a report say about a goal: attained, partly, not, or not judged, and whether as forecast or outcome.

The words stand in `data/assessment_words.toml`, the rules over them in `data/assessment_rules.toml`, the words that stand alone in
a status cell in `data/status_words.toml`, each rule with sentences that it must and must not match. Strict: what no rule knows
gives None, never a guess.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.swedish.assessment_scope import find_scopes
from extractors.swedish.pipeline import Alphabet, Labelled, label_sentences, load_data

WORDS, RULES, STATUS = "assessment_words", "assessment_rules", "status_words"
GOAL_WORD = "målet"
TARGET_SHARE = 0.3
NOTHING = "inget"
"""The status of a rule of near misses: a sentence that it matches judges nothing."""
SHORTEST_BROKEN = 6
"""Letters: shorter words are not broken over lines."""

_NUMBER = (
    r"(?:\d+|en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton|"
    r"(?:tjugo|trettio|fyrtio|femtio)(?:en|ett|två|tre|fyra|fem|sex|sju|åtta|nio)?)"
)
_OF = r"(?:de |våra |dess |nämndens |bolagets |förvaltningens |totalt |kommunens |sina |sitt |sin |årets |dessa )?"
_SHARE = re.compile(
    rf"\b(?!en av\b|ett av\b){_NUMBER} av {_OF}{_NUMBER}\b|\b\d+ ?/ ?\d+ mål|"
    rf"\b(?:en|ett) av (?:de|våra|sina|dess) {_NUMBER}\b|"
    rf"\b(?:en|ett) av {_OF}{_NUMBER}(?= (?:\w+ )?(?:\w*mål\w*|indikator\w*|mätetal\w*)\b)|"
    rf"\b(?!en av\b|ett av\b){_NUMBER} av(?= (?:de |våra |nämndens |bolagets |kommunens )?(?:\w+ )?"
    r"(?:\w*mål(?:en|värdena)|indikatorerna|måtten)\b)",
    re.IGNORECASE,
)
_WHOLE = re.compile(rf"\b({_NUMBER}) av {_OF}\1\b", re.IGNORECASE)
_SUBTARGET = re.compile(
    r"mål(?:et|en)?\w* (?:på |om |med |är |för \w+ )?(?:att )?(?:minst |högst |max |cirka |ca |under |över )?\d", re.IGNORECASE
)
_NAMED = re.compile(
    r"(mål\w*|ambition\w*),? (?:om )?att (?!inte |ej |kunna )(?!.{0,40}\bmål\w* )"
    r"(.{3,160}?)(?<! ska)(?<! skall)(?<! bör),? (?=(?:bedöms|bedömdes|har|är|anses|"
    r"väntas|förväntas|beräknas|inte(?= längre| har| är| kan| kommer| bedöms| nås| uppnås| uppfylls)|prognos|"
    r"kommer|markeras|uppnås|nås|uppfylls|uppnåddes|nåddes|uppfylldes|kan|kunde|ser|blir|får|ligger|riskerar|lär|verkar|tycks|hotas|missas|"
    r"infriades|klarades|hölls|överträffades|klaras|infrias|hålls|överträffas|"
    r"ligger fast|gäller|kvarstår|består|ersätts|utgår|antogs|beslutades)\b)",
    re.IGNORECASE,
)
_OTHER_YEAR = re.compile(
    r"(?:under |år |för |målet för |i (?:\w*redovisningen|\w*bokslutet|delårsrapporten) (?:för |från )?)?(?:år )?20\d\d,? "
    r"(?:(?:upp)?(?:nåddes|fylldes|klarades|infriades|nådde|fyllde|klarade|var)|bedömdes|redovisades)\b",
    re.IGNORECASE,
)
"""Where the year of the report is not known: a sentence that tells what came of a year it names first."""
_TWO_YEARS = re.compile(
    r"(?P<head>\b(?:(?:upp)?(?:nådde|fyllde)|klarade|infriade)s?(?: (?:(?:sitt|sina|det|de) )?\w*mål\w*)?)(?: inte| ej)?"
    r"(?: under| för| år)* (?P<then>20\d\d)(?: och (?P<last>20\d\d))?,? (?:men|medan) "
    r"(?P<rest>[^.]*\b(?:(?P<now>20\d\d)|i år|årets|nu)\b[^.]*)",
    re.IGNORECASE,
)
"""What came of two years: "nåddes 2021 men inte 2022", "uppnåddes inte 2020 men är i årets bokslut uppfyllt"."""
_VERDICT = re.compile(r"\b(?:upp)?(?:nå|fyll)\w*|\bklara\w*|\binfria\w*|\bmissa\w*", re.IGNORECASE)
_QUOTED = re.compile(r"[\"”“»„][^\"”“«]{3,200}[\"”“«]")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ(])")
_CANDIDATE = re.compile(
    r"mål|ambition|prognos|bedöm|uppnå|uppfyl|\bnå(?:s|dd\w*|tts?|r)?\b|infri|klara|hålls|höll|överträff|grön|gul|\bröd|\brött|grå|osäker|oklar|tveksam|tidigt|mät|"
    r"saknas|avkastning|utfall\w* redovisas|lever upp|levt upp|lever inte|avrapporteras|följs upp|väntas|beräknas",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A judgement found in words. `status` is a fulfilment, `basis` prognos, utfall or None, `text` the sentence as printed,
    `rule` the id of the rule, `weight` how much it is about the goal as a whole (3 most).
    """

    status: str
    basis: str | None
    text: str
    rule: str
    weight: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the rule file, ready to use."""

    id: str
    regex: re.Pattern[str]
    status: str
    weight: float
    veto: frozenset[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The whole rule file, compiled."""

    alphabet: Alphabet
    rules: tuple[Rule, ...]


@functools.cache
def load_grammar() -> Grammar:
    """The rules of `assessment_rules.toml` over the labels of `assessment_words.toml`."""
    words, data = load_data(WORDS), load_data(RULES)
    alphabet = Alphabet(list(words["words"]), words["neutral"])
    always = data["veto_all"]
    rules = tuple(
        Rule(
            r["id"],
            alphabet.compile(r["pattern"]),
            r["status"],
            r["weight"],
            frozenset(alphabet.letter(label) for label in (*always, *r.get("veto", ()))),
        )
        for r in data["rule"]
    )
    return Grammar(alphabet, rules)


def find_verdict(text: str, goal: str = "", year: int | None = None) -> Verdict | None:
    """The verdict of a goal's analysis: the weightiest sentence that judges, the first among equals; None where none does.

    `goal` is the goal's own text, whose words are no part of a judgement; `year` the year of the report, so that a sentence
    about an earlier year only is passed over.
    """
    verdicts = find_verdicts(text, goal, year)
    return max(verdicts, key=lambda v: v.weight, default=None)


def find_verdicts(text: str, goal: str = "", year: int | None = None) -> list[Verdict]:
    """All sentences of a text that judge a goal, in reading order."""
    found = []
    for paragraph in text.split("\n"):
        if not _CANDIDATE.search(paragraph):
            continue
        chosen = [s for s in _SENTENCES.split(_prepare(paragraph, goal)) if _CANDIDATE.search(s)]
        for sentence in (labelled for text in chosen for labelled in label_sentences(text, WORDS)):
            if verdict := _judge(sentence, goal, paragraph, year):
                found.append(verdict)
    return found


def judge_sentence(sentence: str, goal: str = "") -> Verdict | None:
    """The verdict of one sentence, or None where it holds none."""
    return find_verdict(sentence, goal)


def _prepare(text: str, goal: str) -> str:
    """The text with the goal's own words, quotations and shares ("tre av fem") each made into one word."""
    name = goal.strip(" .:")
    if len(name) > 12 and name.lower() in text.lower():
        text = re.sub(r"(?:att )?" + re.escape(name), "(a)", text, flags=re.IGNORECASE)
    return _SHARE.sub("andelsuttryck", _WHOLE.sub("samtliga", _NAMED.sub(r"\1 (b) ", _QUOTED.sub("(c)", text))))


def _judge(sentence: Labelled, goal: str, paragraph: str, year: int | None) -> Verdict | None:
    """The verdict of the first rule that matches, of the sentence without its concessions first; None also for a rule of near misses."""
    if sentence.text.endswith("?"):
        return None
    if _OTHER_YEAR.match(sentence.text) if year is None else _other_year(sentence.text, year):
        return None
    grammar, labels = load_grammar(), sentence.labels
    if two := _TWO_YEARS.search(sentence.text):
        labels = label_sentences(_later_of(two), WORDS)[0].labels
    for spelled in find_scopes(grammar.alphabet.spell(labels), sentence.text, goal, grammar.alphabet):
        for subject, share in _subjects(spelled, grammar.alphabet):
            rule = _first_rule(subject, grammar)
            if rule is not None and rule.status == NOTHING:
                return None
            if rule is not None:
                weight = rule.weight - (1.3 if rule.weight > 1.5 and _SUBTARGET.search(sentence.text) else 0)
                printed = _as_printed(sentence.text, paragraph)
                return Verdict(rule.status, find_basis(sentence.text), printed, rule.id, round(weight * share, 2))
    return None


def _later_of(two: re.Match[str]) -> str:
    """The sentence with what it says of the later of its two years only: "nåddes 2021 men inte i år" -> "nåddes inte i år"."""
    before = two.string[: two.start()] if _VERDICT.search(two["rest"]) else two.string[: two.end("head")] + " "
    if two["now"] and two["now"] < (two["last"] or two["then"]):
        return two.string[: two.end("then")]
    return before + two["rest"]


def _first_rule(spelled: str, grammar: Grammar) -> Rule | None:
    present = frozenset(spelled)
    return next((r for r in grammar.rules if not r.veto & present and r.regex.search(spelled)), None)


def _subjects(spelled: str, alphabet: Alphabet) -> Iterator[tuple[str, float]]:
    """The labels with the share of their weight that counts: what is said of an indicator's target says less than of the goal."""
    goal, target = alphabet.letter("MAL"), alphabet.letter("MALV")
    if target not in spelled or goal in spelled:
        yield spelled, 1.0
    if target in spelled:
        yield spelled.replace(target, goal), TARGET_SHARE


def _other_year(text: str, year: int) -> bool:
    """Whether a sentence names only years before the report's own, and is not about what comes."""
    years = [int(y) for y in re.findall(r"\b(?:19|20)\d\d\b", text)]
    return (
        bool(years)
        and max(years) < year
        and bool(re.search(r"\b(?:nåddes|uppnåddes|uppfylldes|var|blev|nådde|uppnådde|uppfyllde)\b", text))
    )


def _as_printed(sentence: str, paragraph: str) -> str:
    """The sentence in the words of the page, where preparing it has taken some out."""
    if sentence in paragraph:
        return sentence
    tail = re.split(r"\([abc]\)|andelsuttryck", sentence)[-1].strip()
    at = paragraph.find(tail) if tail else -1
    if at < 0:
        return paragraph
    begin = max(paragraph.rfind(". ", 0, at) + 2, 0) if ". " in paragraph[:at] else 0
    return paragraph[begin : at + len(tail)].strip()


def find_basis(text: str) -> str | None:
    """Whether words speak of what is expected (`prognos`) or of what has come out (`utfall`); None where they do not say."""
    low = f" {text.casefold()} "
    for basis in ("prognos", "utfall"):
        if _basis_words(basis).search(low):
            return basis
    return None


@functools.cache
def _basis_words(basis: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in load_data(RULES)["basis"][basis])
    return re.compile(rf"\b(?:{words})\b")


@functools.cache
def _status_table() -> dict[str, str]:
    return {word: status for status, words in load_data(STATUS)["words"].items() for word in words}


@functools.cache
def _squeezed_table() -> dict[str, str]:
    """Longer status words and phrases without blanks, as a narrow cell may have broken them anywhere."""
    return {key: status for word, status in _status_table().items() if len(key := word.replace(" ", "")) >= SHORTEST_BROKEN}


def parse_status(text: str) -> str | None:
    """What stands in a status cell: a fulfilment, `arbete` for words of progress, `trend` for a direction, None for anything else.

    "Målet uppfylls delvis." -> delvis; "Ej uppnått" -> uppfylls_inte; "Pågår" -> arbete.
    """
    table, words = _status_table(), _normal(text)
    if not words or len(words) > 12:
        return None
    for candidate in _stripped(words):
        if status := table.get(candidate):
            return status
    return _squeezed_table().get("".join(words))  # "Upp fyllt": broken in a narrow cell


def _normal(text: str) -> list[str]:
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text.casefold())
    text = re.sub(r"[^\w\s%/,-]|_", " ", text)
    return re.sub(r"\s+", " ", text).strip(" ,-").split()


def _stripped(words: list[str]) -> list[str]:
    """The words as they stand, and with fillers taken off one by one, from the front first."""
    fillers = set(load_data(STATUS)["fillers"])
    out = [" ".join(words)]
    begin, end = 0, len(words)
    while begin < end and words[begin] in fillers:
        begin += 1
        out.append(" ".join(words[begin:end]))
    fronts = list(out)
    for front in fronts:
        rest = front.split()
        while len(rest) > 1 and (rest[-1] in fillers or re.fullmatch(r"\d{4}|%", rest[-1])):
            rest = rest[:-1]
            out.append(" ".join(rest))
        for filler in ("i år", "under året", "för året", "vid årets slut", "på helåret"):
            if front.endswith(" " + filler):
                out.append(front.removesuffix(" " + filler))
    return out
