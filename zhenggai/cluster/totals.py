"""What a run came to: counts that add up over pieces, in constant memory however many notices there are."""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from zhenggai.pipeline import Result


@dataclass
class Totals:
    """Counts of one piece or of many."""

    notices: int = 0
    """Read and parsed."""
    failed: int = 0
    items: int = 0
    review: int = 0
    """Items that need a review."""
    empty: int = 0
    """Notices without an item."""
    differing: int = 0
    """Notices whose own figures differ from the counts."""
    characters: int = 0
    seconds: float = 0.0
    """Time of the workers, added up."""
    core_seconds: float = 0.0
    """Processor time of the workers: what the run costs."""
    categories: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)

    def add(self, result: Result) -> None:
        """Count one notice."""
        notice, records = result.notice, result.records
        if notice.error is not None:
            self.failed += 1
            return
        self.notices += 1
        self.items += len(records)
        self.characters += notice.characters
        self.empty += not records
        self.differing += bool(notice.differences)
        self.review += sum(r.needs_review for r in records)
        self.categories.update(r.category for r in records if r.category)
        self.statuses.update(r.status for r in records if r.status)

    def merge(self, other: Totals) -> None:
        """Add the counts of another piece."""
        for entry in dataclasses.fields(self):
            own, more = getattr(self, entry.name), getattr(other, entry.name)
            if isinstance(own, Counter):
                own.update(more)
            else:
                setattr(self, entry.name, own + more)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        values = {entry.name: getattr(self, entry.name) for entry in dataclasses.fields(self)}
        return {name: dict(v) if isinstance(v, Counter) else v for name, v in values.items()}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Totals:
        """What `as_dict` made, also by way of JSON."""
        counters = {name: Counter(values[name]) for name in ("categories", "statuses")}
        return cls(**{**values, **counters})

    def show(self, output: str) -> None:
        """Print to standard error."""
        for title, counts in (("类别", self.categories), ("状态", self.statuses)):
            if counts:
                print(f"{title}：" + "，".join(f"{k} {n}" for k, n in counts.most_common()), file=sys.stderr)
        print(
            f"共 {self.notices} 份通报、{self.items} 条，待复核 {self.review} 条；"
            f"没有提取到条目 {self.empty} 份，自述数字与正文不一致 {self.differing} 份；"
            f"未能处理 {self.failed} 个文件。输出：{output}",
            file=sys.stderr,
        )
