"""Problems that their place tells, whatever their words: short lines below a heading, each above a deed.

（一）关于发展方面 / 1.砂石场越界开采。 / 关闭砂石场3家。 / 2.白条抵库。 / 补齐票据12张。

The words of a shortcoming are without end, and a line that is not known for one would be lost in the answer
above it. So where the usual rules left such lines over, the rows they stand in are looked at: numbers that
count from one, or lines without number that alternate with deeds. Measures stand in such rows as well (1.加强
领导。 / 成立…); they are told by how they begin and end.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zhenggai.notice.headings.node import Node
from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.language.statement import Statement
from zhenggai.notice.lines.heading_cues import SHORT, UPPER
from zhenggai.notice.lines.measure_words import names_measure
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.lines.placed_lines import (
    ENDS,
    heads_a_deed,
    is_deed,
    is_phrase,
    is_topic,
    opens_deed,
    runs_on,
    said,
    says_figures,
    statement_in,
)
from zhenggai.patterns import compiled

_DASHES = ("—", "–", "--", "－－")
_PLAIN, _DASHED = "", "—"
"""Keys of rows without numbers."""
_INLINE = "+"
"""In the key of a row whose lines go on with what was done."""
_DENIES = compiled(r"(?:未发现|没有发现|不存在|无|没有)[^，。]{0,8}(?:问题|违规|违纪|现象|情况|异常)")
"""How a line begins that says there is nothing wrong."""
_FEWEST_BARE = 3
_FEWEST_POINTS = 2
_FEW, _LESS_FEW = 4, 3
"""One in so many lines of a form must sound like a problem, with a number that counts and without one."""


@dataclass(slots=True)
class _Row:
    """Lines of one form below one heading."""

    parent: Line | None
    key: str
    members: list[int] = field(default_factory=list)
    """Indices of lines."""
    last: int = 0
    """The last number; of a row without numbers the last index."""
    measures: int = 0
    """Lines in their turn that report something."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Lines, and the statements of those that their place tells."""

    statements: Mapping[int, Statement]
    groups: frozenset[int]
    """Indices of lines without number that head such rows."""


NOWHERE = Placed({}, frozenset())


def placed_statements(
    lines: tuple[Line, ...], title: Line | None, nodes: Sequence[Node], leaves: Sequence[Node]
) -> Placed | None:
    """What the usual rules left over; None where they left nothing.

    Args:
        lines: the lines of a part.
        title: its heading, if that counts.
        nodes: the headings that were read.
        leaves: those that are items.
    """
    units = {node.line.start for node in leaves if node.body}
    heads = {node.line.start: bool(node.body) for node in nodes}
    if not _left_over(lines, heads, units):
        return None
    formed = _formed(lines)
    rows = list(_rows(lines, title, heads, formed))
    left = [row for row in _accepted(lines, rows) if any(lines[i].start not in units for i in row.members)]
    if not left:
        return None
    found = {i: statement_in(lines[i]) for row in left for i in row.members}
    groups = frozenset(i - 1 for i in found if i and _names_field(lines[i - 1]))
    return Placed(found, groups)


def _left_over(lines: Sequence[Line], heads: Mapping[int, bool], units: Collection[int]) -> bool:
    """Whether a line may state a problem that is no item, right below a heading or beside an item like it.

    Few lines stand there, so that a part that was read in full costs next to nothing.
    """
    level: str | None = None
    begins = True
    for index, line in enumerate(lines):
        marker = line.marker
        own = _PLAIN if marker is None else marker.level
        answered = heads.get(line.start)
        if answered is not None and line.start in units:
            level, begins = own, True  # its answer may be further problems
            continue
        if answered is None and not begins and own != level:
            begins = marker is None and len(line.text) <= SHORT and is_topic(line)
            continue
        below = lines[index + 1] if index + 1 < len(lines) else None
        if answered is not False and ((below is not None and heads_a_deed(line, below)) or opens_deed(line)):
            return True
        begins = answered is not None or (begins and line.text.endswith(ENDS)) or _names_field(line)
    return False


def _names_field(line: Line) -> bool:
    return line.marker is None and is_topic(line)


def holds_placed(lines: Sequence[Line]) -> bool:
    """Whether the place of some lines of a part tells that they are problems."""
    heads = {
        line.start
        for line in lines
        if line.marker is not None and line.marker.style in UPPER and len(line.text) <= SHORT
    }
    formed = _formed(lines)
    return bool(formed) and any(_accepted(lines, list(_rows(lines, None, heads, formed))))


