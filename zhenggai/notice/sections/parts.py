"""Lines → the parts of a notice: preamble, organisation, main part, closing list, next steps, contact."""

from __future__ import annotations

from zhenggai.notice.headings.form_headings import headed_by_form
from zhenggai.notice.headings.running import opening_statements, states_and_answers
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.statement import find_wrapped
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.sections.answered_titles import answered_titles, measured_titles
from zhenggai.notice.sections.endings import before_contact, before_signature
from zhenggai.notice.sections.mail_ends import before_mail_end
from zhenggai.notice.sections.section import Part, Section, problem_share
from zhenggai.notice.sections.section_kin import looked_at_again
from zhenggai.patterns import compiled


def split_sections(lines: list[Line]) -> list[Section]:
    """Cut `lines` at the headings of the uppermost level and tell what each part is."""
    lines, mail = before_mail_end(lines)
    lines, tail = before_contact(lines)
    lines, signature = before_signature(lines)
    tail = [*signature, *tail, *mail]
    tops = _top_headings(lines)
    bounds = [*tops, len(lines)]
    problems = answered_titles(lines, tops) | measured_titles(lines, tops)
    sections = []
    for start, end in zip(bounds, bounds[1:], strict=False):
        title, body, answered = lines[start], tuple(lines[start + 1 : end]), start in problems
        part = Part.MAIN if answered else _part_of(title, body)
        sections.append(Section(part, title, body, answered))
    sections = looked_at_again(sections) if tops else [Section(Part.MAIN, None, tuple(lines))]
    if tops and tops[0] > 0:
        sections.insert(0, _opening(tuple(lines[: tops[0]]), sections))
    return [*sections, Section(Part.OTHER, None, tuple(tail))] if tail else sections


def _opening(lines: tuple[Line, ...], sections: list[Section]) -> Section:
    """What stands above the first title: the preamble, or the main part where no title is one of such."""
    marker = sections[0].title.marker if sections[0].title is not None else None
    numbered = marker is not None and marker.value <= 1
    elsewhere = numbered or any(s.part is Part.MAIN for s in sections)
    if sum(line.has_outcome_label for line in lines) >= _ANSWERS:
        elsewhere = False  # its title has a number that is not known
    return Section(Part.PREAMBLE if elsewhere else Part.MAIN, None, lines)


_ANSWERS = 2
"""Answers above the first title that was found: the main part began before it."""


def _top_headings(lines: list[Line]) -> list[int]:
    """Indices of the lines that head the uppermost level: 一、 …, or 第一部分, where they are used."""
    chinese = [i for i, line in enumerate(lines) if _is_top_heading(line, "chinese")]
    sections = [i for i, line in enumerate(lines) if _is_top_heading(line, "section")]
    if len(sections) >= 2 and not (chinese and chinese[0] < sections[0]):
        return sections  # 第一方面 below 二、 divides that part alone
    stems = [i for i, line in enumerate(lines) if _is_top_heading(line, "stem")]
    if any(_names_main(lines[i].body) for i in stems) and not (chinese and chinese[0] < stems[0]):
        return stems
    return chinese or _of_decimal_outline(lines) or _titles_without_number(lines)


def _of_decimal_outline(lines: list[Line]) -> list[int]:
    """Indices of 1, 2, 3 in an outline that goes on with 1.1 and 1.1.1; empty where there is none."""
    found = [i for i, line in enumerate(lines) if _is_top_heading(line, "decimal")]
    divided = sum(_DIVIDED.match(line.text) is not None for i in found for line in lines[i + 1 : i + 2])
    values = [marker.value for i in found if (marker := lines[i].marker) is not None]
    return found if divided >= 2 and values == list(range(1, len(found) + 1)) else []


_DIVIDED = compiled(r"\d{1,2}[.．]1(?:[^\d]|[.．]1)")


_LONGEST_BARE_TITLE = 20


def _titles_without_number(lines: list[Line]) -> list[int]:
    """Indices of lines that are known titles of parts and have no number, or a bullet: 下一步工作打算."""
    found: dict[str, int] = {}
    marked = _marked_titles(lines)
    for index, line in enumerate(lines):
        if index in marked:
            found[line.body] = index
            continue
        plain = line.marker is None or line.marker.style == "bullet"
        if not plain or line.label is not None or len(line.body) > _LONGEST_BARE_TITLE:
            continue
        if section_wording.PART_TITLE.fullmatch(line.body) and not line.has_outcome_label:
            if line.body in found:
                return []  # it comes again and again: the name of an answer
            found[line.body] = index
    return list(found.values())


