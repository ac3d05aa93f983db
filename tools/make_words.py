"""Turn ingest/locale/swedish.toml into the catalogue that gettext reads: python tools/make_words.py.

The format is GNU gettext's .mo: a header, two tables of (length, offset), then the strings, sorted by the original. A plural is one entry
whose two originals are joined by a NUL; here the singular's text names the plural's by its own line in the file.
"""

from __future__ import annotations

import struct
import tomllib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "ingest" / "locale"
PLURALS = {
    "Got unexpected extra argument ({args})": "Got unexpected extra arguments ({args})",
    "{value!r} is not {choice}.": "{value!r} is not one of {choices}.",
}
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"


def catalogue() -> bytes:
    """The bytes of the .mo file."""
    words = tomllib.loads((FOLDER / "swedish.toml").read_text("utf-8"))
    entries = {"": HEADER}
    for original, swedish in words.items():
        if original in PLURALS:
            entries[f"{original}\0{PLURALS[original]}"] = f"{swedish}\0{words[PLURALS[original]]}"
        elif original not in PLURALS.values():
            entries[original] = swedish
    pairs = sorted((a.encode(), b.encode()) for a, b in entries.items())
    start = 28 + 16 * len(pairs)
    originals, translations, texts = [], [], b""
    for column, table in ((0, originals), (1, translations)):
        for pair in pairs:
            table += [len(pair[column]), start + len(texts)]
            texts += pair[column] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + struct.pack(f"<{len(originals) * 2}I", *originals, *translations) + texts


if __name__ == "__main__":
    (FOLDER / "sv" / "LC_MESSAGES" / "messages.mo").write_bytes(catalogue())
