"""The rules of the audit language: every rule against its own examples and near-misses, and the labelled sentences."""

import random
import re
import time
import tomllib
from pathlib import Path

import pytest

from extractors.reports.audit_words import entries, words
from extractors.swedish import actions, answers, recommending, speakers
from extractors.swedish.content import content_stems

ANSWERS = tomllib.loads(answers.DATA.read_text("utf-8"))
READ = {"answer": answers.parse_answer, "prose": answers.judge_sentence, "status": answers.parse_status}
ANSWER_RULES = [(kind, row) for kind in READ for row in ANSWERS[kind]]
RECOMMENDING = tomllib.loads(recommending.DATA.read_text("utf-8"))
SPEAKERS = tomllib.loads(speakers.DATA.read_text("utf-8"))
SENTENCES = [
    line.split("\t")
    for line in (Path(__file__).parent / "data" / "recommending_sentences.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize(("kind", "row"), ANSWER_RULES, ids=lambda v: v if isinstance(v, str) else v["value"])
def test_answer_rules_read_their_examples(kind, row):
    assert row["examples"] and row["near_misses"]
    for text in row["examples"]:
        assert (text, getattr(READ[kind](text), "value", None)) == (text, row["value"])
    for text in row["near_misses"]:
        assert (text, getattr(READ[kind](text), "value", None)) != (text, row["value"])


@pytest.mark.parametrize(
    ("text", "opens"), [(t, True) for t in ANSWERS["verdict"]["examples"]] + [(t, False) for t in ANSWERS["verdict"]["near_misses"]]
)
def test_verdicts_are_told_from_findings(text, opens):
    assert answers.is_verdict(text) is opens


@pytest.mark.parametrize("text", ["", "Se avsnitt 3", "Nämnden", "2023-05-01"])
def test_unknown_words_are_no_answer(text):
    assert answers.parse_answer(text) is None


@pytest.mark.parametrize("row", RECOMMENDING["recommend"], ids=lambda row: row["name"])
def test_recommend_rules(row):
    for text in row["examples"]:
        assert recommending.is_recommendation(text), text
    for text in row["near_misses"]:
        assert not recommending.is_recommendation(text), text


@pytest.mark.parametrize("row", RECOMMENDING["lead_in"], ids=lambda row: row["name"])
def test_lead_in_rules(row):
    for text in row["examples"]:
        assert recommending.find_lead_in(text), text
    for text in row["near_misses"]:
        assert not recommending.find_lead_in(text), text


@pytest.mark.parametrize("row", RECOMMENDING["exclude"], ids=lambda row: row["name"])
def test_exclude_rules(row):
    for text in row["examples"]:
        assert recommending.excluded(text), text
    for text in row["near_misses"]:
        assert recommending.excluded(text) != row["name"], text


@pytest.mark.parametrize("row", RECOMMENDING["heading"], ids=lambda row: row["name"])
def test_heading_rules(row):
    for text in row["examples"]:
        assert recommending.is_heading_of(row["name"], text), text
    for text in row["near_misses"]:
        assert not recommending.is_heading_of(row["name"], text), text


@pytest.mark.parametrize("name", list(entries()))
def test_words_match_their_examples(name):
    entry = entries()[name]
    assert entry["examples"] and entry["near_misses"]
    for text in entry["examples"]:
        assert words(name).search(text), text
    for text in entry["near_misses"]:
        assert not words(name).search(text), text


@pytest.mark.parametrize("part", sorted({row[0] for row in SENTENCES}))
def test_labelled_sentences(part):
    rows = [(label == "1", recommending.is_recommendation(text), text) for p, label, _, text in SENTENCES if p == part]
    hit = sum(want and got for want, got, _ in rows)
    wrong = [text for want, got, text in rows if want != got]
    assert len(rows) >= 50
    assert hit / sum(want for want, _, _ in rows) >= 0.95, wrong
    assert hit / sum(got for _, got, _ in rows) >= 0.95, wrong


def test_labelled_sentences_are_many_and_half_near_misses():
    near = sum(row[1] == "0" for row in SENTENCES)
    assert len(SENTENCES) >= 300
    assert 0.45 <= near / len(SENTENCES) <= 0.55
    assert len({row[3] for row in SENTENCES}) == len(SENTENCES)


@pytest.mark.parametrize(
    ("sentence", "to", "what"),
    [
        ("Vi rekommenderar bygg- och miljönämnden att se över taxan.", "bygg- och miljönämnden", "se över taxan."),
        (
            "Kulturnämnden och Lundviks Arena AB rekommenderas att samordna bokningen.",
            "Kulturnämnden och Lundviks Arena AB",
            "samordna bokningen.",
        ),
        ("Därför bör styrelsen anta en policy.", "styrelsen", "anta en policy."),
        (
            "Vi rekommenderar att nämnden tillsammans med skolnämnden ser över skolskjutsen.",
            "nämnden",
            "nämnden tillsammans med skolnämnden ser över skolskjutsen.",
        ),
        ("Revisionen lämnar följande rekommendation: Nämnden bör anta en plan.", "Nämnden", "anta en plan."),
        ("Det finns skäl för nämnden att se över taxan.", "nämnden", "se över taxan."),
    ],
)
def test_recipient_and_what_is_asked(sentence, to, what):
    found = recommending.find_recommending(sentence)
    assert (found.to, found.what) == (to, what)


@pytest.mark.parametrize("row", SPEAKERS["attribution"], ids=lambda row: row["name"])
def test_speaker_rules(row):
    """A speaker is found before the bör of each example, by that rule or one that goes before it, and none in a near-miss."""
    for text in row["examples"]:
        at = re.search(r"bör|behöver", text).end()
        assert speakers.who_speaks(text, at) is not None, text
    for text in row["near_misses"]:
        at = re.search(r"bör", text).end()
        assert speakers.who_speaks(text, at) is None, text


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Vi anser att nämnden bör agera.", "ours"),
        ("Revisorerna i kommunen bedömer att nämnden bör agera.", "ours"),
        ("Enligt vår mening bör nämnden agera.", "ours"),
        ("Planen bör enligt revisionens uppfattning ändras.", "ours"),
        ("De vi har talat med anser att nämnden bör agera.", "others"),
        ("I vår enkät svarar cheferna att stödet bör ökas.", "others"),
        ("Kommunstyrelsen delar revisorernas bedömning att policyn bör ändras.", "others"),
        ("I en reservation anför Moderaterna att nämnden bör agera.", "others"),
        ("Nämnden bör agera, menar rektorerna.", "others"),
        ("De intervjuade är nöjda, men vi anser att nämnden bör agera.", "ours"),
        ("Förvaltningen anger att planen är gammal, varför nämnden bör agera.", None),
        ("Av granskningen framgår att nämnden bör agera.", None),
        ("Av yttrandet framgår att nämnden bör agera.", "others"),
    ],
)
def test_who_speaks(sentence, who):
    assert speakers.who_speaks(sentence, sentence.index("bör") + 3) == who


