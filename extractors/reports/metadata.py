"""What a report says about itself: type, title, municipality, body, auditor, year, dates and reference."""

from __future__ import annotations

from extractors.layout.blocks import Heading, Report
from schema.ids import document_id
from schema.records import Document


def read_document(report: Report, *, sha256: str) -> Document:
    """The report's metadata as its pages give it. The file's own metadata is not asked: it misleads too often."""
    title = next((b.text for b in report.blocks if isinstance(b, Heading) and b.text), report.filename)
    return Document(
        id=document_id(sha256),
        sha256=sha256,
        filename=report.filename,
        title=title,
        doc_type="ovrigt",
        pages=len(report.pages),
        tagged=report.tagged,
        ocr_pages=sum(p.source == "ocr" for p in report.pages),
        producer=report.metadata.get("producer") or None,
    )
