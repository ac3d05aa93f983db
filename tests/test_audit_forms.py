"""Audit reports in the forms of different firms and audit offices, typeset here from our own text, read as a user would have them read.

`data/audit_forms/<name>.html` is the report, `<name>.json` what it says (as in the gold files).
"""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.layout.reader import read_report
from extractors.reports import extract
from extractors.swedish.recommending import core

weasyprint = pytest.importorskip("weasyprint")
FORMS = Path(__file__).parent / "data" / "audit_forms"
NAMES = sorted(p.stem for p in FORMS.glob("*.html"))


@pytest.fixture(scope="module", params=NAMES)
def form(request, tmp_path_factory):
    """(what the report says, what was read out of it)."""
    pdf = tmp_path_factory.mktemp("forms") / f"{request.param}.pdf"
    weasyprint.HTML(FORMS / f"{request.param}.html").write_pdf(pdf)
    read = extract(read_report(pdf), sha256=hashlib.sha256(request.param.encode()).hexdigest())
    return json.loads((FORMS / f"{request.param}.json").read_text("utf-8")), read


def folded(text):
    return core(text)


def test_is_known_as_an_audit(form):
    assert form[1].document.doc_type == "granskningsrapport"


def test_questions(form):
    told, read = form
    several = any(q.get("organisation") for q in told["questions"])
    want = sorted((q["question"], q["assessment"], q.get("organisation")) for q in told["questions"])
    got = sorted((q.question, q.assessment, q.organisation if several else None) for q in read.audit_questions)
    assert got == want


def test_criteria(form):
    told, read = form
    assert [c.text for c in read.audit_criteria] == told["criteria"]


def test_recommendations(form):
    told, read = form
    if "recommendations" not in told:
        pytest.skip("the form leaves open whether its closing words recommend")
    want = {folded(r["text"]) for r in told["recommendations"]}
    got = {folded(r.text) for r in read.recommendations}
    assert got == want
    assert len(read.recommendations) == len(told["recommendations"])


def test_recipients(form):
    told, read = form
    got = {folded(r.text): r.recipients for r in read.recommendations}
    for r in told.get("recommendations", []):
        named = r.get("recipients") or [r["recipient"]]
        if r["recipient"] not in ("Nämnderna", "Samtliga nämnder"):
            assert set(got[folded(r["text"])]) == set(named)


def test_followups(form):
    told, read = form
    want = [(f["recommendation"], f["year"], f["status"]) for f in told["followups"]]
    assert [(f.recommendation, f.year, f.status) for f in read.followups] == want


def test_every_record_has_its_place(form):
    read = form[1]
    pages = read.document.pages
    for record in (*read.audit_questions, *read.audit_criteria, *read.recommendations, *read.followups):
        assert 1 <= record.trace.page <= pages
        assert record.trace.bbox is not None
        assert record.trace.rule
    for recommendation in read.recommendations:
        assert recommendation.mentions
        assert all(m.text for m in recommendation.mentions)


def test_reading_twice_gives_the_same(form):
    read = form[1]
    assert replace(read) == read
    ids = [r.id for r in (*read.audit_questions, *read.recommendations, *read.followups)]
    assert len(ids) == len(set(ids))
