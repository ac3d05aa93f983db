"""What opens a goal in running text: a heading, a label, a body's name, a sign, or a statement that is judged right after."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.layout.blocks import Block, Heading, Icon, ListItem, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import heading_is, match_label, role_of_header, split_inline_status
from extractors.swedish.assessment import find_verdict, parse_status
from extractors.swedish.names import canonical_body, find_bodies

LONGEST = 400
SHORTEST_STATEMENT = 20
_TOWARDS = re.compile(r"\bmot (?:det |sitt |nämndens |kommunens )?\w*mål(?:et)? att (?P<goal>[^.]{15,300})\.?$", re.IGNORECASE)
_WORKS = re.compile(
    r"^(?:arbetar|verkar|strävar|ska|har som mål)\s(?:aktivt |fortsatt )?(?:med |för |efter )?att (?P<goal>\S.*)$", re.IGNORECASE
)
_EXPLAINS = re.compile(
    r"^(?:färg(?:en|erna|markering\w*)|symbol(?:en|erna)|teck(?:en|net)|trafikljus(?:et|en)?|ljus(?:et|en)|pil(?:en|arna)|prick(?:en|arna)|"
    r"kryss(?:et|en)|smiley\w*|ikon(?:en|erna)|stap(?:eln|larna))\b",
    re.IGNORECASE,
)
_INNER_STOP = re.compile(r"[.!?]\s+[A-ZÅÄÖ]")
_GROUP = re.compile(r"^(?P<name>[A-ZÅÄÖ]\w+(?: [A-ZÅÄÖ]\w+)*)[- ]koncernen\b")
_KEY_LINE = re.compile(r"^(?:målet|målen|bedömningen|måluppfyllelsen|prognosen|grön|gul|röd|grå)\b", re.IGNORECASE)
_ON_THE_GOAL = re.compile(r"^(?:det )?(?:målet|målsättningen|målnivån)\b(?! är att)", re.IGNORECASE)
_STOP = re.compile(r"(?<!\.\w)\.$")
_GOAL_WORDS = re.compile(
    r"\b(?:ska|skall)\b|^(?:fler|färre|öka[dnr]?|minska[dnr]?|alla|utveckla|skapa|stärk[at]|förbättra[dt]?|bättre|högre|lägre|god|trygg|"
    r"hållbar|attraktiv|fortsätta|säkerställa|verka|främja|bidra|bevara|erbjuda)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A goal that a block of text opens: its words, the body it names, the form that it was known by, and whether the block is
    itself the beginning of the analysis.
    """

    goal: str
    rule: str
    body: str | None = None
    inside: bool = False


def in_goal_section(context: Context, block: Block) -> bool:
    """Whether a heading above the block says that goals are reported there."""
    return any(heading_is("goals", h.text) for h in context.headings_of(block))


def is_goal_heading(context: Context, heading: Heading) -> bool:
    """Whether a heading can be a goal: below a heading on goals, no heading of structure, and not the name of a body."""
    if heading_is("structure", heading.text) or canonical_body(heading.text) or heading.text.endswith(":"):
        return False
    above = context.headings_of(heading)[:-1]
    return any(heading_is("goals", h.text) for h in above) and len(heading.text) <= LONGEST


def is_aim_heading(block: Block) -> bool:
    """Whether a heading says what ought to be ("Vårdköerna ska kortas"): a goal also outside a section on goals, if it is judged."""
    words = isinstance(block, Heading) and re.search(r"\b(?:ska|skall)\b", block.text)
    return bool(words) and len(block.text) <= LONGEST // 2 and block.text[-1] not in ":?" and not heading_is("structure", block.text)


def reads_as_goal(text: str) -> bool:
    """Whether the words are those of an aim: "… ska …", "Fler …", "Utveckla …"."""
    return bool(_GOAL_WORDS.search(text))


def reads_as_aim(text: str) -> bool:
    """Whether a sentence says what ought to be: "Soliditeten ska vara minst 25 procent"."""
    return bool(re.search(r"\b(?:ska|skall|högst|minst)\b", text, re.IGNORECASE))


def lead_opening(context: Context, block: Block, *, examples: bool) -> Opening | None:
    """A paragraph that begins with a body, whose goal follows: "**Socialnämnden** Fler ska få stöd tidigt".

    Where the rest is running text of several sentences, the goal is empty: the text then is on the goal of the heading above.
    """
    lead = _lead_of(context, block, examples=examples)
    if lead is None:
        return None
    body, rest = lead
    if _INNER_STOP.search(rest) or len(rest) > LONGEST:
        return Opening("", "goal-lead", body, inside=True)
    works = _WORKS.match(rest)
    return Opening(works.group("goal") if works else rest, "goal-lead", body)


