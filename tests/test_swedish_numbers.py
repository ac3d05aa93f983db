"""Numbers: what is one and what is none, round trips in every spelling, and a slow obvious reader beside the fast one."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.swedish.numbers import Number, find_numbers, in_kronor, parse_number, unit_name

GOLD = Path(os.environ.get("UPPSIKT_GOLD", Path(__file__).parents[2] / "shared" / "gold" / "dev"))
CASES = settings(max_examples=10_000, deadline=None)
FEWER_CASES = settings(max_examples=2_000, deadline=None)

NUMBERS = {
    "- 6 279": Number(-6279, 0, "-"),
    "-1947": Number(-1947, 0, "-"),
    "−1 067,4": Number(-1067.4, 1, "-"),
    "–5": Number(-5, 0, "-"),
    "58 (15%)": Number(58, remainder="(15%)"),
    "-400*": Number(-400, 0, "-", mark="*"),
    "400 1)": Number(400, mark="1)"),
    "400²": Number(400, mark="²"),
    ">99%": Number(99, unit="%", bound="least"),
    "≥12%": Number(12, unit="%", bound="least"),
    "<1%": Number(1, unit="%", bound="most"),
    "16,4 barn": Number(16.4, 1, unit="barn"),
    "73% (avser 2021, kommer i april)": Number(73, unit="%", remainder="(avser 2021, kommer i april)"),
    "Minst 73": Number(73, bound="least"),
    "ung 116 000": Number(116000, bound="about"),
    "drygt -4 miljoner kronor": Number(-4, 0, "-", unit="mkr", bound="least"),
    "307,7 mkr": Number(307.7, 1, unit="mkr"),
    "0,0": Number(0, 1),
    "-0,0": Number(0, 1, "-"),
    "+23": Number(23, 0, "+"),
    "(15)": Number(-15, 0, "()"),
    "(1 234,5)": Number(-1234.5, 1, "()"),
    "1 947-": Number(-1947, 0, "trailing"),
    "12.345": Number(12345, doubtful=True),
    "12.345,6": Number(12345.6, 1),
    "1.234.567": Number(1234567),
    "0.125": Number(0.125, 3),
    "2.5": Number(2.5, 1),
    "12,345": Number(12.345, 3),
    "1\u202f234\u00a0567": Number(1234567),
    "1\u2009234": Number(1234),
    "500:-": Number(500, unit="kr"),
    "3 av 5": Number(3, remainder="av 5"),
}
NO_NUMBERS = (
    "|-|–|…|e.m.|Stängt|Ej aktuellt|2023-03-30|10-12|10–12 %|2022-2023|30/3 2023|31 maj 2026|12 345 67|12 34|1e5|2a|4:an|12,3,4|3.2.1|2/3"
    "|3 000 – 4 000|12:30|(15|5-årsplan|12 345 678 9|±5|12  345"
).split("|")


@pytest.mark.parametrize(("text", "number"), NUMBERS.items())
def test_numbers(text: str, number: Number) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_numbers(text: str) -> None:
    assert parse_number(text) is None


def test_amounts_in_running_text() -> None:
    text = "Resultatet blev -4,2 mkr (budget 307 tkr) den 2023-03-30, och 5–6 st – 7 elever – kom; kap 3.2.1 gäller för 2-åringar."
    assert [(n.value, n.unit) for _, _, n in find_numbers(text)] == [(-4.2, "mkr"), (307, "tkr"), (7, "elever")]


def test_money_and_units() -> None:
    assert in_kronor(307.7, "Mkr") == 307_700_000
    assert in_kronor(12, "tusen kronor") == 12_000
    assert in_kronor(3, "kg") is None
    assert (unit_name("(Mkr)"), unit_name("belopp i tkr"), unit_name("Procent"), unit_name("skruv")) == ("mkr", "tkr", "%", None)
    number = parse_number("1,5 miljarder kronor")
    assert number is not None and number.kronor == 1_500_000_000


@st.composite
def spelled(draw: st.DrawFn) -> tuple[str, float, int, str | None]:
    """A number in one of the spellings that reports use, with what it must be read as."""
    whole, decimals = draw(st.integers(0, 10**10)), draw(st.integers(0, 3))
    fraction = draw(st.integers(0, 10**decimals - 1)) if decimals else 0
    blank = draw(st.sampled_from(["", " ", "\u00a0", "\u2009", "\u202f", "."]))
    digits = f"{whole:,}".replace(",", blank)
    if decimals:
        digits += "," + str(fraction).rjust(decimals, "0")
    negative, positive = ["-{}", "- {}", "–{}", "\u2212{}", "\u2212\u00a0{}", "({})"], ["{}", "{}", "+{}"]
    form = draw(st.sampled_from(negative + positive))
    unit = draw(
        st.sampled_from([("", None), ("%", "%"), (" %", "%"), (" mkr", "mkr"), ("\u00a0tkr", "tkr"), (" barn", "barn"), ("*", None)])
    )
    text = form.format(digits + (unit[0] if form == "({})" else "")) + ("" if form == "({})" else unit[0])
    value = float(f"{whole}.{str(fraction).rjust(decimals, '0')}") if decimals else float(whole)
    return text, -value if form in negative and value else value, decimals, unit[1]


@FEWER_CASES
@given(spelled())
@example(("- 6 279", -6279.0, 0, None))
def test_every_spelling_is_read_as_meant(case: tuple[str, float, int, str | None]) -> None:
    text, value, decimals, unit = case
    number = parse_number(text)
    assert number is not None
    assert (number.value, number.decimals, number.unit, number.remainder) == (value, decimals, unit, "")


def slow_number(text: str) -> tuple[float, int] | None:
    """The obvious reader of a bare number: sign, digits in groups of three, decimals; sign by sign, without patterns."""
    text = "".join(" " if c in "\u00a0\u2009\u202f" else "-" if c in "–\u2212" else c for c in text).strip()
    negative = text.startswith("-")
    signed = text[:1] in ("+", "-")
    if signed:
        text = text[1:].removeprefix(" ")
    if text.endswith("-") and not text.endswith("--"):
        if len(text) < 2 or signed:
            return None
        negative, text = True, text[:-1].removesuffix(" ")
    whole, comma, fraction = text.partition(",")
    if comma and not (fraction.isdigit() and fraction.isascii()):
        return None
    if (
        not comma
        and text.count(".") == 1
        and (len(text.partition(".")[2]) != 3 or text.startswith("0.") or len(text.partition(".")[0]) > 3)
    ):
        whole, _, fraction = text.partition(".")
        if not fraction.isdigit():
            return None
    for sign in (" ", "."):
        groups = whole.split(sign)
        if len(groups) > 1 and 1 <= len(groups[0]) <= 3 and all(len(g) == 3 for g in groups[1:]) and all(g.isdigit() for g in groups):
            whole = "".join(groups)
            break
    if not whole.isdigit():
        return None
    value = float(whole + ("." + fraction if fraction else ""))
    return (-value if negative and value else value), len(fraction)


@CASES
@given(st.text(alphabet="0123456789 ,.-–\u00a0\u2212+", max_size=14))
@example("0.125")
@example("1234.567")
@example("1 234-")
def test_fast_and_slow_reader_agree(text: str) -> None:
    number = parse_number(text)
    assert ((number.value, number.decimals) if number and not number.remainder else None) == slow_number(text)


@FEWER_CASES
@given(st.text(alphabet="0123456789 ,.-()%*<>mkrtåa/:\u00a0", max_size=16))
def test_value_or_nothing_and_no_digit_lost(text: str) -> None:
    number = parse_number(text)
    if number is not None:
        kept = re.sub(r"\D", "", text)
        assert kept.startswith(re.sub(r"\D", "", f"{abs(number.value):.{number.decimals}f}").lstrip("0") or "0") or kept.startswith("0")


def test_every_number_of_the_gold_in_every_spelling() -> None:
    files = sorted(GOLD.glob("*.gold.json"))
    if not files:
        pytest.skip(f"no gold files in {GOLD}")
    values = set()
    for path in files:
        gold = json.loads(path.read_text("utf-8"))
        values |= {v for t in gold.get("tables", []) for row in t["rows"] for v in row[1:] if isinstance(v, int | float)}
        values |= {v["value"] for i in gold.get("indicators", []) for v in i["values"] if isinstance(v["value"], int | float)}
    assert len(values) > 500
    for value in values:
        plain = f"{abs(value):,}".partition(".")
        for blank in (" ", "\u00a0", "\u202f", ""):
            text = ("-" if value < 0 else "") + plain[0].replace(",", blank) + ("," + plain[2] if plain[2] else "")
            number = parse_number(text)
            assert number is not None and number.value == value, text
