"""The part of a text around what was found, with the found words between [ and ]."""

from __future__ import annotations

from collections.abc import Collection

from extractors.swedish.stems import WORD

AROUND = 90
LONGEST = 260


def snippet(text: str, hits: Collection[str]) -> str:
    """About 260 letters around the place where most of what was looked for stands; `hits` are the words to mark, in lower case."""
    plain = text.replace("[", "(").replace("]", ")")
    spans = [m.span() for m in WORD.finditer(plain) if m[0].lower() in hits]
    if not spans:
        return _shortened(plain, 0, LONGEST)
    start = max(spans, key=lambda s: (sum(s[0] <= o[0] < s[0] + LONGEST - AROUND for o in spans), -s[0]))[0]
    first = max(0, start - AROUND)
    first = plain.rfind(" ", 0, first) + 1 if first else 0
    last = min(len(plain), first + LONGEST)
    last = plain.find(" ", last) if plain.find(" ", last) > 0 else len(plain) if last >= len(plain) - 40 else last
    pieces, at = [], first
    for a, b in spans:
        if a >= first and b <= last:
            pieces += [plain[at:a], "[", plain[a:b], "]"]
            at = b
    pieces.append(plain[at:last])
    body = " ".join("".join(pieces).split())
    return f"{'… ' if first else ''}{body}{' …' if last < len(plain) else ''}"


def _shortened(text: str, first: int, length: int) -> str:
    body = " ".join(text[first : first + length].split())
    return body + (" …" if len(text) > first + length else "")
