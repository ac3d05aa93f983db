"""Goals that stand in lists and boxes: a bulleted list judged as a whole, boxes above a text each."""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from extractors.layout.blocks import Block, Heading, Icon, ListItem, Table
from extractors.reports.context import Context
from extractors.reports.goals_columns import heading_is, join_blocks
from extractors.reports.goals_draft import Draft, clean_goal
from extractors.reports.goals_openers import in_goal_section
from extractors.swedish.assessment import find_verdicts

_LEAD = re.compile(r"följande (?P<kind>(?:\w+ )?\w*mål)\b.*:$|^(?P<other>(?:\w+ )?\w*mål(?:en)?)(?: 20\d\d)?(?: är)?:$", re.IGNORECASE)
_SHARE_OF_OTHERS = re.compile(r"\b\w+ av \w+ \w*mål\w* (?:samt|och) (?:även )?", re.IGNORECASE)
LONGEST = 500
SHORTEST_BOX = 40


def find_judged_lists(context: Context) -> list[Draft]:
    """A bulleted list of goals, and further on in its section a sentence that judges these goals together."""
    drafts: list[Draft] = []
    blocks = context.report.blocks
    for i, block in enumerate(blocks):
        lead = _LEAD.search(block.text) if block.text and not isinstance(block, Table | Heading) else None
        if lead is None:
            continue
        items = []
        for item in blocks[i + 1 :]:
            if not isinstance(item, ListItem):
                break
            items.append(item)
        rest = [b for b in blocks[i + 1 + len(items) :] if context.section_of(b) == context.section_of(block)]
        drafts += _judged(context, items, rest, lead.group("kind") or lead.group("other"))
    return drafts


def _judged(context: Context, items: list[ListItem], rest: list[Block], kind: str) -> list[Draft]:
    sentences = re.split(r"(?<=[.!?])\s+", "\n".join(b.text for b in rest if not isinstance(b, Table | Icon)))
    wanted = re.compile(
        re.escape(kind.split()[-2] if len(kind.split()) > 1 else kind)
        + r"\w*(?: \w*mål\w*)?|\b(?:samtliga|alla|båda|inget av|inga av) (?:\w+ )?mål\w*",
        re.IGNORECASE,
    )
    for sentence in sentences:
        if not items or not wanted.search(sentence):
            continue
        verdicts = find_verdicts(_SHARE_OF_OTHERS.sub("", sentence))
        if verdicts:
            return [_judged_item(context, item, rest, verdicts[0].status, sentence) for item in items]
    return []


def _judged_item(context: Context, item: ListItem, rest: list[Block], status: str, sentence: str) -> Draft:
    draft = Draft(clean_goal(item.text), item.page, item.bbox, "goal-judged-list", item, context.body_of(item), confidence=0.8)
    draft.given, draft.status_text = status, sentence
    draft.blocks = [b for b in rest if b.text and not isinstance(b, Table | Icon)]
    return draft


def find_boxes(context: Context) -> list[Draft]:
    """Boxes or first paragraphs below headings, each above a text of its own, whose words the report also lists: goals without status."""
    found: list[tuple[Block, str, list[Block]]] = []
    blocks = context.report.blocks
    for i, block in enumerate(blocks):
        text = _box(block) or (block.text if i and isinstance(blocks[i - 1], Heading) and _is_text(block) else "")
        if SHORTEST_BOX <= len(text) <= LONGEST * 2 and in_goal_report(context, block) and _listed_before(blocks[:i], text):
            below = _below(blocks, i)
            if below:
                found.append((block, text, below))
    return [_boxed(context, *box) for box in found] if len(found) >= 2 else []


def _is_text(block: Block) -> bool:
    return bool(block.text) and not isinstance(block, Heading | Icon | Table | ListItem)


def _box(block: Block) -> str:
    """The text of a box: a table of one cell, or a paragraph on a ground of its own; empty where the block is none."""
    if isinstance(block, Table):
        filled = [c for c in block.cells if c.blocks]
        if len(filled) != 1 or block.cols > 1 or any(isinstance(b, Table | Icon) for b in filled[0].blocks):
            return ""
        return join_blocks(filled[0].blocks)
    return block.text if block.fill and _is_text(block) else ""


def _listed_before(before: tuple[Block, ...], text: str) -> bool:
    """Whether the same words stand further up, in a list or as a paragraph."""
    return any(abs(len(b.text) - len(text)) < 30 and fuzz.ratio(b.text, text) >= 92 for b in before if b.text and not isinstance(b, Table))


def in_goal_report(context: Context, block: Block) -> bool:
    """Whether a block stands below a heading, and that heading or the title says that goals or directions are followed up."""
    if not context.headings_of(block):
        return False
    return heading_is("goals", context.document.title) or in_goal_section(context, block)


def _below(blocks: tuple[Block, ...], at: int) -> list[Block]:
    """The running text below a box up to the next heading or box."""
    below: list[Block] = []
    for block in blocks[at + 1 :]:
        if isinstance(block, Heading) or _box(block):
            break
        below.append(block)
    return below if any(b.text and not isinstance(b, Table | Icon) for b in below) else []


def _boxed(context: Context, box: Block, text: str, below: list[Block]) -> Draft:
    draft = Draft(clean_goal(text), box.page, box.bbox, "goal-box", box, context.body_of(box), confidence=0.8)
    draft.blocks = list(below)
    headings = context.headings_of(box)
    draft.parent = headings[-1].text if headings and not heading_is("structure", headings[-1].text) else None
    return draft
