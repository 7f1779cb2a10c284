"""Lines → the parts of a notice: preamble, organisation, main part, closing list, next steps, contact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from zhenggai.notice import wording
from zhenggai.notice.form_headings import headed_by_form
from zhenggai.notice.numbering import CLAUSE
from zhenggai.notice.outline import Line
from zhenggai.notice.running import opening_statements, states_and_answers
from zhenggai.notice.statement import find_wrapped


class Part(Enum):
    """What a stretch of a notice is."""

    PREAMBLE = "preamble"
    MAIN = "main"
    OPEN_LIST = "open list"
    OTHER = "other"
    """Organisation, clues, next steps."""


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of one part; `title` is its heading, if it has one."""

    part: Part
    title: Line | None
    lines: tuple[Line, ...]


def split_sections(lines: list[Line]) -> list[Section]:
    """Cut `lines` at the headings of the uppermost level and tell what each part is."""
    lines, tail = _before_contact(lines)
    lines, signature = _before_signature(lines)
    tail = [*signature, *tail]
    tops = _top_headings(lines)
    bounds = [*tops, len(lines)]
    sections = []
    for start, end in zip(bounds, bounds[1:], strict=False):
        title, body = lines[start], tuple(lines[start + 1 : end])
        sections.append(Section(_part_of(title, body), title, body))
    if not tops:
        sections = [Section(Part.MAIN, None, tuple(lines))]
    elif not any(s.part is Part.MAIN for s in sections):
        sections = [_rescue(s) for s in sections]
    else:
        sections = [_beside_main(s) for s in sections]
    if tops and tops[0] > 0:
        sections.insert(0, _opening(tuple(lines[: tops[0]]), sections))
    return [*sections, Section(Part.OTHER, None, tuple(tail))] if tail else sections


def _opening(lines: tuple[Line, ...], sections: list[Section]) -> Section:
    """What stands above the first title: the preamble, or the main part where no title is one of such."""
    numbered = sections[0].title is not None and sections[0].title.marker is not None
    elsewhere = numbered or any(s.part is Part.MAIN for s in sections)
    return Section(Part.PREAMBLE if elsewhere else Part.MAIN, None, lines)


_CONTACT_LINES = 14


