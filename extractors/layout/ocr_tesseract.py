"""Tesseract as a program of its own: given the pixels of a page or a part of one, the words with boxes and confidence.

Run as a child process, so that it can be stopped and its memory is its own. Swedish data is required: without it every å, ä and ö
would be guessed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

LANGUAGE, FIGURES = "swe", "eng"
SECONDS = 120
"""Longest time for one page; a page that takes longer counts as unreadable."""
PAGE, BLOCK, LINE = 3, 6, 7
"""Page segmentation modes: a whole page with columns, one block of lines (a table without its rules), a single line."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word as Tesseract gives it: box in pixels (left, top, right, bottom), confidence 0-100, and the line that it stands in.

    `votes`: how many readings of the page saw it so.
    """

    text: str
    box: tuple[int, int, int, int]
    confidence: float
    line: tuple[int, int, int]
    votes: int = 1


@lru_cache(maxsize=1)
def installed() -> tuple[str, frozenset[str]]:
    """The path of the program (empty where there is none) and the languages that it has data for."""
    path = shutil.which("tesseract")
    if path is None:
        return "", frozenset()
    try:
        listed = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "", frozenset()
    return path, frozenset(listed.stdout.split())


def program() -> str:
    """The path of the program if it can read Swedish, else an empty string."""
    path, languages = installed()
    return path if LANGUAGE in languages else ""


def knows_figures() -> bool:
    """Whether the data for English is there, which reads figures and the percent sign better than the Swedish."""
    return FIGURES in installed()[1]


def read_words(gray: Gray, dpi: int, *, mode: int = PAGE, language: str = LANGUAGE) -> list[Seen]:
    """The words in a picture; an empty list where there is none, or Tesseract fails on it."""
    height, width = gray.shape
    picture = f"P5 {width} {height} 255\n".encode() + gray.tobytes()
    command = [program(), "stdin", "stdout", "-l", language, "--dpi", str(dpi), "--psm", str(mode)]
    command += ["-c", "tessedit_create_tsv=1", "-c", "preserve_interword_spaces=1"]
    try:
        done = subprocess.run(
            command, input=picture, capture_output=True, timeout=SECONDS, check=False, env={**os.environ, "OMP_THREAD_LIMIT": "1"}
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return parse_tsv(done.stdout.decode("utf-8", "replace")) if done.returncode == 0 else []


def parse_tsv(text: str) -> list[Seen]:
    """Tesseract's table of twelve columns as words; lines that are no words (level 5) are passed over."""
    seen = []
    for row in text.splitlines():
        parts = row.split("\t")
        if len(parts) != 12 or parts[0] != "5" or not parts[11].strip():
            continue
        left, top, width, height = (int(v) for v in parts[6:10])
        line = (int(parts[2]), int(parts[3]), int(parts[4]))
        seen.append(Seen(parts[11].strip(), (left, top, left + width, top + height), float(parts[10]), line))
    return seen
