"""Names of public bodies in Swedish text (first version; being written)."""

from __future__ import annotations

import re

_BODY = re.compile(r"\b([\w-]*(?:nämnden|styrelsen|förvaltningen|staben)|[A-ZÅÄÖ][\w ]+ AB)\b", re.IGNORECASE)


def body_in_heading(text: str, *, whole: bool) -> str | None:
    """The body that a heading names."""
    match = _BODY.search(text)
    if not match or (whole and len(match[0]) < 0.8 * len(text)):
        return None
    return match[0][:1].upper() + match[0][1:]
