"""Remake the sample reports: `python -m corpus.make [NAME ...]`, from the root of the repository."""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from corpus.make import typeset_html, typeset_reportlab, typeset_typst
from corpus.make.content import Content, letter, printed, read_content
from corpus.make.fonts import make_fonts
from corpus.make.forms import FORMS
from corpus.make.gold import gold
from corpus.make.model import Layout
from corpus.make.scan import with_letter
from corpus.make.threads import threads

HERE = Path(__file__).resolve().parent.parent
ENGINES = {"weasyprint": typeset_html.typeset, "typst": typeset_typst.typeset, "reportlab": typeset_reportlab.typeset}


def read_layouts(path: Path = HERE / "layouts.toml") -> dict[str, Layout]:
    """The layouts by name."""
    return {name: Layout(name=name, **fields) for name, fields in tomllib.loads(path.read_text("utf-8")).items()}


def read_contents(names: list[str]) -> list[Content]:
    """The contents whose names begin with one of `names`; all where none is given."""
    contents = [read_content(path) for path in sorted((HERE / "content").glob("*.toml"))]
    return [content for content in contents if not names or any(content.name.startswith(name) for name in names)]


def layouts_of(content: Content, layouts: dict[str, Layout]) -> dict[str, Layout]:
    """A report's layouts by the ending of its file name: `tags` where the file is tagged, else the layout's own name."""
    return {name: layouts[name] for name in content.data["layouts"]}


def make(content: Content, layout: Layout, fonts: dict[str, Path], out: Path) -> Path:
    """Typeset one report in one layout and write its gold beside it."""
    pdf = out / f"{content.name}.{layout.name}.pdf"
    pdf.write_bytes(ENGINES[layout.engine](printed(content, layout, FORMS), layout, fonts))
    if front := letter(content, layout, FORMS):
        with_letter(pdf, typeset_html.typeset(front, LETTER, fonts))
    _write(pdf.with_suffix(".gold.json"), gold(content, layout, pdf))
    return pdf


LETTER = Layout(name="letter", size=11)


def _write(path: Path, content: Any) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def main() -> None:
    """Make what was asked for, and the threads over all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="beginnings of the names of contents; all where none is given")
    parser.add_argument("--out", type=Path, default=HERE)
    args = parser.parse_args()
    layouts = read_layouts()
    with tempfile.TemporaryDirectory() as folder:
        fonts = make_fonts(Path(folder))
        for content in read_contents(args.names):
            for layout in layouts_of(content, layouts).values():
                pdf = make(content, layout, fonts, args.out)
                print(f"{pdf.name}  {pdf.stat().st_size // 1024} kB")
    _write(args.out / "threads_corpus.json", threads(read_contents([])))


if __name__ == "__main__":
    main()
