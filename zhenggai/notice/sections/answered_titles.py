"""Problems numbered like the parts of a notice: 一、垃圾分类推进不平衡。整改情况：… 二、占道经营反弹。…

A title of the uppermost level that has an answer under its label is no title of a part. What such titles
say is without end (渣土运输扬尘污染); the row of siblings, each with its label, tells.
"""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.headings.measures import measure_lines, names_part
from zhenggai.notice.language import wording
from zhenggai.notice.language.fields import DEADLINE, RESPONSIBLE
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.lines.heading_cues import before_inner_label
from zhenggai.notice.lines.outline import Line

_FEWEST = 2
_STYLE = "chinese"


def answered_titles(lines: Sequence[Line], tops: Sequence[int]) -> frozenset[int]:
    """Those of the titles at `tops` that are problems with their answers; empty where they are no row."""
    ends = [*tops[1:], len(lines)]
    found = [top for top, end in zip(tops, ends, strict=False) if _is_answered(lines[top:end])]
    return frozenset(found) if len(found) >= _FEWEST and 2 * len(found) >= len(tops) else frozenset()


def measured_titles(lines: Sequence[Line], tops: Sequence[int]) -> frozenset[int]:
    """Those of the titles at `tops` that have measures right below them; empty where they are no row.

    七、党员“亮身份”流于形式 / （一）设置党员示范岗36个。
    """
    if len(tops) < _FEWEST_MEASURED or not any(wording.has_negative(lines[top].body) for top in tops[:3]):
        return frozenset()
    measures = measure_lines(lines[tops[0] :])
    found = [top for top in tops if top + 1 < len(lines) and lines[top + 1].start in measures]
    stated = sum(wording.has_negative(lines[top].body) for top in found)
    row = len(found) >= _FEWEST_MEASURED and 2 * len(found) >= len(tops) and 2 * stated > len(found)
    return frozenset(found) if row else frozenset()


_FEWEST_MEASURED = 3


def has_own_answer(line: Line, following: Sequence[Line]) -> bool:
    """Whether an answer under its label stands behind the words of a line, or right below it."""
    if line.has_outcome_label or line.is_table_row or line.label is not None:
        return False
    if before_inner_label(line) is not None:
        return True
    below = next((ln for ln in following if not _says_who_and_when(ln)), None)
    return below is not None and below.has_outcome_label


def _says_who_and_when(line: Line) -> bool:
    return line.label in (DEADLINE, RESPONSIBLE) or wording.FIELD_LABEL.match(line.body) is not None


def _is_answered(part: Sequence[Line]) -> bool:
    """Whether the title of a part is answered itself, not the problems below it."""
    title, lines = part[0], part[1:]
    if title.marker is None or title.marker.style != _STYLE or not has_own_answer(title, lines[:4]):
        return False
    inner = before_inner_label(title)
    stated = title.text[inner.start : inner.end] if inner is not None else title.body
    if wording.has_negative(stated):
        return True
    return not names_part(stated) and not any(
        _is_answered_number(lines, index) for index in range(len(lines))
    )


def _is_answered_number(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    numbered = line.marker is not None and line.marker.style != CLAUSE
    return numbered and has_own_answer(line, lines[index + 1 : index + 5])
