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

from zhenggai.notice import wording
from zhenggai.notice.heading_cues import SHORT, UPPER, names_topic, whole_statement
from zhenggai.notice.measure_words import names_measure
from zhenggai.notice.numbering import CLAUSE, Marker
from zhenggai.notice.outline import Line
from zhenggai.notice.problem_pairs import problem_score
from zhenggai.notice.statement import Statement
from zhenggai.patterns import compiled

_SHORTEST = 3
_LONGEST_MARK = 8
_DASHES = ("—", "–", "--", "－－")
_DASH_MARKS = "—–－- "
_ENDS = tuple("：:，,；;、")
_TOPIC_ENDS = ("方面", "领域")
_PLAIN, _DASHED = "", "—"
"""Keys of rows without numbers."""
_FEWEST_BARE = 3
_FEWEST_POINTS = 2
_FEW, _LESS_FEW = 4, 3
"""One in so many lines of a form must sound like a problem, with a number that counts and without one."""
_WORDS = compiled(r"[\u4e00-\u9fff]{2}")
_DEED = compiled(r"\d|[一二三四五六七八九十两]{1,3}[个名人次项件家起份]|已|了")
_COUNTED = compiled(r"\d余?(?:[个名人件家起份项处次户亩吨台期]|万?元|公里|人次)[。]?$")
"""The end of a sentence that counts what was done: 对闲置的2处房产公开招租，年增收租金21.6万元。"""


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
    lines: tuple[Line, ...], title: Line | None, heads: Collection[int], units: Collection[int]
) -> Placed | None:
    """What the usual rules left over; None where they left nothing.

    Args:
        lines: the lines of a part.
        title: its heading, if that counts.
        heads: where the lines begin that were read as headings.
        units: where those begin that are items with an answer.
    """
    formed = _formed(lines)
    if all(lines[i].start in units for i in formed):
        return None
    rows = list(_rows(lines, title, heads, formed))
    left = [row for row in _accepted(lines, rows) if any(lines[i].start not in units for i in row.members)]
    if not left:
        return None
    found = {i: whole_statement(lines[i]) for row in left for i in row.members if i in formed}
    groups = frozenset(i - 1 for i in found if i and lines[i - 1].marker is None and _is_topic(lines[i - 1]))
    return Placed(found, groups)


def holds_placed(lines: Sequence[Line]) -> bool:
    """Whether the place of some lines of a part tells that they are problems."""
    heads = {
        line.start
        for line in lines
        if line.marker is not None and line.marker.style in UPPER and len(line.text) <= SHORT
    }
    formed = _formed(lines)
    return bool(formed) and any(_accepted(lines, list(_rows(lines, None, heads, formed))))


def heads_a_deed(line: Line, below: Line) -> bool:
    """Whether a short line, one sentence that reports nothing itself, stands above what was done."""
    if len(line.text) > SHORT + _LONGEST_MARK or not _is_phrase(line) or not _is_deed(below):
        return False
    counts = line.marker is None and _COUNTED.search(line.body) is not None
    return not counts and not names_measure(_said(line))


def _formed(lines: Sequence[Line]) -> frozenset[int]:
    """Indices of such lines.

    Of two of them one below the other the upper one is a heading: lines are looked at from the end.
    """
    found: set[int] = set()
    for index in range(len(lines) - 2, -1, -1):
        line = lines[index]
        if not heads_a_deed(line, lines[index + 1]):
            continue
        heads = line.marker is None or line.marker.style in UPPER
        if heads and index + 1 in found and not wording.looks_like_problem(_said(line)):
            continue
        found.add(index)
    return frozenset(found)


def _is_phrase(line: Line) -> bool:
    body = _said(line)
    if line.label is not None or line.is_table_row or line.has_outcome_label:
        return False
    fits = _SHORTEST <= len(body) <= SHORT and "。" not in body[:-1] and "；" not in body
    return fits and not body.endswith(_ENDS) and not names_topic(body) and _WORDS.search(body) is not None


