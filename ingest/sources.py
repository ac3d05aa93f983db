"""From what the user typed to the files of a run: files, folders (every *.pdf below) and globs."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

CHUNK = 1 << 20


def find_files(words: Iterable[str]) -> list[Path]:
    """The files meant, in order and once each; a word that matches nothing is kept as a path, to be reported as missing."""
    seen: dict[str, Path] = {}
    for word in words:
        for path in _expand(word):
            seen.setdefault(str(path.absolute()), path)
    return list(seen.values())


def _expand(word: str) -> Iterator[Path]:
    path = Path(word).expanduser()
    if path.is_dir():
        yield from sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf" and p.is_file())
    elif path.exists() or not glob.has_magic(word):
        yield path
    else:
        matches = sorted(Path(m) for m in glob.glob(str(path), recursive=True))  # noqa: PTH207  (a glob may be absolute, which Path.glob refuses)
        yield from (m for m in matches if m.is_file())
        if not matches:
            yield path


def read_sha256(path: Path) -> str:
    """The SHA-256 of a file's content as hex digits. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
