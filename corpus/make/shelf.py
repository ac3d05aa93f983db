"""Where the contents, the layouts and the made reports stand."""

from __future__ import annotations

import tomllib
from pathlib import Path

from corpus.make.content import Content, read_content
from corpus.make.model import Layout

HERE = Path(__file__).resolve().parent.parent


def read_layouts() -> dict[str, Layout]:
    """The layouts by name."""
    return {name: Layout(name=name, **fields) for name, fields in tomllib.loads((HERE / "layouts.toml").read_text("utf-8")).items()}


def read_contents(names: list[str] | None = None) -> list[Content]:
    """The contents whose names begin with one of `names`; all where none is given."""
    contents = [read_content(path) for path in sorted((HERE / "content").glob("*.toml"))]
    return [content for content in contents if not names or any(content.name.startswith(name) for name in names)]


def made(content: Content, layout: Layout, folder: Path = HERE) -> Path:
    """The PDF of a content in a layout."""
    return folder / f"{content.name}.{layout.name}.pdf"
