"""Small PDFs made at test time, and broken files such as users have."""

from pathlib import Path

import pymupdf

AUDIT = [
    ("Lundby kommun", 11),
    ("Granskning av avtalsuppföljning", 22),
    ("Revisionsrapport", 14),
    ("KPMG AB", 11),
    ("2022-05-12", 11),
]
BODY = [
    ("1 Rekommendationer", 14),
    ("Utifrån vår bedömning rekommenderar vi kommunstyrelsen att:", 11),
    ("• Fastställa en rutin för hur avtal följs upp under året.", 11),
    ("• Utbilda beställarna i verksamheterna om ramavtalen.", 11),
]


def write_pdf(path: Path, *, extra: str = "") -> Path:
    """A two-page audit report; `extra` makes its content another one."""
    with pymupdf.open() as pdf:
        for lines in (AUDIT, [*BODY, (extra, 11)]):
            page = pdf.new_page(width=595, height=842)
            y = 90.0
            for text, size in lines:
                page.insert_text((70, y), text, fontsize=size, fontname="helv")
                y += size * 2
        pdf.save(path, no_new_id=True)
    return path


def write_encrypted(path: Path) -> Path:
    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((70, 90), "Hemligt")
        pdf.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="a", owner_pw="b")
    return path


def write_truncated(path: Path) -> Path:
    whole = write_pdf(path.with_name("whole.tmp"))
    path.write_bytes(whole.read_bytes()[:400])
    whole.unlink()
    return path


def write_html(path: Path) -> Path:
    path.write_text("<!DOCTYPE html><html><title>404</title><body>Sidan finns inte</body></html>", "utf-8")
    return path


def write_empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path
