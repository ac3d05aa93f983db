"""What a worker process does with one file: read it, extract its records, check its arithmetic. It never touches the database."""

from __future__ import annotations

import gc
import logging
import time
from dataclasses import dataclass
from pathlib import Path

from schema.errors import UnreadableFile
from schema.records import Extraction

MEMORY_LIMIT = 4 << 30  # bytes of address space: PDF libraries do not cap what a stream unpacks to
COLLECT_AFTER = (50_000, 20, 100)  # Python's own 700, 10, 10 spends a tenth of the time on the many small objects of a page


@dataclass(frozen=True, slots=True)
class Job:
    """One file to read."""

    path: str
    sha256: str
    ocr: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job: an extraction, or a reason (a key of `schema.vocabulary.FILE_REASONS`) and a message in Swedish."""

    job: Job
    extraction: Extraction | None = None
    reason: str | None = None
    message: str | None = None
    seconds: float = 0.0


def prepare_process() -> None:
    """Make a new process ready for its jobs: memory bounded, cycles of objects looked for less often (words and lines make none)."""
    limit_memory()
    collect_less()


def collect_less() -> None:
    """Look for cycles of objects less often in this process: words, lines and rows make none."""
    gc.set_threshold(*COLLECT_AFTER)


def limit_memory() -> None:
    """Bound this process's memory where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = MEMORY_LIMIT if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def read_file(job: Job) -> Result:
    """Read one file whole. Whatever goes wrong comes back as a Result, so that one file stops nothing."""
    started = time.perf_counter()
    try:
        extraction = extract_file(Path(job.path), sha256=job.sha256, ocr=job.ocr)
    except UnreadableFile as error:
        return Result(job, reason=error.reason, message=error.message, seconds=time.perf_counter() - started)
    except MemoryError:
        message = "Filen kräver mer minne än vad som är tillåtet. Spara om den som en ny PDF och försök igen."
        return Result(job, reason="memory", message=message, seconds=time.perf_counter() - started)
    except Exception as error:  # the border of the process: a bug must name its file, and the other files must go on
        logging.getLogger("uppsikt").debug("unexpected error in %s", job.path, exc_info=True)
        message = f"Oväntat fel i programmet ({type(error).__name__}: {error}). Rapportera gärna felet tillsammans med filen."
        return Result(job, reason="internal", message=message, seconds=time.perf_counter() - started)
    return Result(job, extraction=extraction, seconds=time.perf_counter() - started)


def extract_file(path: Path, *, sha256: str, ocr: str) -> Extraction:
    """A file's records. Raises UnreadableFile."""
    from db.findings import with_findings
    from extractors.layout.logos import read_signs
    from extractors.layout.reader import read_report
    from extractors.reports import extract
    from extractors.reports.metadata_signs import lacks_place, with_place_of

    extraction = extract(read_report(path, ocr=ocr), sha256=sha256)
    if ocr != "never" and lacks_place(extraction.document):
        extraction = with_place_of(read_signs(path), extraction)
    return with_findings(extraction)
