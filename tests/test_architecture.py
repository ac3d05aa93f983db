"""The house rules, executed: who may import whom, one door for each heavy package, and rooms of a size that fits a head."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = ("ingest", "extractors", "schema", "db")
FILES = sorted(p for top in OURS for p in (ROOT / top).rglob("*.py"))
MODULE_LINES, FUNCTION_LINES, ARGUMENTS = 350, 60, 6

# Who may import what of ours, by the longest prefix that fits the importing module.
MAY_IMPORT = {
    "schema": ("schema",),
    "extractors.swedish": ("schema", "extractors.swedish"),
    "extractors.layout": ("schema", "extractors.layout", "extractors.swedish"),
    "extractors.reports": ("schema", "extractors.reports", "extractors.swedish", "extractors.layout.blocks"),
    "db": ("schema", "db", "extractors.swedish"),
    "ingest": ("schema", "db", "extractors", "ingest"),
}
# Where a heavy package may be imported.
DOORS = {
    "pymupdf": ("extractors.layout",),
    "pdfplumber": ("extractors.layout",),
    "pdfminer": ("extractors.layout",),
    "PIL": ("extractors.layout",),
    "numpy": ("extractors.layout",),
    "spacy": ("extractors.swedish",),
    "simplemma": ("extractors.swedish",),
    "snowballstemmer": ("extractors.swedish",),
    "sqlite_utils": ("db", "ingest.run", "ingest.site"),  # ingest only names the type of the database that it hands on
    "pandas": ("db",),
    "pyarrow": ("db",),
    "openpyxl": ("db",),
    "click": ("ingest.cli", "ingest.searching"),
    "datasette": ("ingest.serve", "ingest.site"),
    "pebble": ("ingest.engines",),
    "distributed": ("ingest.engines",),
    "rich": ("ingest",),
    "rapidfuzz": ("db", "extractors.reports", "extractors.swedish"),
}
# Never at import time: they cost seconds at every start.
LAZY = ("spacy", "pandas", "pyarrow", "openpyxl", "pdfplumber", "distributed", "datasette")


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path, *, only_top: bool = False):
    tree = ast.parse(path.read_text("utf-8"))
    nodes = tree.body if only_top else ast.walk(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(name: str, prefixes) -> bool:
    return any(name == p or name.startswith(p + ".") for p in prefixes)


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_imports_go_one_way(path):
    name = module_name(path)
    rule = max((k for k in MAY_IMPORT if within(name, [k])), key=len, default=None)
    if rule is None:
        assert name == "extractors"
        return
    ours = [i for i in imports(path) if i.split(".")[0] in OURS]
    assert [i for i in ours if not within(i, MAY_IMPORT[rule])] == []


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_heavy_packages_have_one_door(path):
    name = module_name(path)
    wrong = [i for i in imports(path) if i.split(".")[0] in DOORS and not within(name, DOORS[i.split(".")[0]])]
    assert wrong == []


def test_schema_is_standard_library_only():
    used = {i.split(".")[0] for p in FILES if module_name(p).startswith("schema") for i in imports(p)}
    assert used - set(sys.stdlib_module_names) - {"schema"} == set()


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_rooms_are_small(path):
    text = path.read_text("utf-8")
    assert text.count("\n") <= MODULE_LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno + 1 <= FUNCTION_LINES, f"{path}:{node.lineno} {node.name}"
            if module_name(path) != "ingest.cli":  # a command has as many arguments as it has options
                arguments = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
                assert len([a for a in arguments if a not in {"self", "cls"}]) <= ARGUMENTS, f"{path}:{node.lineno} {node.name}"


@pytest.mark.parametrize("path", [p for p in FILES if module_name(p) != "ingest.site"], ids=module_name)
def test_slow_packages_are_imported_where_needed(path):
    assert [i for i in imports(path, only_top=True) if i.split(".")[0] in LAZY] == []


def test_importing_the_command_line_loads_nothing_heavy():
    code = "import sys, ingest.cli; print([m for m in sys.modules if m.split('.')[0] in sys.argv[1].split(',')])"
    heavy = ",".join([*LAZY, "pymupdf", "sqlite_utils", "rich", "rapidfuzz"])
    done = subprocess.run([sys.executable, "-c", code, heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_schema_is_ours():
    import schema

    assert Path(schema.__file__).resolve() == ROOT / "schema" / "__init__.py"


def test_every_package_is_listed_by_name():
    import tomllib

    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    assert sorted(listed) == sorted({module_name(p) for p in FILES if p.name == "__init__.py"})
