"""What stands at the end of a notice and is no part of its last answer: contact data, signatures."""

from __future__ import annotations

from zhenggai.notice.headings.running import states_and_answers
from zhenggai.notice.language import page_wording, wording
from zhenggai.notice.language.numbering import CLAUSE
from zhenggai.notice.lines.heading_cues import before_inner_label
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_CONTACT_LINES = 14


def before_contact(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Lines before the contact part or the attachments, which stand at the end, and the rest."""
    for index, line in enumerate(lines):
        if line.is_table_row or index * 2 < len(lines):
            continue
        if index * 3 >= len(lines) * 2 and page_wording.ATTACHMENT.match(line.text):
            return lines[:index], lines[index:]
        if len(lines) - index > _CONTACT_LINES:
            continue
        if _closes_plainly(lines, index):
            return lines[:index], lines[index:]
        is_contact = page_wording.CONTACT.search(line.text[:16]) or (
            page_wording.CONTACT.search(line.text[:90]) and page_wording.INVITATION.search(line.text)
        )
        if not is_contact or line.has_outcome_label or _is_answered_number(lines, index):
            continue
        if not _reports_channel(lines, index):
            return lines[:index], lines[index:]
    return lines, []


def _closes_plainly(lines: list[Line], index: int) -> bool:
    """Whether a paragraph, with no item behind it, speaks to readers in words of its own."""
    line = lines[index]
    if line.marker is not None or line.has_outcome_label or not page_wording.speaks_to_readers(line.text):
        return False
    behind = lines[index + 1 :]
    reports = wording.looks_like_action(line.text) or wording.reports_done(line.text)
    return not reports and all(ln.marker is None and not ln.has_outcome_label for ln in behind)


_DATA = compiled(r"\d{7}|\d{3,4}[-—－]\d|@|[：:]")
"""What stands in a line that says how to reach somebody."""


def _is_answered_number(lines: list[Line], index: int) -> bool:
    """Whether line `index` is the next problem of a row: 2.监督电话长期无人接听。"""
    line = lines[index]
    if states_and_answers(line) or (line.marker is not None and before_inner_label(line) is not None):
        return True  # the contact data stand behind its answer, in the same paragraph
    if line.marker is None or line.marker.style == CLAUSE or _DATA.search(line.body):
        return False
    level, value = line.marker.level, line.marker.value
    before = [ln.marker.value for ln in lines[:index] if ln.marker is not None and ln.marker.level == level]
    follows = lines[index + 1 : index + 2]
    if value != 1 and value - 1 not in before[-1:]:
        return False
    return any(ln.has_outcome_label for ln in follows) or (
        bool(follows) and wording.looks_like_problem(line.body) and wording.looks_like_answer(follows[0].body)
    )


_DONE_WITH_IT = compiled(r"\d\s?余?(?:起|件|人次|次|条|个|部|名|处|例|封|宗)")
_LONGEST_ASKING = 60


def _reports_channel(lines: list[Line], index: int) -> bool:
    """Whether a line reports what a telephone or a box for complaints was set up for, and gives no number.

    It counts what came of it (设立举报电话和信箱，查实2起), or stands below a problem that it answers.
    """
    text = lines[index].text
    if _DATA.search(text) or page_wording.INVITATION.match(text) or lines[index].marker is not None:
        return False
    if _DONE_WITH_IT.search(text) and "公示" not in text:
        return True
    above = lines[index - 1] if index else None
    if above is None or above.has_outcome_label or len(above.text) > _LONGEST_ASKING:
        return False
    return above.text[-1] not in "。；：" and wording.looks_like_problem(above.body)


_SIGNERS = 3
"""Lines that the names under a notice take at most."""
_LONGEST_SIGNER = 40


def before_signature(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Lines before the names and the date under a notice, and these: they are no part of the last answer."""
    end = len(lines)
    if end > 1 and page_wording.DATE_LINE.match("".join(lines[end - 1].text.split())):
        end -= 1
    for line in reversed(lines[max(1, end - _SIGNERS) : end]):
        named = len(line.text) <= _LONGEST_SIGNER and page_wording.SIGNER.search(line.text)
        if not named or line.marker is not None or line.is_table_row or line.label is not None:
            break
        end -= 1
    if end > 1 and page_wording.FAREWELL.match(lines[end - 1].text):
        end -= 1
    return lines[:end], lines[end:]
