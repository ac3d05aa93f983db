"""Verbs of doing, as recommendations are made of them, and the forms in which one stands in a list.

The verbs stand in `data/recommending.toml` under `verbs`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "recommending.toml"


@cache
def verbs_of(kind: str) -> frozenset[str]:
    """The words of one kind: `words`, `endings`, `adverbs`, `imperatives`, ..."""
    return frozenset(tomllib.loads(DATA.read_text("utf-8"))["verbs"][kind])


def is_action(word: str) -> bool:
    """Whether a word is an infinitive or imperative of a verb of doing: "säkerställa", "säkerställ", "revidera"."""
    low = word.lower().strip(" ,:")
    endings = tuple(verbs_of("endings"))
    if low in verbs_of("not_verbs") or len(low) < 2:
        return False
    if low in verbs_of("words") or low in verbs_of("imperatives") or low.endswith(endings):
        return True
    return len(low) > 3 and (low + "a" in verbs_of("words") or (low + "a").endswith(endings))


@cache
def infinitives() -> str:
    """Verbs of doing in the infinitive, active and passive, as a pattern."""
    known = "|".join(sorted(verbs_of("words") | verbs_of("behind_modal"), key=len, reverse=True))
    return rf"(?:(?:[\wåäö]*(?:{'|'.join(sorted(verbs_of('endings')))})|{known})s?\b)"


_MAIN_VERB = re.compile(
    r"\b(?P<verb>är|var|har varit|blir|innebär|medför|framgår|ligger|skapar|bidrar|utgör|bedöms|anses|ses|ställer|förutsätter|kräver|räcker"
    r"|ingår|minskar|ökar|ger|gör|leder|underlättar|försvårar|kan|bör|ska|behöver|måste"
    r"|gjordes|gjorts|fick|hade|blev|[\wåäö]+(?:ades|ddes|ndes|rdes|ldes|gdes))\b",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:att|som|där|när|om|hur|vilk\w+|vad|vem|eftersom|innan|tills|medan|varför|och|samt)\b", re.IGNORECASE)


def is_listed_form(plain: str) -> bool:
    """Whether a line has the form of a recommendation that its list's lead-in has introduced: "Utveckla analysen …", "att nämnden
    säkerställer …". A clause with att that is only the subject of a sentence ("Att utreda frågan är …") has not.
    """
    words = plain.split(" ")
    if len(words) < 3 or plain.endswith("?"):
        return False
    if words[0].lower() != "att":
        other = words[0].lower() in verbs_of("no_opening") and words[1].lower() not in verbs_of("particles")
        imperative = words[0][:1].isupper() and not other and not words[0].lower().endswith("er") and is_action(words[0])
        return imperative and not _has_main_verb(plain, len(words[0]))
    rest = " ".join(words[1:])
    at = next((i for i, w in enumerate(words[1:14], 1) if _is_done(w)), 0)
    if at == 0 or (words[1].lower() in ("det", "detta") and not words[2].lower().endswith("s")):
        return False
    return not _has_main_verb(rest, len(" ".join(words[1 : at + 1])))


def _is_done(word: str) -> bool:
    """Whether a word is a verb of doing in the infinitive or the present, active or passive."""
    low = word.lower().strip(" ,.")
    forms = (low, low[:-1], low[:-2] + "a" if low.endswith(("er", "es")) else low, low[:-1] + "a" if low.endswith("s") else low)
    behind = verbs_of("behind_modal")
    return any(is_action(form) or form in behind for form in forms if not form.endswith("er"))


def _has_main_verb(text: str, start: int) -> bool:
    """Whether a main verb follows that nothing subordinates."""
    main = _MAIN_VERB.search(text, start)
    return main is not None and not _JOINED.search(text, start, main.start())
