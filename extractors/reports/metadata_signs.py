"""The municipality of a report whose words name none: read from the logo on its front."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from extractors.layout.blocks import Sign
from extractors.reports.front import DATA
from extractors.swedish.lexicon import read_toml
from extractors.swedish.names import canonical_body
from extractors.swedish.places import Municipality, find_municipalities, find_municipality
from schema.ids import Ids
from schema.records import Document, Extraction, Notice, Trace

OF_NO_PLACE = ("kommunalforbund", "stat")
MESSAGE = "Kommunen ({name}) står inte i rapportens text utan är läst ur logotypen på sidan. Kontrollera att den stämmer."


def lacks_place(document: Document) -> bool:
    """Whether a report names no municipality though it is one's own: not by a federation or a state body."""
    body = canonical_body(document.organisation) if document.organisation else None
    return document.municipality is None and (document.organisation is None or (body is not None and body.kind not in OF_NO_PLACE))


def place_of(text: str) -> Municipality | None:
    """The municipality or region that a logo names: "VARA KOMMUN", "2 ALINGSÅS", "Region Halland"; None for several, and for bare
    names that are words or people's names too ("Mark", "Berg").
    """
    full = {found.municipality for found in find_municipalities(text, bare=False)}
    if full:
        return full.pop() if len(full) == 1 else None
    words = read_toml("metadata.toml", DATA)["place"]
    named = {found.municipality for found in find_municipalities(text) if not _is_part(text[found.end :])}
    named |= {known for word in text.split() if word.isupper() and (known := find_municipality(word))}
    named = {place for place in named if place.place not in (*words["people"], *words["words"])}
    return named.pop() if len(named) == 1 else None


def _is_part(after: str) -> bool:
    """Whether a place is only a part of another name: "Kalmar län", "Lunds universitet", "Umeå tingsrätt"."""
    return after.lstrip().lower().startswith(("län", "universitet", "högskola", "tingsrätt", "stift"))


def with_place_of(signs: Iterable[Sign], extraction: Extraction) -> Extraction:
    """The extraction with the municipality that its logos name, and a notice that says so; as it was where they name none or several."""
    named = [(sign, place) for sign in signs if (place := place_of(sign.text))]
    if len({place for _, place in named}) != 1:
        return extraction
    sign, place = named[0]
    taken, ids = {notice.id for notice in extraction.notices}, Ids(extraction.document.id)
    notice_id = next(i for i in iter(lambda: ids.next("notice"), "") if i not in taken)
    trace = Trace(sign.page, sign.bbox, "logo", 0.8)
    notice = Notice(notice_id, trace, "place_from_logo", MESSAGE.format(name=place.name))
    document = replace(extraction.document, municipality=place.name)
    return replace(extraction, document=document, notices=(*extraction.notices, notice))
