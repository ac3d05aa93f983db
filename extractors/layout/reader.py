"""The reader of a PDF: opens it, chooses a way for each page (tags, geometry, OCR) and puts the block tree together.

Two passes: the first reads all pages as they are (to know the document's words, its letters' size and what recurs in the margins), the
second makes blocks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pymupdf

from extractors.layout.assemble import assemble
from extractors.layout.blocks import Icon, PageInfo, Report, SetAside
from extractors.layout.cleaning import Hyphens
from extractors.layout.contents import find_contents
from extractors.layout.flow import FlowReader
from extractors.layout.headings import HeadingSense
from extractors.layout.icons import IconReader, settle
from extractors.layout.margins import Margins, find_margins
from extractors.layout.ocr import Scans, mark_ocr
from extractors.layout.pages import PageReader
from extractors.layout.raw import PageView, Picture, Pixels, RawPage, open_pdf, read_raw_page, shrink_pictures
from extractors.layout.second_opinion import SecondOpinion
from extractors.layout.tags import TagReader
from extractors.layout.tags_tree import TagTree

TEXT_SHARE, FEW_ENDS, LINES_A_SENTENCE = 0.2, 12, 6
"""A size is one of running text where it has a fifth as many letters as the most usual, and a sentence ends in every sixth line."""
SIGN_DPI = 220
"""Sharp enough for the tick within a disc of ten points."""
METADATA = ("title", "author", "producer", "creator", "creationDate", "modDate")


def read_report(path: Path, *, ocr: str = "auto") -> Report:
    """Read the PDF at `path` into a block tree. `ocr`: auto (pages without text), never or always.

    Raises schema.errors.UnreadableFile where the file cannot be read at all; what is odd within it becomes a notice.
    """
    document = open_pdf(path)
    try:
        return read_document(document, path.name, ocr=ocr)
    finally:
        document.close()
        pymupdf.TOOLS.store_shrink(100)


def read_document(document: pymupdf.Document, filename: str, *, ocr: str) -> Report:
    """Read an open document."""
    scans = Scans(document, ocr)
    pages, icons = read_pages(document, scans)
    contents = find_contents(pages)
    margins = find_margins(pages, contents.lines)
    reader = page_reader(document, pages, margins, contents.titles)
    reader.scanned.update(scans.whole)
    infos: list[PageInfo] = []
    notices = list(scans.notices)
    aside: list[SetAside] = []
    results = []
    for raw, signs in zip(pages, icons, strict=True):
        result = reader.read(raw, signs)
        results.append(result)
        infos.append(PageInfo(raw.number, *scans.displayed_size(raw), result.text, result.source))
        notices.extend(result.notices)
        aside.extend(result.aside)
    blocks = assemble([result.entries for result in results], reader.flow.hyphens, contents.titles)
    blocks = mark_ocr(blocks, scans)
    aside = [replace(item, block=block) for item, block in zip(aside, mark_ocr([item.block for item in aside], scans), strict=True)]
    metadata = {key: str((document.metadata or {}).get(key) or "") for key in METADATA}
    tagged = sum(info.source == "tags" for info in infos) * 2 > len(infos)
    return Report(filename, tuple(infos), tuple(blocks), tuple(aside), tuple(notices), metadata, tagged, turned=scans.turned)


def read_pages(document: pymupdf.Document, scans: Scans) -> tuple[list[RawPage], list[list[Icon]]]:
    """All pages as they are, with the status signs on each; what is rendered to see them is let go of page by page.

    Words are read from the file opened once more with its big pictures shrunk; signs and scans are looked at in `document` itself.
    """
    pages: list[RawPage] = []
    icons: list[list[Icon]] = []
    reader = IconReader()
    with open_pdf(Path(document.name)) as shrunk:
        for page in shrunk:
            shrink_pictures(page)
            raw = scans.read(read_raw_page(page))
            pages.append(raw)
            icons.append(reader.find(raw, partial(look_at, PageView(document, raw.number), scans)))
    return pages, settle(pages, icons)


def look_at(view: PageView, scans: Scans, picture: Picture) -> Pixels | None:
    """What a reader sees of a picture: as OCR cut it out of a scan, or as it stands on the page."""
    return scans.look(picture) or view.pixels_of(picture, dpi=SIGN_DPI)


def page_reader(document: pymupdf.Document, pages: Sequence[RawPage], margins: Margins, titles: dict[str, int]) -> PageReader:
    """The reader of single pages, with what it must know of the whole document."""
    hyphens = Hyphens({word.text for raw in pages for line in raw.lines for word in line.words})
    flow = FlowReader(hyphens, HeadingSense(body_size(pages), titles))
    return PageReader(TagReader(TagTree(document), hyphens), flow, margins, opinion=SecondOpinion(Path(document.name)))


def body_size(pages: Sequence[RawPage]) -> float:
    """The size in points of running text: of most letters, or a larger one in which many sentences end, where tables hold the most."""
    letters: Counter[float] = Counter()
    ends: Counter[float] = Counter()
    for raw in pages:
        for line in raw.lines:
            size = round(line.words[0].size * 2) / 2
            letters[size] += len(line.text)
            ends[size] += line.text.endswith(".")
    if not letters:
        return 10.0
    most = letters.most_common(1)[0][0]
    told = [s for s in letters if s > most and letters[s] >= TEXT_SHARE * letters[most] and ends[s] >= FEW_ENDS]
    return max((s for s in told if ends[s] * LINES_A_SENTENCE * 60 >= letters[s]), default=most)
