"""Findings in words: a Swedish sentence that shows the sum, so that a reader can check it on the page."""

from __future__ import annotations

from db.findings_explain import Suspect
from db.findings_grid import Grid, Key
from db.findings_relations import Linear, Ratio

MOST_SHOWN = 6


def printed(value: float, decimals: int) -> str:
    """A number as reports print it: "-1 067,4" with a true minus and thin groups of three."""
    text = f"{abs(value):,.{decimals}f}".replace(",", "\u00a0").replace(".", ",")
    return f"\u2212{text}" if value < 0 and float(f"{abs(value):.{decimals}f}") else text


def show(grid: Grid, key: Key) -> str:
    """A figure as printed in the table."""
    figure = grid.figures[key]
    return printed(figure.value, figure.decimals)


def sum_message(grid: Grid, suspect: Suspect, expected: float) -> str:
    """The sentence for a sum or difference that does not come out."""
    relation = suspect.shown_by
    if isinstance(relation, Ratio):
        return _ratio_message(grid, relation)
    assert isinstance(relation, Linear)
    if relation.constant is not None:
        total = sum(grid.figures[k].value for _, k in relation.terms)
        shown = printed(total, relation_decimals(grid, relation))
        return f"Andelarna i kolumnen ”{_column(grid, relation.target)}” blir tillsammans {shown}, inte 100."
    decimals = relation_decimals(grid, relation)
    sentence = (
        f"{_reckoning(grid, relation)} = {printed(relation.expected, decimals)}, "
        f"men {_place(grid, relation)} anger {show(grid, relation.target)}."
    )
    if suspect.key != relation.target:
        figure = grid.figures[suspect.key]
        name, right = _name(grid, suspect.key, relation), printed(expected, figure.decimals)
        sentence += f" Det går ihop om {name} är {right} i stället för {show(grid, suspect.key)}."
    if suspect.breaks > 1:
        sentence += f" Uppgiften ingår i {suspect.breaks} beräkningar som inte går ihop."
    return sentence


def relation_decimals(grid: Grid, relation: Linear) -> int:
    """The most decimals that any figure of a relation has."""
    return max((grid.figures[k].decimals for k in relation.keys), default=0)


def _ratio_message(grid: Grid, relation: Ratio) -> str:
    over, under = show(grid, relation.over), show(grid, relation.under)
    how = f"förändringen från {under} till {over}" if relation.offset else f"{over} av {under}"
    decimals = grid.figures[relation.target].decimals
    return f"{how[0].upper()}{how[1:]} är {printed(relation.expected, decimals)} %, men tabellen anger {show(grid, relation.target)} %."


def _reckoning(grid: Grid, relation: Linear) -> str:
    """The sum written out: "342 − 239", or how many rows were added where they are many."""
    terms = [(sign, k) for sign, k in relation.terms if k in grid.figures]
    if relation.kind == "avvikelse" or _is_across(relation):
        terms.sort(key=lambda t: -t[0])
        named = [(sign, f"{_column(grid, k)} {show(grid, k)}" if relation.kind == "avvikelse" else show(grid, k)) for sign, k in terms]
        return _chain(named)
    if len(terms) > MOST_SHOWN:
        first, last = _row(grid, terms[0][1]), _row(grid, terms[-1][1])
        return f"Summan av {len(terms)} rader, från ”{first}” till ”{last}”,"
    return _chain([(sign, show(grid, k)) for sign, k in terms])


def _chain(named: list[tuple[int, str]]) -> str:
    text = ""
    for sign, figure in named:
        if not text:
            text = figure if sign > 0 else f"\u2212({figure})"
        else:
            bracketed = f"({figure})" if figure.startswith("\u2212") else figure
            text += f" {'+' if sign > 0 else chr(0x2212)} {bracketed}"
    return text


def _is_across(relation: Linear) -> bool:
    return all(k[0] == relation.target[0] for _, k in relation.terms)


def _place(grid: Grid, relation: Linear) -> str:
    """What names the reckoned figure: its column for a sum along the row, its row for one down the column."""
    if _is_across(relation):
        return f"”{_column(grid, relation.target)}” på raden ”{_row(grid, relation.target)}”"
    return f"raden ”{_row(grid, relation.target)}”"


def _name(grid: Grid, key: Key, relation: Linear) -> str:
    return f"”{_column(grid, key)}”" if _is_across(relation) else f"”{_row(grid, key)}”"


def _row(grid: Grid, key: Key) -> str:
    return next((r.label for r in grid.rows if r.index == key[0]), "") or "utan rubrik"


def _column(grid: Grid, key: Key) -> str:
    return next((c.label for c in grid.columns if c.index == key[1]), "")
