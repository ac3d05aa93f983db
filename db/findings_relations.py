"""What must hold between figures of a table, in interval arithmetic: sums and differences (`Linear`), percentages (`Ratio`).

A relation holds when some choice of true values within the printed roundings makes it hold. `implied` says between which values
a figure would have to lie for the relation to hold, all others being as printed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Protocol

from db.findings_grid import Figure, Grid, Key

TOLERANCE = 1e-9
"""Share of the size of the figures that floating point may be off by."""


class Relation(Protocol):
    """What must hold between some cells. `target` is the cell that is reckoned from the others."""

    kind: str
    target: Key
    weight: float
    report: bool

    @property
    def keys(self) -> tuple[Key, ...]:
        """All cells that take part, the target first."""

    @property
    def holds(self) -> bool:
        """Whether some choice of true values makes it hold."""

    def implied(self, key: Key) -> tuple[float, float]:
        """The least and the largest printed value of a cell with which the relation would hold."""


@dataclass(eq=False)
class Linear:
    """target = sum of sign * term + constant. `report` False: only helps to tell which cell of another relation is wrong."""

    grid: Grid
    kind: str
    target: Key
    terms: tuple[tuple[int, Key], ...]
    weight: float = 0.0
    report: bool = True
    constant: float | None = None
    """Where given, the terms must make this number, and the target is one of the terms."""

    @property
    def keys(self) -> tuple[Key, ...]:
        """All cells that take part, the target first."""
        others = tuple(k for _, k in self.terms if k in self.grid.figures and k != self.target)
        return (self.target, *others)

    @cached_property
    def _sides(self) -> dict[Key, int]:
        sides = {k: -sign for sign, k in self.terms}
        if self.constant is None:
            sides[self.target] = 1
        return sides

    @cached_property
    def _gap(self) -> tuple[float, float]:
        """What is left over (target less terms) and how much rounding may explain."""
        figures = [(c, self.grid.figures[k]) for k, c in self._sides.items() if k in self.grid.figures]
        gap = math.fsum(c * f.value for c, f in figures) + (self.constant or 0.0)
        size = max((abs(f.value) for _, f in figures), default=0.0)
        return gap, math.fsum(f.half for _, f in figures) + TOLERANCE * max(size, 1.0)

    @property
    def gap(self) -> float:
        """What is left over: the target less what its terms make."""
        return self._gap[0]

    @property
    def room(self) -> float:
        """How much rounding may explain."""
        return self._gap[1]

    @property
    def holds(self) -> bool:
        """Whether rounding may explain what is left over."""
        return abs(self.gap) <= self.room

    def implied(self, key: Key) -> tuple[float, float]:
        """The least and the largest printed value of a cell with which the relation would hold."""
        right = self.grid.figures[key].value - self.gap / self._sides[key]
        return right - self.room, right + self.room

    @property
    def expected(self) -> float:
        """What the target would be, with as many decimals as the figures have."""
        decimals = max((self.grid.figures[k].decimals for k in self.keys), default=0)
        return round(self.grid.figures[self.target].value - self.gap / self._sides[self.target], decimals)


@dataclass(eq=False)
class Ratio:
    """target + offset = 100 * over / under: "Andel" (offset 0) or "Förändring i %" (offset 100)."""

    grid: Grid
    kind: str
    target: Key
    over: Key
    under: Key
    offset: float = 0.0
    weight: float = 0.0
    report: bool = True

    @property
    def keys(self) -> tuple[Key, ...]:
        """All cells that take part, the target first."""
        return (self.target, self.over, self.under)

    @property
    def holds(self) -> bool:
        """Whether the printed percentage lies within what the two figures may give."""
        low, high = self.implied(self.target)
        return low <= self.grid.figures[self.target].value <= high

    def implied(self, key: Key) -> tuple[float, float]:
        """The least and the largest printed value of a cell with which the relation would hold."""
        figures = self.grid.figures
        share, over, under = figures[self.target], figures[self.over], figures[self.under]
        shifted = Figure(share.value + self.offset, share.half, share.decimals)
        hundred = Figure(100.0, 0.0, 0)
        if key == self.target:
            low, high = _quotient(over, hundred, under)
            return low - self.offset - share.half, high - self.offset + share.half
        low, high = _quotient(shifted, under, hundred) if key == self.over else _quotient(over, hundred, shifted)
        return low - figures[key].half, high + figures[key].half

    @property
    def expected(self) -> float:
        """What the percentage would be, with as many decimals as it has."""
        over, under = self.grid.figures[self.over], self.grid.figures[self.under]
        return round(100 * over.value / under.value - self.offset, self.grid.figures[self.target].decimals)


def _quotient(first: Figure, second: Figure, divisor: Figure) -> tuple[float, float]:
    """Bounds of first * second / divisor; without bounds where the divisor may be nought."""
    if abs(divisor.value) <= divisor.half:
        return -math.inf, math.inf
    corners = [a * b / d for a, b, d in product(_ends(first), _ends(second), _ends(divisor))]
    slack = TOLERANCE * max(map(abs, corners))
    return min(corners) - slack, max(corners) + slack


def _ends(figure: Figure) -> tuple[float, float]:
    return figure.value - figure.half, figure.value + figure.half


def surprise(target: float, room: float, parts: Sequence[float]) -> float:
    """How telling it is that a relation holds: the decimal digits that had to agree.

    Half as much where it says only that two figures are alike (one part is not nought, or the parts cancel out).
    """
    nonzero = sum(p != 0 for p in parts)
    if nonzero == 0 or (target == 0 and nonzero == 1):
        return 0.0
    size = abs(target) if target else max(map(abs, parts))
    digits = math.log10(1 + size / (2 * room))
    return digits if nonzero > 1 and target else 0.5 * digits


def is_slip(printed: float, right: float, decimals: int) -> bool:
    """Whether two numbers differ by one slip of the pen: a digit, a sign, two digits swapped, a digit lost, a point moved."""
    scale = 10**decimals
    a, b = round(printed * scale), round(right * scale)
    if a == b:
        return False
    if a == -b:
        return True
    if (a < 0) != (b < 0) and a and b:
        return False
    return _one_edit(str(abs(a)), str(abs(b)))


def _one_edit(a: str, b: str) -> bool:
    if len(a) == len(b):
        differing = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(differing) == 2 and a[differing[0]] == b[differing[1]] and a[differing[1]] == b[differing[0]]
        return len(differing) == 1 or swapped
    short, long = sorted((a, b), key=len)
    if len(long) - len(short) == 1:
        return any(long[:i] + long[i + 1 :] == short for i in range(len(long)))
    return len(short) > 1 and long.rstrip("0") == short.rstrip("0")


def slip_within(printed: float, bounds: Iterable[float], decimals: int, *, digits: int = 1) -> bool:
    """Whether some number between bounds (at most 200 steps apart) is one slip away from the printed one.

    `digits`: the fewest digits that the printed number must have; of one or two digits nearly all numbers are a slip apart.
    """
    low, high = bounds
    step = 10.0**-decimals
    if abs(printed) < step * 10 ** (digits - 1) and digits > 1:
        return False
    first, last = math.ceil(low / step - 1e-6), math.floor(high / step + 1e-6)
    if last - first > 200:
        return False
    return any(is_slip(printed, n * step, decimals) for n in range(first, last + 1))