@pytest.mark.parametrize(
    ("line", "listed"),
    [
        ("Utveckla analysen så att orsakerna framgår.", True),
        ("Se över rutinen för attest.", True),
        ("att löpande följa upp att planerna är aktuella", True),
        ("Att nämnden årligen utvärderar sitt arbete.", True),
        ("Se bilaga 2 för en förteckning.", False),
        ("Inför budgeten 2024 gjordes en genomlysning.", False),
        ("Att nämnden följer upp avtalen är positivt.", False),
        ("Kommuner bör ha en plan för kriser.", False),
        ("Därför rekommenderar Skolverket att eleverna får stöd.", False),
    ],
)
def test_form_of_listed_recommendations(line, listed):
    assert actions.is_listed_form(line) is listed


@pytest.mark.parametrize(
    ("what", "parts"),
    [
        ("upprätta en plan samt att fastställa mål", ["upprätta en plan", "fastställa mål"]),
        (
            "upprätta rutiner, att följa upp kostnaderna samt att utbilda chefer",
            ["upprätta rutiner", "följa upp kostnaderna", "utbilda chefer"],
        ),
        ("säkerställa att planer finns och att resultatet dokumenteras", ["säkerställa att planer finns och att resultatet dokumenteras"]),
    ],
)
def test_several_recommendations_in_one_sentence(what, parts):
    assert recommending.split_infinitives(what) == parts


def test_core_is_the_same_with_and_without_lead_in_and_statute():
    bare = recommending.core("Säkerställa att beslut anmäls. (6 kap. 40 § kommunallagen)")
    assert (
        bare
        == recommending.core("Att säkerställa att beslut anmäls")
        == recommending.core("Nämnden rekommenderas att säkerställa att beslut anmäls.")
    )


def test_content_stems_leave_out_what_every_audit_says():
    assert (
        content_stems("Har nämnden säkerställt en tydlig rutin för behörigheter?")
        == content_stems("rutinen för behörighet")
        == {"rutin", "behör"}
    )


def test_no_sentence_takes_long():
    """Patterns over long text that was never taken apart must not grind."""
    some = random.Random(7)
    pieces = "nämnden och styrelsen samt för att bör behöver som rekommenderar rekommenderas till, inte bolaget AB planen".split()
    start = time.perf_counter()
    for length in (60, 120, 2000):
        text = " ".join(some.choice(pieces) for _ in range(length)) + "."
        for ask in (
            recommending.find_recommending,
            recommending.find_lead_in,
            recommending.excluded,
            recommending.acting_body,
            answers.judge_sentence,
        ):
            ask(text)
    assert time.perf_counter() - start < 5
