"""Swedish numbers as reports print them: "- 6 279", "−1 067,4", "12.345,6", "(15)", "58 (15%)", "≥12%", "drygt -4 miljoner kronor".

A number is read only where one reading is possible: what could be two numbers, a range, a date or a word is none. What stands
beside the number is kept (sign as printed, qualifier, unit, note mark, remainder), so that nobody needs to guess later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.swedish.lexicon import read_toml

BLANKS = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f"
MINUSES = "\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d"
_FOLD = [*((blank, " ") for blank in BLANKS + "\t\n\r"), *((minus, "-") for minus in MINUSES), ("\u00ad", ""), ("\u200b", "")]
_MONTH = re.compile(r"(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)[a-zåäö]*\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number with what stands beside it.

    `value` has its sign; `decimals` counts the printed ones; `sign` is "", "+", "-", "()" or "trailing"; `unit` is the canonical
    name of a unit that is printed with it; `bound` is "least", "most" or "about" where words blur it; `mark` is a note mark
    ("*", "1)"); `remainder` is what follows; `doubtful` says that a point may be a decimal point or a thousands sign.
    """

    value: float
    decimals: int = 0
    sign: str = ""
    unit: str | None = None
    bound: str | None = None
    mark: str = ""
    remainder: str = ""
    doubtful: bool = False

    @property
    def plain(self) -> bool:
        """Whether the cell is this number and nothing else: no qualifier and no remainder."""
        return self.bound is None and not self.remainder

    @property
    def kronor(self) -> float | None:
        """The amount in kronor where the unit is money, else None."""
        return in_kronor(self.value, self.unit)


@cache
def _units() -> dict[str, tuple[str, int | None]]:
    return {s: (u["name"], u.get("factor")) for u in read_toml("numbers.toml")["unit"] for s in u["spellings"]}


@cache
def _qualifiers() -> dict[str, str]:
    return {word: bound for bound, words in read_toml("numbers.toml")["qualifier"].items() for word in words}


