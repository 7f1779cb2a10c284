"""Dates by which something was finished: `6月底前完成` in a report of August is no plan."""

from __future__ import annotations

from zhenggai.patterns import compiled

_DAY = r"(?:\d{4}年|今年|当年|本年)?\d{1,2}月(?:[底末份初中]|[上中下]旬|\d{1,2}[日号])?(?:之|以)?前"
_DONE_BY = compiled(rf"(?<=已)经?[于在]?{_DAY}(?!的)")
"""已于8月底前完成: the date of what is done, whenever it was."""
_THEN_DONE = compiled(rf"[于在]{_DAY}(?=[^，。；\d]{{0,6}}(?:[均也都]已|已(?:经|全部)))")
_BY = compiled(
    r"[于在赶]?(?:(?P<year>\d{4})年|今年|当年|本年)?"
    r"(?:(?P<month>\d{1,2})月(?:[底末份初中]|[上中下]旬|\d{1,2}[日号])?|(?P<flood>主?汛期?))(?:之|以)?前(?![的期款述])"
)
_STILL_TO_COME = compiled(
    "[拟将待需限应须余]|计划(?!的)|预计|力争|确保|争取|要求|约定|承诺|按照?协议|明年|次年|下一步|正在|尚|仍|未|分期|督促|责令|目标|剩|时限|暂"
)
_BEFORE_FLOODS = 6
"""The month by whose end the floods have come."""
_YEAR = 12


def without_past_dates(clause: str, published: str | None) -> str:
    """`clause` without the dates by which what it reports was done; `published` is YYYY-MM-DD."""
    if "前" not in clause:
        return clause
    clause = _THEN_DONE.sub("", _DONE_BY.sub("", clause))
    if published is None or _STILL_TO_COME.search(clause):
        return clause
    for found in reversed(list(_BY.finditer(clause))):
        if _is_past(found["year"], found["month"], published):
            clause = clause[: found.start()] + clause[found.end() :]
    return clause


def has_date_to_judge(outcome: str) -> bool:
    """Whether the date of publication may tell that something in `outcome` is past."""
    return "前" in outcome and _BY.search(outcome) is not None


def _is_past(year: str | None, month: str | None, published: str) -> bool:
    """Whether the month was over when the notice came out, and the notice was not written long before."""
    told = int(year or published[:4]) * _YEAR + int(month or _BEFORE_FLOODS)
    return told < int(published[:4]) * _YEAR + int(published[5:7])
