"""A second look at the parts of a notice: what a part is, shows in the parts beside it."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.headings.measures import names_part
from zhenggai.notice.headings.placed import holds_placed
from zhenggai.notice.headings.rows import heading_core
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.lines.measure_words import names_measure
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.lines.placed_lines import is_deed, is_phrase
from zhenggai.notice.sections.section import Part, Section, problem_share


def looked_at_again(sections: Sequence[Section]) -> list[Section]:
    """`sections` with those made main parts that the main ones, or the lack of any, show to be such."""
    if not any(section.part is Part.MAIN for section in sections):
        sections = [_rescue(section) for section in sections]
    settled = list(sections)
    for index in range(len(settled)):
        settled[index] = _beside_main(settled, index)
    return settled


def _all_heads_are_problems(lines: tuple[Line, ...]) -> bool:
    """Whether the headings of the upper level, two at least, all state problems; answers may be numbered."""
    first = lines[0].marker if lines else None
    if first is None or first.style == CLAUSE:
        return False
    heads = [line for line in lines if line.marker is not None and line.marker.style == first.style]
    return len(heads) >= 2 and all(wording.looks_like_problem(wording.first_sentence(h.body)) for h in heads)


def _rescue(section: Section) -> Section:
    """Where no part is the main one, take every part that has problems in it."""
    if section.part is Part.OTHER and _may_be_main(section):
        return Section(Part.MAIN, section.title, section.lines)
    return section


def _may_be_main(section: Section) -> bool:
    if problem_share(section.lines) > 0.2 or _answers_under_topic(section):
        return True
    if _is_titled_main(section):
        return _names_matters(section) or holds_placed(section.lines)
    return _holds_placed_under_topic(section)


def _is_titled_main(section: Section) -> bool:
    title = section.title.body if section.title is not None else ""
    return section_wording.MAIN.search(title) is not None and not _is_other(title)


def _is_other(title: str) -> bool:
    found = section_wording.NEXT_STEPS.search(title) or section_wording.ORGANISATION.search(title)
    return found is not None


def _holds_placed_under_topic(section: Section) -> bool:
    """Whether a part named after a field (一、政治建设方面) has lines whose place says what they are."""
    title = section.title.body.rstrip("。：: ") if section.title is not None else ""
    return title.endswith(_TOPIC) and not _is_other(title) and holds_placed(section.lines)


def _names_matters(section: Section) -> bool:
    """Whether a part goes through matters without stating problems: 关于公务用车管理方面."""
    heads = [line for line in section.lines if line.marker is not None and line.marker.style != CLAUSE]
    named = sum(line.body.rstrip("。：").endswith(("方面", "问题")) for line in heads)
    return named >= _FEWEST_MATTERS and named * 2 > len(heads)


_FEWEST_MATTERS = 3


def _beside_main(sections: Sequence[Section], index: int) -> Section:
    """A part beside main ones is one too if its headings state problems, or its numbers go on with theirs."""
    section = sections[index]
    title = section.title.body if section.title is not None else ""
    if (
        section.part is not Part.OTHER
        or section_wording.NEXT_STEPS.search(title)
        or section_wording.CLUES.search(title)
    ):
        return section
    if (
        _all_heads_are_problems(section.lines)
        or _is_numbered_on(sections, index)
        or _answers_under_topic(section)
        or _holds_placed_under_topic(section)
    ):
        return Section(Part.MAIN, section.title, section.lines)
    if _is_next_problem(sections[:index], section):
        return Section(Part.MAIN, section.title, section.lines, is_problem=True)
    return section


def _is_next_problem(before: Sequence[Section], section: Section) -> bool:
    """Whether a title goes on a row of titles that are problems, each with its answer below, as it has one.

    三、经费支出进度慢 / … / 四、长期借用乡镇工作人员 / 目前1名借用人员已返回…
    """
    title = section.title
    if title is None or title.marker is None or not _FEWEST_IN_ROW < title.marker.value <= len(before) + 1:
        return False
    row = [one for one in before if one.part is not Part.PREAMBLE]
    if len(row) != title.marker.value - 1 or any(one.part is not Part.MAIN for one in row):
        return False
    if not is_phrase(title) or names_measure(title.body) or names_part(title.body):
        return False
    own = [one for one in (*row, section) if one.lines and is_deed(one.lines[0])]
    stated = [one.title is not None and wording.looks_like_problem(one.title.body) for one in row]
    return len(own) == len(row) + 1 and all(stated)


_FEWEST_IN_ROW = 2


def _is_numbered_on(sections: Sequence[Section], index: int) -> bool:
    """Whether the numbers of a part go on with those of a main part, or are gone on with: 3 | 4, 5 | 6."""
    own, (_, first, last) = sections[index], _numbers(sections[index].lines)
    if not first or not problem_share(own.lines):
        return False
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(sections):
            level, its_first, its_last = _numbers(sections[at].lines)
            goes_on = its_last == first - 1 if step < 0 else its_first == last + 1
            if level != _numbers(own.lines)[0] or not goes_on:
                break
            if sections[at].part is Part.MAIN:
                return True
            first, last, at = its_first, its_last, at + step
    return False


def _numbers(lines: Sequence[Line]) -> tuple[str, int, int]:
    """Level of the first numbered line, its number, and the last one of that level."""
    markers = [line.marker for line in lines if line.marker is not None and line.marker.style != CLAUSE]
    if not markers:
        return "", 0, 0
    own = [marker.value for marker in markers if marker.level == markers[0].level]
    return markers[0].level, own[0], own[-1]


_TOPIC = ("方面", "领域", "类")


def _answers_under_topic(section: Section) -> bool:
    """Whether a part named after a field (一、经营管理方面) has numbered problems with their answers."""
    title = section.title.body.rstrip("。：: ") if section.title is not None else ""
    level, _, _ = _numbers(section.lines)
    if not title.endswith(_TOPIC) or not level:
        return False
    heads = [
        i for i, line in enumerate(section.lines) if line.marker is not None and line.marker.level == level
    ]
    answered = sum(_is_answered(section.lines, i, level) for i in heads)
    stated = sum(
        wording.looks_like_problem(wording.first_sentence(heading_core(section.lines[i].body))) for i in heads
    )
    return answered * 2 > len(heads) and stated * 3 >= len(heads)


def _is_answered(lines: Sequence[Line], index: int, level: str) -> bool:
    """Whether what follows the first sentence of a numbered line is no further number of its row."""
    line, following = lines[index], lines[index + 1 : index + 2]
    inline = len(line.body) > len(wording.first_sentence(line.body)) + 8
    return inline or any(ln.marker is None or ln.marker.level != level for ln in following)