def _formed(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of such lines, and of those with a number that go on with what was done.

    Of two of them one below the other the upper one is a heading: lines are looked at from the end.
    """
    found: set[int] = set()
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if opens_deed(line):
            found.add(index)
            continue
        if index + 1 == len(lines) or not heads_a_deed(line, lines[index + 1]):
            continue
        heads = line.marker is None or line.marker.style in UPPER
        if heads and index + 1 in found and not wording.looks_like_problem(said(line)):
            continue
        found.add(index)
    return frozenset(found)


def _key(line: Line) -> str:
    if line.marker is None:
        return _DASHED if line.text.startswith(_DASHES) else _PLAIN
    return line.marker.level + line.marker.mark + _INLINE * runs_on(line)


def _rows(
    lines: Sequence[Line], title: Line | None, heads: Collection[int], formed: Collection[int]
) -> Iterator[_Row]:
    """The rows of such lines, in reading order."""
    open_rows: dict[str, _Row] = {}
    above: Line | None = title
    begins = True
    """Whether nothing stands between the heading above and the line that is looked at."""
    for index, line in enumerate(lines):
        key = _key(line)
        row = open_rows.get(key)
        if index in formed and row is not None and _goes_on(row, line, index):
            row.members.append(index)
            row.last = _value(line, index)
            _close_below(open_rows, key)
            begins = False
        elif row is not None and _is_measure(row, lines, index):
            row.measures += 1
            row.last = _value(line, index)
        elif index in formed and begins and _value(line, 1) == 1:
            row = open_rows[key] = _Row(above, key, [index], _value(line, index))
            yield row
            begins = False
        elif line.start in heads or is_topic(line):
            if row is not None and line.marker is not None and line.marker.value == row.last + 1:
                row.last = line.marker.value
                _close_below(open_rows, key)
            elif line.marker is None or line.marker.style in UPPER:
                open_rows.clear()
            above, begins = line, True
        else:
            begins = begins and line.text.endswith(ENDS) and not line.has_outcome_label


def _close_below(rows: dict[str, _Row], key: str) -> None:
    """Close the rows that began after the one of `key`."""
    names = list(rows)
    for name in names[names.index(key) + 1 :]:
        del rows[name]


def _value(line: Line, index: int) -> int:
    return line.marker.value if line.marker is not None else index


def _goes_on(row: _Row, line: Line, index: int) -> bool:
    if line.marker is not None:
        return line.marker.value == row.last + 1
    apart = index - row.last
    sure = wording.looks_like_problem(said(line)) and not says_figures(line.body)
    return apart == 2 or (apart > 2 and sure)


def _is_measure(row: _Row, lines: Sequence[Line], index: int) -> bool:
    """Whether a line has the form of the row, and reports a measure."""
    line = lines[index]
    in_turn = line.marker.value == row.last + 1 if line.marker is not None else index == row.last + 2
    if not in_turn or not names_measure(said(line)):
        return False
    return runs_on(line) or (is_phrase(line) and index + 1 < len(lines) and is_deed(lines[index + 1]))


@dataclass(slots=True)
class _Kin:
    """What the rows of one form are together, in all the part."""

    members: int = 0
    measures: int = 0
    sure: int = 0
    plain: int = 0
    """How many of them sound like problems, and have a word of shortcoming."""

    def some(self, share: int) -> bool:
        """Whether one in `share` lines sounds like a problem, so that the others are some too."""
        return self.sure * share >= self.members + self.measures


def _accepted(lines: Sequence[Line], rows: Sequence[_Row]) -> Iterator[_Row]:
    """The rows whose lines are problems; what rows of one form are, all of them tell together."""
    alike: dict[str, _Kin] = {}
    for row in rows:
        kin = alike.setdefault(row.key, _Kin())
        kin.members += len(row.members)
        kin.measures += row.measures
        kin.sure += _sure(lines, row.members)
        kin.plain += _plain(lines, row.members)
    for row in rows:
        if _fits(lines, row, alike[row.key]):
            yield row


def _fits(lines: Sequence[Line], row: _Row, kin: _Kin) -> bool:
    number = len(row.members)
    counted = (
        not row.key.endswith(_INLINE)
        and row.key != _PLAIN
        and row.key != _DASHED
        and not row.key.startswith(CLAUSE)
    )
    if row.measures * 2 > number or (row.measures and not counted):
        return False
    if row.parent is not None and not is_topic(row.parent):
        if _states(row.parent):  # they may be its answer
            return _plain(lines, row.members) * 2 >= number >= _FEWEST_POINTS and not row.measures
        if _sure(lines, row.members) * 2 < number:
            return False
    if counted:
        return kin.some(_FEW) or (kin.members <= _FEWEST_POINTS and not kin.measures)
    if row.key == _PLAIN:
        if kin.plain == kin.members and not kin.measures and row.parent is not None:
            return True  # each of them names what is wrong
        return kin.plain > 0 and kin.some(_LESS_FEW) and kin.members >= _FEWEST_BARE
    inline = row.key.endswith(_INLINE)
    labelled = not inline and all(lines[i + 1].has_outcome_label for i in row.members)
    return number >= _FEWEST_POINTS and (labelled or (kin.plain > 0 and kin.some(_LESS_FEW)))


def _sure(lines: Sequence[Line], members: Sequence[int]) -> int:
    return sum(wording.looks_like_problem(said(lines[i])) for i in members)


def _plain(lines: Sequence[Line], members: Sequence[int]) -> int:
    texts = [text for i in members if not _DENIES.match(text := said(lines[i]))]
    return sum(wording.has_negative(text) and wording.looks_like_problem(text) for text in texts)


def _states(parent: Line) -> bool:
    """Whether the heading above is a problem itself, which the lines below it may answer."""
    body = parent.body.rstrip("。：: ")
    return wording.looks_like_problem(body) and not body.endswith(wording.FIELD_ENDS)
