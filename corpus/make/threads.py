"""The threads over the sample reports: which recommendations and follow-ups are the same one in other words."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from corpus.make.content import Content


def threads(contents: list[Content]) -> list[dict[str, Any]]:
    """One thread per `thread` name that records of several reports share, with the first layout's file of each report."""
    members: dict[str, list[dict[str, str]]] = defaultdict(list)
    for content in contents:
        file = f"{content.name}.{content.data['layouts'][0]}.pdf"
        for kind, key in (("recommendations", "text"), ("followups", "recommendation")):
            for record in content.data.get(kind, []):
                if record.get("thread"):
                    members[record["thread"]].append({"file": file, "text": record[key]})
    return [{"thread": name, "members": found} for name, found in members.items() if len({m["file"] for m in found}) > 1]
