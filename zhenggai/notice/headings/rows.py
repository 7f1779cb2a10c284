"""Numbers of one kind that head problems: what most of a row is, the rest of it is too, whatever its words.

The words of a problem are without end (亏损面大, 打折扣, 聚焦主业不够); the form of its row is plain.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.notice.lines.heading_cues import SHORT, SHORTEST_ANSWER, closed
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_FEWEST = 3
_NOTE = compiled(r"\s*[（(【\[][^（）()【】\[\]]{2,120}[）)】\]]\s?[。；]?$")
"""Who answers for it and until when, behind a heading."""
_NOTE_ENDS = frozenset("）)】]")


@dataclass(frozen=True, slots=True)
class Rows:
    """Levels of numbers in the main parts of a notice that mostly head problems."""

    headed: frozenset[str]
    """Their lines are short headings."""
    inline: frozenset[str]
    """Their lines open with a short sentence before the answer."""
    measures: frozenset[int] = frozenset()
    """Clean offsets of lines whose numbers count measures against the problem above."""

    def has(self, line: Line) -> bool:
        """Whether a line has a number of a row and looks like its other lines."""
        level = line.marker.level if line.marker is not None else ""
        headed = level in self.headed and has_heading_form(line)
        return headed or (level in self.inline and has_inline_form(line))


def read_rows(lines: Sequence[Line]) -> Rows:
    """The rows in `lines`."""
    numbered = [line for line in lines if _is_numbered(line)]
    return Rows(
        _mostly((line, _states(line)) for line in numbered if has_heading_form(line)),
        _mostly((line, _states(line)) for line in numbered if has_inline_form(line)),
    )


def has_heading_form(line: Line) -> bool:
    """Whether a numbered line is one short phrase, apart from a note in brackets behind it."""
    if not _is_numbered(line):
        return False
    core = heading_core(line.body)
    return 4 <= len(core) <= SHORT and "。" not in core[:-1] and "；" not in core and not _reports(core)


def has_inline_form(line: Line) -> bool:
    """Whether a numbered line is a short sentence and what was done about it."""
    if not _is_numbered(line):
        return False
    sentence = wording.first_sentence(line.body)
    rest = line.body[len(sentence) :]
    fits = len(sentence) <= SHORT and len(rest) >= SHORTEST_ANSWER and closed(sentence)
    return fits and not _reports(sentence) and wording.looks_like_answer(rest)


def heading_core(body: str) -> str:
    """A heading without the note in brackets behind it."""
    return body if _NOTE_ENDS.isdisjoint(body[-4:]) else _NOTE.sub("", body)


def _is_numbered(line: Line) -> bool:
    plain = line.label is None and not line.is_table_row and not line.has_outcome_label
    return plain and line.marker is not None and line.marker.style not in (CLAUSE, "bullet", "circled")


def _reports(text: str) -> bool:
    """Whether a text says what was done rather than what is wrong, as far as words tell."""
    if wording.reports_done(text):
        return True
    return wording.looks_like_action(text) and not wording.has_negative(text) and problem_score(text) <= 0


def _states(line: Line) -> bool:
    return wording.looks_like_problem(wording.first_sentence(heading_core(line.body)))


def _mostly(found: Iterable[tuple[Line, bool]]) -> frozenset[str]:
    counts: dict[str, list[bool]] = {}
    for line, stated in found:
        assert line.marker is not None
        counts.setdefault(line.marker.level, []).append(stated)
    return frozenset(
        level for level, row in counts.items() if len(row) >= _FEWEST and sum(row) * 2 > len(row)
    )