def _marked_titles(lines: list[Line]) -> frozenset[int]:
    """Indices of lines that the file marks as headings and that are titles of parts, each said once."""
    marked = [i for i, line in enumerate(lines) if line.is_heading and line.marker is None]
    titles = {i for i in marked if _is_title(lines[i])} | _organised(lines, marked)
    bodies = [lines[i].body for i in titles]
    return frozenset(i for i in titles if bodies.count(lines[i].body) == 1)


def _organised(lines: list[Line], marked: list[int]) -> set[int]:
    """The marked titles of the part about the organisation and of the main part; empty unless there are both.

    整改工作组织领导 … 整改工作进展情况, right above the next marked heading.
    """
    headings = frozenset(marked)
    first = next((i for i in marked if _organises(lines[i].body)), len(lines))
    main = next((i for i in marked if i > first and i + 1 in headings and _names_main(lines[i].body)), None)
    return set() if main is None else {first, main}


def _organises(text: str) -> bool:
    fits = len(text) <= _LONGEST_BARE_TITLE and "整改" in text and not _states(text)
    return fits and section_wording.ORGANISATION.search(text) is not None


def _names_main(text: str) -> bool:
    return "整改" in text and section_wording.MAIN_TITLE.fullmatch(text) is not None


def _states(text: str) -> bool:
    return text.endswith(wording.FIELD_ENDS) or wording.looks_like_problem(text)


def _is_title(line: Line) -> bool:
    text = line.body
    if len(text) > _LONGEST_BARE_TITLE or wording.BARE_OUTCOME_LABEL.match(text) or line.has_outcome_label:
        return False
    if _states(text):
        return False
    ahead = section_wording.NEXT_STEPS.search(text) is not None
    return ahead or _names_main(text)


def _is_top_heading(line: Line, style: str) -> bool:
    if line.marker is None or line.marker.style != style or line.is_table_row:
        return False
    return len(line.body) <= 90 or line.body.find("。") < 60


def _part_of(title: Line, body: tuple[Line, ...]) -> Part:
    text = title.body
    if states_and_answers(title):
        return Part.MAIN
    share = problem_share(body)
    if section_wording.STILL_OPEN.search(text) and not wording.has_negative(
        text.split("整改")[0][:12].replace("未", "")
    ):
        return Part.OPEN_LIST
    if section_wording.CLUES.search(text) and not section_wording.MAIN.search(text.replace("线索", "")):
        return Part.OTHER
    main_title = section_wording.MAIN.search(text) is not None
    ahead = section_wording.NEXT_STEPS.search(text) is not None and not main_title
    if _names_problems(title) or (not ahead and _is_problem(title)):
        return Part.MAIN
    off_title = ahead or section_wording.NEXT_STEPS.search(text) or section_wording.ORGANISATION.search(text)
    openings = opening_statements(body)
    row = main_title and len(openings) >= _OPENINGS
    if off_title and not (main_title and (share >= 0.3 or row)):
        return Part.OTHER if ahead or share < 0.6 else Part.MAIN
    if main_title and (share > 0 or headed_by_form(body)):
        return Part.MAIN
    return Part.MAIN if share >= 0.35 or openings else Part.OTHER


_OPENINGS = 3
"""Paragraphs that open with problems, which no part about the organisation has."""


def _names_problems(title: Line) -> bool:
    """Whether a title names problems in a wrapper (一、在“…有落差”方面), so that its items follow at once."""
    text = title.body
    if wording.looks_like_action(text) and not wording.looks_like_problem(text):
        return False
    wrapped = find_wrapped(text) is not None or text.rstrip("。：:").endswith(("方面", "问题"))
    return wrapped and wording.has_negative(text)


def _is_problem(title: Line) -> bool:
    """Whether a title is a stated problem itself, answered below."""
    text = title.body
    stated = wording.has_negative(text) and wording.looks_like_problem(text)
    return stated and not section_wording.MAIN.search(text) and not text.endswith("情况")