def _lead_of(context: Context, block: Block, *, examples: bool) -> tuple[str, str] | None:
    """The body that a paragraph begins with, set off in bold or by the capital that follows, and the rest of its words.

    Below "Exempel på nämndsmål:" the body alone is enough, for there each paragraph that begins with one brings a goal of it.
    """
    if isinstance(block, ListItem):
        return None
    if block.lead and block.text.startswith(block.lead) and (whole := canonical_body(block.lead)):
        rest = block.text[len(block.lead) :].strip(" :–-")
        return (whole.name, rest) if rest else None
    group = _GROUP.match(block.text)
    if group and examples and any(f"{group['name']} AB" in p.text for p in context.report.pages):
        return f"{group['name']} AB", block.text[group.end() :].strip()
    body = next((b for b in find_bodies(block.text[:200]) if b.start <= 4 and not b.plural), None)
    if body is None or (body.start and "/" not in block.text[: body.start]):
        return None
    rest = block.text[body.end :].strip()
    set_off = rest[:1].isupper() or rest[:1] in {":", "–"}
    rest = rest.strip(" :–-")
    return (body.name, rest) if rest and (set_off or examples) else None


def towards_opening(block: Block) -> Opening | None:
    """A sentence of the form "Exempelvis arbetar nämnden mot målet att <mål>"."""
    match = _TOWARDS.search(block.text)
    if not match or len(block.text) > LONGEST:
        return None
    bodies = find_bodies(block.text)
    return Opening(match.group("goal"), "goal-towards", bodies[0].name if bodies else None)


def statement_opening(block: Block) -> Opening | None:
    """A paragraph of one sentence that can be a goal, with the body that it may begin with: "Nämnden arbetar med att <mål>"."""
    text = block.text
    if isinstance(block, ListItem | Heading) or not SHORTEST_STATEMENT <= len(text) <= LONGEST or is_status_line(text):
        return None
    if _INNER_STOP.search(text) or text.endswith(":") or _EXPLAINS.match(text):
        return None
    bodies = find_bodies(text)
    if bodies and bodies[0].start <= 4 and (works := _WORKS.match(text[bodies[0].end :].strip())):
        return Opening(works.group("goal"), "goal-statement", bodies[0].name)
    return Opening(text, "goal-statement", bodies[0].name if bodies and bodies[0].start <= 4 else None)


def judged_opening(block: Block) -> tuple[Opening, Block | None] | None:
    """A goal and its verdict in one item or paragraph: "Låneskulden ska inte öka. Målet är uppfyllt."; the rest is its analysis.

    None for the rest where the status is part of the goal's own line: "Besöken ska öka – ej uppfyllt".
    """
    if len(block.text) <= LONGEST and split_inline_status(block.text)[1]:
        return Opening(block.text, "goal-judged"), None
    goal, _, rest = block.text.partition(". ")
    if not SHORTEST_STATEMENT <= len(goal) <= LONGEST or not _ON_THE_GOAL.match(rest):
        return None
    set_off = bool(block.lead) and block.lead.strip(" .:") == goal.strip(" .:")
    if not (set_off or reads_as_aim(goal)) or _ON_THE_GOAL.match(goal) or find_verdict(rest) is None:
        return None
    return Opening(goal, "goal-judged"), replace(block, text=rest, lead="")


def labelled_opening(block: Block) -> tuple[Opening, Block | None] | None:
    """A goal behind its label ("Mål 2: Fler ska cykla"), and the rest of the paragraph where only the goal is set off or judged there."""
    goal = match_label("goal", block.text)
    if not goal:
        return None
    led = match_label("goal", block.lead) if block.lead and block.text.startswith(block.lead) else None
    if led:
        rest = block.text[len(block.lead) :]
        goal = led
    else:
        first, _, rest = goal.partition(". ")
        goal, rest = (first, rest) if reads_as_aim(first) and find_verdict(rest) else (goal, "")
    if len(goal) > LONGEST:
        return None
    rest = rest.lstrip(" :.–-")
    goal = goal if ". " in goal else _STOP.sub("", goal)
    return Opening(goal, "goal-label"), replace(block, text=rest, lead="") if rest else None


def heading_is_status(text: str) -> bool:
    """Whether a line set off like a heading only tells the status: "Måluppfyllelse: God", "Målet är uppfyllt"."""
    status = match_label("status", text)
    return (status is not None and len(status) <= 60 and parse_status(status) is not None) or (
        len(text) <= 60 and parse_status(text) is not None and not heading_is("structure", text)
    )


