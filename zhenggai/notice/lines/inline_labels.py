"""Items of one line each, their parts behind labels: 1.问题：…；措施：…；成效：…；时限：…；责任人：…

The same labels at each sibling tell that they are labels; the lines are then parted before them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhenggai.notice.language import wording
from zhenggai.notice.language.fields import field_of
from zhenggai.notice.language.numbering import CLAUSE, match_marker
from zhenggai.notice.lines.heading_cues import closed
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_INNER = compiled(r"[；;。|｜]\s?(?P<label>(?P<name>[\u4e00-\u9fff]{2,8})\s?[：:])")
_FEWEST = 3
_FEWEST_LABELS = 2
_MOSTLY = 0.6


def with_parted_labels(lines: Sequence[Line]) -> list[Line]:
    """`lines`, those that hold a whole item with its labels parted before each label."""
    held = {index: names for index, line in enumerate(lines) if (names := _names(line))}
    common = Counter(names[0] for names in held.values())
    first = {name for name, count in common.items() if count >= _FEWEST and _is_row(lines, held, name)}
    if not first:
        return list(lines)
    recurring = Counter(name for names in held.values() for name in dict.fromkeys(names))
    known = {name for name, count in recurring.items() if count >= _FEWEST}
    result: list[Line] = []
    for index, line in enumerate(lines):
        names = held.get(index, [])
        result += _parts(line, known) if names and names[0] in first else [line]
    return result


def _names(line: Line) -> list[str]:
    """The labels inside a line that states a problem at its head."""
    if line.label is not None or line.is_table_row:
        return []
    counts = line.marker is not None and line.marker.style != CLAUSE
    if not counts and wording.problem_label(line.body) is None:
        return []
    found = [match for match in _INNER.finditer(line.body) if closed(line.body[: match.start()])]
    if not found:
        return []
    head = line.body[: found[0].start()]
    alone = len(found) < _FEWEST_LABELS and field_of(found[0]["name"]) is not None
    return [] if alone or "。" in head or not _states(head) else [match["name"] for match in found]


def _states(head: str) -> bool:
    label = wording.problem_label(head)
    return label is not None or wording.looks_like_problem(head)


def _is_row(lines: Sequence[Line], held: dict[int, list[str]], name: str) -> bool:
    """Whether most numbers of a level have the label `name` first, and further labels behind it."""
    own = [index for index, names in held.items() if names[0] == name]
    several = sum(len(held[index]) >= _FEWEST_LABELS for index in own)
    level = next((lines[i].marker.level for i in own if lines[i].marker), None)  # type: ignore[union-attr]
    row = sum(line.marker is not None and line.marker.level == level for line in lines) if level else len(own)
    return several * 2 > len(own) and len(own) >= _MOSTLY * row


def _parts(line: Line, known: set[str]) -> Iterator[Line]:
    """A line before each of its labels; who and by when say nothing of what was done."""
    offset = line.body_start - line.start
    cuts = [
        offset + match.start("label")
        for match in _INNER.finditer(line.body)
        if match["name"] in known and closed(line.body[: match.start()])
    ]
    for at, end in zip([0, *cuts], [*cuts, len(line.text)], strict=True):
        text = line.text[at:end].rstrip(" |｜")
        name, _, value = text.partition("：")
        field = field_of(name) if at else None
        if field is not None:
            at += len(name) + 1 + len(value) - len(value.lstrip())
            text = value.strip().rstrip("。；;")
        marker = line.marker if at == 0 else match_marker(text) if field is None else None
        start = line.start + at
        yield replace(line, start=start, end=start + len(text), text=text, marker=marker, label=field)