def _before_contact(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Lines before the contact part or the attachments, which stand at the end, and the rest."""
    for index, line in enumerate(lines):
        if line.is_table_row or index * 2 < len(lines):
            continue
        if index * 3 >= len(lines) * 2 and wording.ATTACHMENT.match(line.text):
            return lines[:index], lines[index:]
        near_end = len(lines) - index <= _CONTACT_LINES
        is_contact = wording.CONTACT.search(line.text[:16]) or (
            wording.CONTACT.search(line.text[:90]) and wording.INVITATION.search(line.text)
        )
        if near_end and is_contact and not line.has_outcome_label:
            return lines[:index], lines[index:]
    return lines, []


_SIGNERS = 3
"""Lines that the names under a notice take at most."""
_LONGEST_SIGNER = 40


def _before_signature(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Lines before the names and the date under a notice, and these: they are no part of the last answer."""
    end = len(lines)
    if end > 1 and wording.DATE_LINE.match("".join(lines[end - 1].text.split())):
        end -= 1
    for line in reversed(lines[max(1, end - _SIGNERS) : end]):
        named = len(line.text) <= _LONGEST_SIGNER and wording.SIGNER.search(line.text)
        if not named or line.marker is not None or line.is_table_row or line.label is not None:
            break
        end -= 1
    if end > 1 and wording.FAREWELL.match(lines[end - 1].text):
        end -= 1
    return lines[:end], lines[end:]


def _top_headings(lines: list[Line]) -> list[int]:
    """Indices of the lines that head the uppermost level: 一、 …, or 第一部分, where they are used."""
    for style in ("section", "chinese"):
        found = [i for i, line in enumerate(lines) if _is_top_heading(line, style)]
        if style == "section" and len(found) < 2:
            continue
        if found:
            return found
    return _titles_without_number(lines)


_LONGEST_BARE_TITLE = 20


def _titles_without_number(lines: list[Line]) -> list[int]:
    """Indices of lines that are known titles of parts and have no number, or a bullet: 下一步工作打算."""
    found: dict[str, int] = {}
    for index, line in enumerate(lines):
        plain = line.marker is None or line.marker.style == "bullet"
        if not plain or line.label is not None or len(line.body) > _LONGEST_BARE_TITLE:
            continue
        if wording.PART_TITLE.fullmatch(line.body) and not line.has_outcome_label:
            if line.body in found:
                return []  # it comes again and again: the name of an answer
            found[line.body] = index
    return list(found.values())


def _is_top_heading(line: Line, style: str) -> bool:
    if line.marker is None or line.marker.style != style or line.is_table_row:
        return False
    return len(line.body) <= 90 or line.body.find("。") < 60


def _part_of(title: Line, body: tuple[Line, ...]) -> Part:
    text = title.body
    if states_and_answers(title):
        return Part.MAIN
    share = problem_share(body)
    if wording.STILL_OPEN.search(text) and not wording.has_negative(
        text.split("整改")[0][:12].replace("未", "")
    ):
        return Part.OPEN_LIST
    if wording.CLUES.search(text) and not wording.MAIN.search(text.replace("线索", "")):
        return Part.OTHER
    main_title = wording.MAIN.search(text) is not None
    ahead = wording.NEXT_STEPS.search(text) is not None and not main_title
    if _names_problems(title) or (not ahead and _is_problem(title)):
        return Part.MAIN
    off_title = ahead or wording.NEXT_STEPS.search(text) or wording.ORGANISATION.search(text)
    if off_title and not (main_title and share >= 0.3):
        return Part.OTHER if ahead or share < 0.6 else Part.MAIN
    if main_title and (share > 0 or headed_by_form(body) or opening_statements(body)):
        return Part.MAIN
    return Part.MAIN if share >= 0.35 or opening_statements(body) else Part.OTHER


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
    return stated and not wording.MAIN.search(text) and not text.endswith("情况")


def problem_share(lines: tuple[Line, ...]) -> float:
    """Share of the headings in `lines` that state a problem; 0 where there is no heading."""
    headings = problems = 0
    for index, line in enumerate(lines):
        if line.is_table_row:
            headings += 1
            problems += wording.has_negative(line.text)
            continue
        labelled = index + 1 < len(lines) and lines[index + 1].has_outcome_label
        if line.marker is None and not labelled and not _opens_with_problem(line):
            continue
        counts_a_point = line.marker is not None and line.marker.style == CLAUSE and not labelled
        if counts_a_point and find_wrapped(line.body) is None:
            continue
        headings += 1
        sentence = wording.first_sentence(line.body)
        problems += labelled or _opens_with_problem(line) or wording.looks_like_problem(sentence)
    return problems / headings if headings else 0.0


def _all_heads_are_problems(lines: tuple[Line, ...]) -> bool:
    """Whether the headings of the upper level, two at least, all state problems; answers may be numbered."""
    first = lines[0].marker if lines else None
    if first is None or first.style == CLAUSE:
        return False
    heads = [line for line in lines if line.marker is not None and line.marker.style == first.style]
    return len(heads) >= 2 and all(wording.looks_like_problem(wording.first_sentence(h.body)) for h in heads)


def _opens_with_problem(line: Line) -> bool:
    """Whether a line begins 针对…的问题。 or 问题描述：."""
    if wording.PROBLEM_LABEL.match(line.body):
        return True
    wrapped = find_wrapped(line.text, line.body_start - line.start)
    return wrapped is not None and wording.has_negative(line.text[wrapped.start : wrapped.end])


def _rescue(section: Section) -> Section:
    """Where no part is the main one, take every part that has problems in it."""
    if section.part is Part.OTHER and (problem_share(section.lines) > 0.2 or _names_matters(section)):
        return Section(Part.MAIN, section.title, section.lines)
    return section


def _names_matters(section: Section) -> bool:
    """Whether a part goes through matters without stating problems: 关于公务用车管理方面."""
    title = section.title.body if section.title is not None else ""
    if (
        not wording.MAIN.search(title)
        or wording.NEXT_STEPS.search(title)
        or wording.ORGANISATION.search(title)
    ):
        return False
    heads = [line for line in section.lines if line.marker is not None and line.marker.style != CLAUSE]
    named = sum(line.body.rstrip("。：").endswith(("方面", "问题")) for line in heads)
    return named >= _FEWEST_MATTERS and named * 2 > len(heads)


_FEWEST_MATTERS = 3


def _beside_main(section: Section) -> Section:
    """A part beside the main ones is one too if all its headings state problems, however many its answers."""
    title = section.title.body if section.title is not None else ""
    unnamed = not wording.NEXT_STEPS.search(title) and not wording.CLUES.search(title)
    if section.part is Part.OTHER and unnamed and _all_heads_are_problems(section.lines):
        return Section(Part.MAIN, section.title, section.lines)
    return section