def line_opening(block: Block) -> Opening | None:
    """A line of its own that reads as a goal, where a report sets its headings like text: no full stop, not long, "… ska …"."""
    text = block.text
    if isinstance(block, ListItem) or not SHORTEST_STATEMENT <= len(text) <= LONGEST // 2 or text[-1] in ".:;,?!":
        return None
    return Opening(text, "goal-line") if text[:1].isupper() and reads_as_goal(text) and not is_status_line(text) else None


def signs_beside(blocks: tuple[Block, ...]) -> dict[int, list[Icon]]:
    """For each block of text (by identity) the signs of its page that stand on its line; those of a key are left out."""
    beside: dict[int, list[Icon]] = {}
    signs = [b for b in blocks if isinstance(b, Icon) and not b.in_key]
    for icon in signs:
        if icon.frame is not None and (title := _title_of_card(icon, signs, blocks)) is not None:
            beside.setdefault(id(title), []).append(icon)
            continue
        middle = (icon.bbox[1] + icon.bbox[3]) / 2
        texts = [b for b in blocks if b.text and not isinstance(b, Icon | Table) and b.page == icon.page]
        level = [b for b in texts if b.bbox[1] - 4 <= middle <= b.bbox[3] + 4]
        level = [b for b in level if isinstance(b, Heading) or _adjoins(icon, b) or _below_status(icon, b, texts)]
        if level:
            nearest = min(level, key=lambda b: abs((b.bbox[1] + min(b.bbox[3], b.bbox[1] + 14)) / 2 - middle))
            beside.setdefault(id(nearest), []).append(icon)
    return beside


def _title_of_card(icon: Icon, signs: list[Icon], blocks: tuple[Block, ...]) -> Block | None:
    """The goal of the card in which a sign stands alone: its heading, else its first words in bold, else the first that read as an aim."""
    if any(i.frame == icon.frame and i.page == icon.page and abs(i.bbox[1] - icon.bbox[1]) > 12 for i in signs):
        return None
    texts = [b for b in blocks if b.frame == icon.frame and b.page == icon.page and b.text and not isinstance(b, Icon | Table)]
    texts = [b for b in texts if len(b.text) >= SHORTEST_STATEMENT and not is_status_line(b.text) and not canonical_body(b.text)]
    bold = [b for b in texts if isinstance(b, Heading) or b.style.bold]
    return next(iter([*bold, *(b for b in texts if reads_as_goal(b.text)), *texts]), None)


def key_lines(blocks: tuple[Block, ...]) -> set[int]:
    """The texts (by identity) that stand beside the signs of a key and say what these mean."""
    keys = [b for b in blocks if isinstance(b, Icon) and b.in_key]
    texts = [b for b in blocks if b.text and not isinstance(b, Icon | Table | Heading)]
    return {
        id(text)
        for icon in keys
        for text in texts
        if text.page == icon.page
        and text.bbox[1] - 4 <= (icon.bbox[1] + icon.bbox[3]) / 2 <= text.bbox[3] + 4
        and len(text.text) < LONGEST // 2
    }


def _adjoins(icon: Icon, text: Block) -> bool:
    """Whether a sign stands where a text begins: right before it, or set into its first line."""
    return icon.bbox[0] <= text.bbox[0] + 4 and icon.bbox[2] >= text.bbox[0] - 40 and icon.bbox[1] <= text.bbox[1] + 14


def _below_status(icon: Icon, text: Block, texts: list[Block]) -> bool:
    """Whether a sign stands in a column of its own, right of the text and below the word "Bedömning" as its header."""
    heads = [b for b in texts if b.bbox[3] <= icon.bbox[1] and b.bbox[0] - 20 <= icon.bbox[0] and icon.bbox[2] <= b.bbox[2] + 20]
    nearest = max(heads, key=lambda b: b.bbox[3], default=None)
    return icon.bbox[0] >= text.bbox[2] and nearest is not None and role_of_header(nearest.text) == "status"


def is_activity_line(text: str) -> bool:
    """Whether a heading or a line of its own opens a list of activities: "Aktiviteter", "Aktiviteter under perioden:"."""
    return len(text) <= 70 and bool(re.match(r"(?:[\d.]+ )?(?:\w+ )?(?:aktiviteter(?:na)?\b(?!.*\.)|aktivitet$)", text, re.IGNORECASE))


def is_status_line(text: str) -> bool:
    """Whether a line is only a word of fulfilment ("Målet är uppfyllt") or a sentence on "målet" as a key has them."""
    return (len(text) <= 60 and parse_status(text) is not None) or (len(text) <= 90 and bool(_KEY_LINE.match(text)))
