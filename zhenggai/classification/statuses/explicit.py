"""Rule 1 of the guideline: a status that the notice itself states of the whole problem wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.classification.counting.counts import counted
from zhenggai.classification.inputs import bare
from zhenggai.classification.outcome import wording
from zhenggai.classification.outcome.clauses import Clause
from zhenggai.classification.outcome.deeds import reports_deed
from zhenggai.classification.outcome.reported import reporting
from zhenggai.classification.statuses.further import reports_result


@dataclass(frozen=True, slots=True)
class Stated:
    """A stated status and where it stands."""

    status: str
    heading: int | None = None
    """Index of the heading in the path, or None: it is in the outcome."""
    clause: int | None = None
    """Index of the clause, or None: it is in the path."""


def stated_status(path: Sequence[str], clauses: Sequence[Clause]) -> Stated | None:
    """The status stated of the whole problem: by a heading, or by a clause.

    The heading wins, unless the text itself says 基本完成.
    """
    inside = _in_clauses(clauses)
    for index in range(len(path) - 1, -1, -1):
        verdict = wording.heading_verdict(bare(path[index]))
        if verdict is not None:
            return inside if inside and inside.status == "基本完成" else Stated(verdict, heading=index)
    return inside


_LEAST_FINISHED_LAST = ("已完成", "基本完成", "正在整改")


def _in_clauses(clauses: Sequence[Clause]) -> Stated | None:
    """Of several verdicts (认定 已完成, 验收情况 推进中: cells of one row) the least finished counts."""
    verdicts = [(index, wording.whole_verdict(clause.text)) for index, clause in enumerate(clauses)]
    said = [(index, verdict) for index, verdict in verdicts if verdict is not None]
    if any(verdict == "正在整改" for _, verdict in said) and _reports_result(clauses):
        said = [one for one in said if not wording.is_commitment(clauses[one[0]].text)]
    if said:
        index, verdict = max(said, key=lambda one: _LEAST_FINISHED_LAST.index(one[1]))
        if verdict == "已完成" and (pending := _not_signed_off(clauses)) is not None:
            return Stated("基本完成", clause=pending)
        half = _counted_half(clauses) if wording.unticked(clauses[index].text) else None
        return Stated(verdict, clause=index) if half is None else Stated("基本完成", clause=half)
    for index, clause in enumerate(clauses):
        if wording.nearly_done(clause.text):
            return Stated("基本完成", clause=index)
    return None


def _reports_result(clauses: Sequence[Clause]) -> bool:
    """Whether something finished is told: then 持续推进 behind it is a promise (guideline, 3), no verdict."""
    told = (clause.text for clause in reporting(tuple(clauses)) if not wording.is_commitment(clause.text))
    return any(reports_result(text) or reports_deed(text) for text in told)


def _not_signed_off(clauses: Sequence[Clause]) -> int | None:
    """The clause 未销号: the body has finished, as it says; those who found the problem do not say so yet."""
    return next((index for index, clause in enumerate(clauses) if wording.not_signed_off(clause.text)), None)


def _counted_half(clauses: Sequence[Clause]) -> int | None:
    """The clause that counts a remainder, where half or more is done everywhere."""
    found = counted("", [clause.text for clause in clauses])
    return found[0].clause if found and all(one.half for one in found) else None


def is_long_term(path: Sequence[str], clauses: Sequence[Clause]) -> bool:
    """Whether a heading, a verdict or the closing words say that the item is kept up as standing practice."""
    if any(wording.LONG_TERM.search(h) and wording.is_about_progress(bare(h)) for h in path):
        return True
    for index, clause in enumerate(clauses):
        found = wording.LONG_TERM.search(clause.text)
        if found is None:
            continue
        verdict = wording.whole_verdict(clause.text) is not None or wording.is_time_limit(clause.text)
        # In brackets, or in a table's cell.
        alone = found.group() == wording.unlabelled(clause.text).rstrip("。；")
        if alone or verdict or index == len(clauses) - 1 or wording.stands_with_verdict(clause.text):
            return True
    return False
