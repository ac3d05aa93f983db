"""Docs that fail the build: the help texts are the program's, and every command, table and view is told of."""

import importlib
import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from db.connection import open_for_writing
from ingest.cli import main
from schema import sql

ROOT = Path(__file__).resolve().parent.parent


def test_help_texts_are_current():
    done = subprocess.run([sys.executable, "-m", "cogapp", "--check", "docs/cli.md"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, "run: python -m cogapp -r docs/cli.md"


def test_the_catalogue_of_swedish_words_is_current():
    runpy = importlib.import_module("runpy").run_path(str(ROOT / "tools" / "make_words.py"))
    made = (ROOT / "ingest" / "locale" / "sv" / "LC_MESSAGES" / "messages.mo").read_bytes()
    assert made == runpy["catalogue"](), "run: python tools/make_words.py"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--help"], "Användning:"),
        (["nosuch"], "Kommandot 'nosuch' finns inte."),
        (["run"], "Det saknas"),
        (["search", "x", "--kind", "bil"], "'bil' är inget av"),
        (["run", "x", "--workers", "0"], "ligger utanför"),
        (["status", "extra"], "Oväntat ord: extra"),
    ],
)
def test_the_command_line_speaks_swedish(words, said):
    done = subprocess.run([sys.executable, "-m", "ingest", *words], capture_output=True, text=True, check=False)
    assert said in done.stdout + done.stderr


@pytest.mark.parametrize("command", list(main.commands))
def test_every_command_is_named_in_the_readme(command):
    assert re.search(rf"\b{command}\b", (ROOT / "README.md").read_text("utf-8"))


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    path = tmp_path_factory.mktemp("docs") / "x.db"
    open_for_writing(path).close()
    with sqlite3.connect(path) as db:
        return [row for row in db.execute("select type, name from sqlite_master where type in ('table', 'view')")]


def test_every_table_and_view_is_documented(names):
    text = (ROOT / "docs" / "database.md").read_text("utf-8")
    shadow = re.compile(r"_(data|idx|content|docsize|config)$|^sqlite_")
    assert [n for _, n in names if not shadow.search(n) and f"`{n}`" not in text] == []


def test_every_view_is_described_in_swedish_for_datasette(names):
    described = json.loads((ROOT / "db" / "site" / "tables.json").read_text("utf-8"))
    assert [n for kind, n in names if kind == "view" and not described.get(n, {}).get("description")] == []
    assert sorted(set(described) - {n for _, n in names}) == []


def test_no_document_names_what_is_not_there():
    views = set(sql.views())
    text = (ROOT / "README.md").read_text("utf-8")
    table = text.split("## What comes out")[1].split("##")[0]
    assert set(re.findall(r"`(\w+)`", table)) <= views
