"""The sample reports against what their content says: every kind of record, in every layout, by the project's own scorer."""

import json
import tomllib

import pymupdf
import pytest

from corpus.make.gold import gold
from corpus.make.shelf import HERE, made, read_contents, read_layouts
from corpus.make.threads import threads
from tests.scoring import KINDS, score

LEAST = 0.95
LAYOUTS = read_layouts()
CONTENTS = read_contents()
PRINTED = [(content, LAYOUTS[name]) for content in CONTENTS for name in content.data["layouts"]]
NAMES = [f"{content.name}.{layout.name}" for content, layout in PRINTED]
SCORED = ["documents", "metadata", *(kind.name for kind in KINDS), "indicators", "table_cells", "findings"]


@pytest.fixture(scope="module")
def scores(corpus_db):
    files = {layout: sorted(HERE.glob(f"*.{layout}.gold.json")) for layout in LAYOUTS}
    return {layout: score(corpus_db, found) for layout, found in files.items()}


@pytest.mark.parametrize("kind", SCORED)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_kind_is_read_in_every_layout(scores, layout, kind):
    found = scores[layout].get(kind)
    if found is None or not found.gold + found.found:
        pytest.skip(f"no {kind} in {layout}")
    assert found.f1 >= LEAST, "\n".join([f"{kind} in {layout}: F1 {found.f1:.3f}", *found.wrong[:20]])


def test_threads(corpus_db):
    found = score(corpus_db, [], [HERE / "threads_corpus.json"])["threads"]
    assert found.f1 >= LEAST, "\n".join(found.wrong)


@pytest.mark.parametrize(("content", "layout"), PRINTED, ids=NAMES)
def test_gold_is_what_the_content_says(content, layout):
    pdf = made(content, layout)
    assert json.loads(pdf.with_suffix(".gold.json").read_text("utf-8")) == gold(content, layout, pdf)


def test_threads_are_what_the_contents_say():
    assert json.loads((HERE / "threads_corpus.json").read_text("utf-8")) == threads(CONTENTS)


@pytest.mark.parametrize(("content", "layout"), PRINTED, ids=NAMES)
def test_every_record_stands_on_a_page(content, layout):
    found = json.loads(made(content, layout).with_suffix(".gold.json").read_text("utf-8"))
    for kind in ("goals", "activities", "assignments", "questions", "followups", "areas", "focus_areas", "tables"):
        assert all(record["page"] for record in found[kind]), kind
    assert all(record["pages"] for record in found["recommendations"])


@pytest.mark.parametrize("content", CONTENTS, ids=lambda content: content.name)
def test_every_content_is_set_by_two_engines(content):
    assert len({(LAYOUTS[name].engine, LAYOUTS[name].tagged) for name in content.data["layouts"]}) >= 2


def test_the_sample_reports_are_small():
    sizes = {path.name: path.stat().st_size for path in HERE.glob("*.pdf")}
    assert set(sizes) == {f"{name}.pdf" for name in NAMES}
    assert max(sizes.values()) < 150_000
    assert sum(sizes.values()) < 3_000_000
    for name in sizes:
        with pymupdf.open(HERE / name) as pdf:
            assert 1 <= len(pdf) <= 10


def test_all_types_and_three_years_of_one_municipality_are_there():
    documents = [content.data["document"] for content in CONTENTS]
    assert {d["doc_type"] for d in documents} == {
        "delarsrapport",
        "arsuppfoljning",
        "granskningsrapport",
        "utvardering",
        "strategi",
        "ovrigt",
    }
    years = {
        d.get("fiscal_year")
        for d in documents
        if d["municipality"] == "Norrtuna kommun" and d["doc_type"] in {"delarsrapport", "arsuppfoljning"}
    }
    assert len(years) >= 3
    assert len({d["auditor"] for d in documents if d.get("auditor")}) >= 5


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["weasyprint", "typst", "reportlab"])
def test_remaking_gives_the_same_bytes(engine, tmp_path):
    pytest.importorskip(engine)
    press = pytest.importorskip("corpus.make.press")
    from corpus.make.fonts import make_fonts

    content, layout = next((c, la) for c, la in PRINTED if la.engine == engine and "letter" not in c.data)
    first, again = (press.press(content, layout, make_fonts(tmp_path / name)) for name in ("a", "b"))
    assert first == again


def test_layouts_differ_in_every_way_that_matters():
    rows = tomllib.loads((HERE / "layouts.toml").read_text("utf-8")).values()
    for key, wanted in (
        ("engine", {"weasyprint", "typst", "reportlab"}),
        ("tables", {"ruled", "lines", "shade", "plain"}),
        ("icons", {"image", "vector", "glyph", "shade"}),
    ):
        assert {row[key] for row in rows} >= wanted, key
