"""The forms in which reports give assignments: the rules of `data/assignment_forms.toml`."""

from __future__ import annotations

import functools
import re

from extractors.reports.goals_columns import PACKAGE
from extractors.swedish.lexicon import read_toml


@functools.cache
def form(name: str) -> re.Pattern[str]:
    """The regular expression of a form; raises StopIteration for a name that the file does not have."""
    row = next(r for r in read_toml("assignment_forms.toml", PACKAGE)["form"] if r["name"] == name)
    return re.compile(row["pattern"], re.IGNORECASE)


def is_form(name: str, text: str) -> bool:
    """Whether a line or a sentence is of a form of `assignment_forms.toml`."""
    return bool(form(name).search(text.strip()))
