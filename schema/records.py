"""The records that a report is turned into: frozen types that mirror the tables of the database.

A record carries its own id (from `schema.ids.Ids`), and refers to others of the same document by id. Bodies are carried as
*names* (`organisation`, `recipients`); the store turns them into `organisation_id`. Every record that was read on a page has a
`Trace`: the page, the box in PDF points (origin top left), the rule or reader that found it, and a confidence between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a record stands on the page, what found it, and how sure that is."""

    page: int
    bbox: BBox | None
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """One report. Dates are ISO strings; `organisation` is the body whose report it is, None for the whole municipality."""

    id: str
    sha256: str
    filename: str
    title: str
    doc_type: str
    type_reasons: str = ""
    municipality: str | None = None
    organisation: str | None = None
    auditor: str | None = None
    fiscal_year: int | None = None
    period_start: str | None = None
    period_end: str | None = None
    published: str | None = None
    reference: str | None = None
    response_due: str | None = None
    pages: int = 0
    tagged: bool = False
    ocr_pages: int = 0
    producer: str | None = None
    overall_assessment: str | None = None
    audited: tuple[str, ...] = ()
    authors: str | None = None
    answers_document: str | None = None
    """For a reply: the title or reference of the report that it answers, as printed."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page with all its text; `source` is tags, flow, ocr or none."""

    id: str
    page: int
    width: float
    height: float
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what hangs under it."""

    id: str
    trace: Trace
    title: str
    level: int
    number: str = ""
    parent_id: str | None = None
    text: str = ""
    """The running text between this heading and the next one, for search."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal with its assessment. `analysis` is its whole running text, `assessment_text` the words of the verdict as printed."""

    id: str
    trace: Trace
    goal: str
    fulfilment: str
    organisation: str | None = None
    parent_goal: str | None = None
    basis: str | None = None
    scale: str = "maluppfyllelse"
    color: str | None = None
    text_status: str | None = None
    assessment_text: str | None = None
    analysis: str = ""
    section_id: str | None = None
    mentions: tuple[Mention, ...] = ()
    """The other places where the same goal stands, in a list of goals say."""


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One value of an indicator as printed and as a number; `measure` and `year` where the column tells them."""

    id: str
    column_label: str
    text: str
    value: float | None = None
    unit: str | None = None
    measure: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure (mätetal, nyckeltal) with its values."""

    id: str
    trace: Trace
    name: str
    organisation: str | None = None
    goal_id: str | None = None
    values: tuple[IndicatorValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that is done towards a goal; `progress` 0-100."""

    id: str
    trace: Trace
    activity: str
    goal_id: str | None = None
    organisation: str | None = None
    status: str | None = None
    progress: float | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """An assignment given to a body (utredningsuppdrag, uppdrag); `text` without the clause that tells the status."""

    id: str
    trace: Trace
    text: str
    organisation: str | None = None
    status: str | None = None
    status_text: str | None = None


@dataclass(frozen=True, slots=True)
class AuditQuestion:
    """A revisionsfråga with its answer as printed; `organisation` where the same question is answered for several bodies."""

    id: str
    trace: Trace
    question: str
    assessment: str
    number: str = ""
    organisation: str | None = None
    assessment_text: str | None = None
    comment: str | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True)
class AuditCriterion:
    """What the audit measures against (revisionskriterium)."""

    id: str
    trace: Trace
    text: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One of the places where a recommendation stands, as printed there."""

    id: str
    trace: Trace
    text: str
    section_id: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A recommendation, once, with all its places. `recipient` as printed, `recipients` each body addressed."""

    id: str
    trace: Trace
    text: str
    recipient: str | None = None
    recipients: tuple[str, ...] = ()
    priority: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Followup:
    """What became of an earlier recommendation; `status` None where the report gives none; `audit` is the earlier report's name."""

    id: str
    trace: Trace
    recommendation: str
    year: int | None = None
    status: str | None = None
    status_text: str | None = None
    organisation: str | None = None
    audit: str | None = None


@dataclass(frozen=True, slots=True)
class TableCell:
    """A data cell with its labels; `value` is a number where the cell is one; `row`/`col` count from 0 in the table as read."""

    id: str
    row: int
    col: int
    row_label: str
    column_label: str
    text: str
    value: float | None = None
    page: int = 0
    bbox: BBox | None = None
    confidence: float = 1.0
    group_label: str | None = None
    decimals: int | None = None
    measure: str | None = None
    period: str | None = None
    year: int | None = None
    unit: str | None = None
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A data table. `method` is how it was read (a block source); `kind` is resultat, drift, investering, balans, kassaflode,
    personal or None.
    """

    id: str
    trace: Trace
    title: str
    unit: str | None
    method: str
    kind: str | None = None
    section_id: str | None = None
    note: str = ""
    """Running text right under the table, against which amounts are checked."""
    cells: tuple[TableCell, ...] = ()


@dataclass(frozen=True, slots=True)
class AreaPoint:
    """A strength or an improvement of an evaluated area."""

    id: str
    trace: Trace
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class EvaluationArea:
    """An area of a Kommunkompassen evaluation."""

    id: str
    trace: Trace
    number: int | None
    name: str
    score: float | None
    max_score: float | None = None
    points: tuple[AreaPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class FocusArea:
    """A focus area of a strategy or plan."""

    id: str
    trace: Trace
    number: str
    name: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a table that does not add up; `message` shows the sum in Swedish; `severity` is hog, medel or lag."""

    id: str
    trace: Trace
    kind: str
    message: str
    table_id: str | None = None
    row_label: str = ""
    column_label: str = ""
    reported: float | None = None
    expected: float | None = None
    severity: str = "medel"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person should look at; `code` is a key of `schema.vocabulary.NOTICES`."""

    id: str
    trace: Trace
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one report: what a worker hands to the writer."""

    document: Document
    pages: tuple[Page, ...] = ()
    sections: tuple[Section, ...] = ()
    goals: tuple[Goal, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    activities: tuple[Activity, ...] = ()
    assignments: tuple[Assignment, ...] = ()
    audit_questions: tuple[AuditQuestion, ...] = ()
    audit_criteria: tuple[AuditCriterion, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    followups: tuple[Followup, ...] = ()
    report_tables: tuple[ReportTable, ...] = ()
    evaluation_areas: tuple[EvaluationArea, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()
    aliases: tuple[tuple[str, str], ...] = field(default=())
    """Pairs (alias, name) that the report itself gives: "Barn- och utbildningsnämnden (BUN)"."""
