"""Remake the sample reports: `python -m corpus.make [NAME ...]`, from the root of the repository."""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from corpus.make.fonts import make_fonts
from corpus.make.gold import gold
from corpus.make.press import press
from corpus.make.shelf import HERE, made, read_contents, read_layouts
from corpus.make.threads import threads


def main() -> None:
    """Make what was asked for, each with its gold beside it, and the threads over all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="beginnings of the names of contents; all where none is given")
    parser.add_argument("--out", type=Path, default=HERE)
    args = parser.parse_args()
    layouts = read_layouts()
    with tempfile.TemporaryDirectory() as folder:
        fonts = make_fonts(Path(folder))
        for content in read_contents(args.names):
            for layout in (layouts[name] for name in content.data["layouts"]):
                pdf = made(content, layout, args.out)
                pdf.write_bytes(press(content, layout, fonts))
                _write(pdf.with_suffix(".gold.json"), gold(content, layout, pdf))
                print(f"{pdf.name}  {pdf.stat().st_size // 1024} kB")
    _write(args.out / "threads_corpus.json", threads(read_contents()))


def _write(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