def _either(words: list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", "[ ]+") for w in sorted(words, key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    """A number from its qualifier to its unit, worked example "drygt -4 067,4* miljoner kronor"."""
    digits = r"""(?P<digits>
          \d{1,3}(?:[ ]\d{3})+(?!\d|[ ]\d(?!\)))    # 12 345 678
        | \d{1,3}(?:\.\d{3})+(?![.\d])             # 12.345.678
        | \d+(?!\d|[ ]\d(?!\))) )                  # 12345, and "400 1)" with its note
        (?P<fraction>[,.]\d+)?(?![,.]?\d)"""
    return re.compile(
        rf"""(?P<bound>(?:(?:{_either(list(_qualifiers()))})(?:(?<=[<>=≥≤~≈])[ ]*|[ ]+)))?
        (?P<open>\([ ]?)?
        (?P<sign>[+-][ ]?|±)?
        {digits}
        (?P<mark1>[*¹²³⁴⁵⁶⁷⁸⁹]+|[ ]?\d\)(?!\d))?
        (?P<unit>[ ]?(?:{_either(list(_units()))})(?![\w/]))?
        (?P<close>[ ]?\))?
        (?P<trailing>[ ]?-(?![ ]?[\w(]))?
        (?P<mark2>[ ]?(?:[*¹²³⁴⁵⁶⁷⁸⁹]+))?
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def fold_blanks(text: str) -> str:
    """All blanks as " ", all minus signs and dashes as "-", soft hyphens gone; one character stays one elsewhere."""
    if text.isascii() and text.isprintable():
        return text
    for odd, plain in _FOLD:  # many times as fast as `translate` on text with å, ä and ö
        text = text.replace(odd, plain)
    return text


def parse_number(text: str) -> Number | None:
    """The number that a cell or phrase begins with, or None where it is no number or may be read in two ways.

    "Stängt", "-", "…", "e.m.", "2023-03-30", "10-12", "31 maj 2026" and "12 34" are none; "0,0" is zero.
    """
    folded = fold_blanks(text).strip()
    match = _pattern().match(folded)
    return _judge(match, folded[match.end() :]) if match else None


def find_numbers(text: str) -> list[tuple[int, int, Number]]:
    """All numbers in running text as (start, end, number); offsets hold for `fold_blanks(text)`."""
    folded, found, at = fold_blanks(text), [], 0
    while match := _pattern().search(folded, at):
        at = max(match.end(), at + 1)
        before = folded[match.start() - 1] if match.start() else " "
        number = None if before.isalnum() or before in ",./:-" else _judge(match, folded[match.end() :], cell=False)
        if number:
            found.append((match.start(), match.end(), number))
    return found


def _judge(match: re.Match[str], rest: str, *, cell: bool = True) -> Number | None:
    """A number from a match, or None where brackets do not close or what follows makes it something else."""
    is_open, is_closed = bool(match["open"]), bool(match["close"])
    if is_open and not is_closed and cell:
        return None
    if is_closed and not is_open:
        rest = match["close"] + (match["trailing"] or "") + (match["mark2"] or "") + rest
    two_signs = match["sign"] and (match["trailing"] or (is_open and is_closed and match["sign"].strip() == "+"))
    if two_signs or match["sign"] == "±" or not _may_follow(rest, has_unit=bool(match["unit"]) or is_closed):
        return None
    sign = _sign(match, bracketed=is_open and is_closed) if cell else _sign_in_text(match)
    value, decimals, doubtful = _value(match)
    unit = _units()[re.sub(" +", " ", match["unit"].strip().casefold())][0] if match["unit"] else None
    bound = _qualifiers()[re.sub(" +", " ", match["bound"].strip().casefold())] if match["bound"] else None
    mark = ((match["mark1"] or "") or (match["mark2"] or "")).strip()
    negative = sign in ("-", "()", "trailing")
    remainder = rest.strip() if cell else ""
    return Number(-value if negative and value else value, decimals, sign, unit, bound, mark, remainder, doubtful)


def _sign(match: re.Match[str], *, bracketed: bool) -> str:
    if bracketed:
        return "()"
    if match["sign"]:
        return str(match["sign"]).strip()
    return "trailing" if match["trailing"] and not match["close"] else ""


def _sign_in_text(match: re.Match[str]) -> str:
    """In running text brackets and loose dashes are punctuation: only a sign that touches the number is one."""
    sign = str(match["sign"] or "")
    return "" if sign.endswith(" ") else sign


def _value(match: re.Match[str]) -> tuple[float, int, bool]:
    """Value, printed decimals, and whether its point might have been meant the other way ("12.345")."""
    digits, fraction = match["digits"], match["fraction"] or ""
    if fraction == "" and re.fullmatch(r"0\.\d{3}", digits):  # no thousands begin with a nought
        return float(digits), 3, False
    doubtful = fraction == "" and digits.count(".") == 1 and "." in digits
    whole = digits.replace(" ", "").replace(".", "")
    return float(f"{whole}.{fraction[1:]}" if fraction else whole), max(len(fraction) - 1, 0), doubtful


def _may_follow(rest: str, *, has_unit: bool) -> bool:
    """Whether a number may be followed so: not by a letter or digit glued on, a range, a date, a fraction or a clock time."""
    if not rest:
        return True
    if rest[0].isalnum() and not has_unit:
        return False
    if rest[0] in "/:" or re.match(r" ?- ?[\d(]| ?-\w", rest) or re.match(r" +[\d,.]|[,.] *[\d-]", rest):
        return False
    return not (_MONTH.match(rest.lstrip()) and not has_unit)


def in_kronor(value: float, unit: str | None) -> float | None:
    """An amount in kronor: 307.7 with "mkr" is 307700000.0. None where the unit is not money. Any known spelling will do."""
    if unit is None:
        return None
    factor = _units().get(re.sub(" +", " ", fold_blanks(unit).strip().casefold()), ("", None))[1]
    return None if factor is None else round(value * factor, 2)


def unit_name(text: str) -> str | None:
    """The canonical name of a unit as printed alone ("Mkr", "tusen kronor", "i %"), or None where it is not known."""
    word = re.sub(r"^(?:i|belopp i|anges i|antal i) +", "", re.sub(" +", " ", fold_blanks(text).strip(" ().:;").casefold()))
    known = _units().get(word)
    return known[0] if known else None
