"""What a report says about itself: type, title, municipality, body, auditor, year, dates and reference.

Only its pages are asked. The file's own metadata misleads too often to be used for anything but the producer.
"""

from __future__ import annotations

import re

from extractors.layout.blocks import Report
from extractors.reports.classify import Judgement
from extractors.reports.front import DATA, Front, leaves
from extractors.reports.metadata_dates import find_fiscal_year, find_period_of, find_published, find_response_due
from extractors.reports.metadata_names import find_audited, find_auditor, find_authors, find_organisation, find_place
from extractors.swedish.lexicon import read_toml
from schema.ids import document_id
from schema.records import Document

LONGEST_ASSESSMENT = 600
UNLABELLED = re.compile(r"(?!.*\d{4}-\d\d-\d\d$)[A-ZÅÄÖ]{2,6}(?:-[A-ZÅÄÖ]{2,4})?[ /-]?(?:19|20)\d\d[:/.-]\d{1,6}(?:[-.]\d{1,3})?")
"""A reference that stands alone in a letterhead tells itself: "BUN/2024:55", "KS 2023/00112"."""


def read_document(report: Report, front: Front, judgement: Judgement, *, sha256: str) -> Document:
    """The report's metadata as its pages give it. `sha256` is the file's digest as 64 hex digits."""
    doc_type, is_audit = judgement.doc_type, judgement.doc_type == "granskningsrapport"
    published = find_published(front)
    year = find_fiscal_year(front, doc_type, published)
    period = find_period_of(front, doc_type, year)
    if year is None and period and period.year:
        year = period.year
    municipality, outside = find_place(front)
    body = find_organisation(front, doc_type)
    return Document(
        id=document_id(sha256),
        sha256=sha256,
        filename=report.filename,
        title=front.title or report.filename.removesuffix(".pdf"),
        doc_type=doc_type,
        type_reasons=judgement.text,
        municipality=municipality,
        organisation=outside or (body.name if body else None),
        auditor=find_auditor(front) if is_audit else None,
        fiscal_year=year,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        published=published,
        reference=find_reference(front),
        response_due=find_response_due(front, published) if is_audit else None,
        pages=len(report.pages),
        tagged=report.tagged,
        ocr_pages=sum(p.source == "ocr" for p in report.pages),
        producer=report.metadata.get("producer") or None,
        overall_assessment=find_overall_assessment(front) if is_audit else None,
        audited=find_audited(front) if is_audit else (),
        authors=find_authors(front) if is_audit else None,
        answers_document=find_answered(front) if doc_type == "ovrigt" else None,
    )


def find_reference(front: Front) -> str | None:
    """The reference number (diarienummer) on the front: "KS 2013/375", "26/0005-2", "2026.134 BUN"."""
    label = read_toml("metadata.toml", DATA)["reference"]["label"]
    value = r"(?P<ref>(?:[A-ZÅÄÖ]{1,6}[-/ ]?(?:[A-ZÅÄÖ]{1,4}[- ])?)?\d[\d/.:-]*\d(?:[- ][A-ZÅÄÖ]{2,4}\b)?)"
    for line in front.lines:
        match = re.search(label + value, line.text, re.IGNORECASE)
        if match:
            return match["ref"].strip()
    alone = (UNLABELLED.fullmatch(line.text.strip()) for line in front.first_page)
    return next((match[0] for match in alone if match), None)


def find_overall_assessment(front: Front) -> str | None:
    """The sentence that gives the auditors' judgement of the whole."""
    pattern = re.compile(read_toml("metadata.toml", DATA)["overall"]["pattern"], re.IGNORECASE)
    for block in leaves(front.report):
        if len(block.text) < 40 or len(re.findall(r"\d\.\d ", block.text)) > 2 or not pattern.search(block.text):
            continue
        sentence = next((s for s in re.split(r"(?<=[a-zåäö)\d])\. (?=[A-ZÅÄÖ])", block.text) if pattern.search(s)), "")
        if 40 <= len(sentence) <= LONGEST_ASSESSMENT and not sentence.endswith(":"):
            return sentence.strip(" .") + "."
    return None


def find_answered(front: Front) -> str | None:
    """For a reply: the report that it answers, as its title names it."""
    match = re.match(read_toml("metadata.toml", DATA)["answer"]["pattern"], front.title, re.IGNORECASE)
    return match["what"].strip() if match else None