def _is_deed(line: Line) -> bool:
    """Whether a line, which has no number of a row, tells what was done."""
    if line.has_outcome_label:
        return True
    if line.label is not None or line.is_table_row:
        return False
    sentence = wording.first_sentence(line.body)
    if line.marker is not None and not _begins_measures(line.marker, sentence):
        return False
    told = _DEED.search(sentence) is not None or wording.looks_like_action(sentence)
    return (told or len(line.body) > SHORT or problem_score(sentence) < 0) and wording.looks_like_answer(
        line.body
    )


def _begins_measures(marker: Marker, sentence: str) -> bool:
    """Whether a number counts the first measure of an answer: ①投资1.7亿元改造管网42公里；②…"""
    return (marker.style == CLAUSE or marker.value == 1) and names_measure(sentence)


def _said(line: Line) -> str:
    """What a line says behind its number or dash."""
    return line.body if line.marker is not None else line.text.lstrip(_DASH_MARKS)


def _key(line: Line) -> str:
    if line.marker is None:
        return _DASHED if line.text.startswith(_DASHES) else _PLAIN
    return line.marker.level + line.marker.mark


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
        elif line.start in heads or _is_topic(line):
            if row is not None and line.marker is not None and line.marker.value == row.last + 1:
                row.last = line.marker.value
                _close_below(open_rows, key)
            elif line.marker is None or line.marker.style in UPPER:
                open_rows.clear()
            above, begins = line, True
        else:
            begins = begins and line.text.endswith(_ENDS) and not line.has_outcome_label


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
    sure = wording.looks_like_problem(_said(line)) and _DEED.search(line.body) is None
    return apart == 2 or (apart > 2 and sure)


def _is_measure(row: _Row, lines: Sequence[Line], index: int) -> bool:
    """Whether a line has the form of the row, and reports a measure."""
    line = lines[index]
    in_turn = line.marker.value == row.last + 1 if line.marker is not None else index == row.last + 2
    above = in_turn and index + 1 < len(lines) and _is_phrase(line) and names_measure(_said(line))
    return above and _is_deed(lines[index + 1])


def _is_topic(line: Line) -> bool:
    """Whether a line names a field: 关于发展方面, with an upper number or none."""
    upper = line.marker is None or line.marker.style in UPPER
    return upper and len(line.text) <= SHORT and names_topic(line.body) and not line.has_outcome_label


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
    counted = row.key != _PLAIN and row.key != _DASHED and not row.key.startswith(CLAUSE)
    if row.measures * 2 > number or (row.measures and not counted):
        return False
    if row.parent is not None and not _is_topic(row.parent):
        if _states(row.parent):  # they may be its answer
            return _plain(lines, row.members) * 2 >= number >= _FEWEST_POINTS and not row.measures
        if _sure(lines, row.members) * 2 < number:
            return False
    if counted:
        return kin.some(_FEW) or (kin.members <= _FEWEST_POINTS and not kin.measures)
    if row.key == _PLAIN:
        return (kin.plain > 0 and kin.some(_LESS_FEW)) and (
            kin.members >= _FEWEST_BARE or kin.sure == kin.members >= _FEWEST_POINTS
        )
    labelled = all(lines[i + 1].has_outcome_label for i in row.members)
    return number >= _FEWEST_POINTS and (labelled or (kin.plain > 0 and kin.some(_LESS_FEW)))


def _sure(lines: Sequence[Line], members: Sequence[int]) -> int:
    return sum(wording.looks_like_problem(_said(lines[i])) for i in members)


def _plain(lines: Sequence[Line], members: Sequence[int]) -> int:
    said = (_said(lines[i]) for i in members)
    return sum(wording.has_negative(text) and wording.looks_like_problem(text) for text in said)


def _states(parent: Line) -> bool:
    """Whether the heading above is a problem itself, which the lines below it may answer."""
    body = parent.body.rstrip("。：: ")
    return wording.looks_like_problem(body) and not body.endswith(_TOPIC_ENDS)
