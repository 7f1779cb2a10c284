"""What tells that a number inside a paragraph counts a problem with its answer: one function a kind.

Each reads what stands behind the number: True where a problem and its answer are told for sure, False where
the form is there and the words leave a doubt, None where the form is not there.
"""

from __future__ import annotations

from collections.abc import Callable

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.language.statement import find_facing, find_wrapped, is_generic
from zhenggai.notice.lines.heading_cues import SHORTEST_ANSWER, closed, names_fault
from zhenggai.patterns import compiled

LONGEST_PROBLEM = 160
_LONGEST_STATED = 60


def _has_label(piece: str) -> bool | None:
    """…不彻底。整改情况：… before the next number; None where it has none."""
    for match in wording.outcome_labels(piece[:LONGEST_PROBLEM]):
        before = piece[: match.start()].rstrip()
        if len(before) >= 4 and before[-1] in "。；;.）)”：:" and closed(before):
            answered = len(piece) - match.end() >= SHORTEST_ANSWER
            return True if answered and match_marker(before) is None else None
    return None


def _has_wrapper(piece: str) -> bool | None:
    """针对…的问题。… or 对…的问题，…: whether a shortcoming is named; None without such a wrapper."""
    statement = find_facing(piece) or find_wrapped(piece)
    if statement is None:
        return None
    stated = piece[statement.start : statement.end]
    ends = (
        piece[statement.whole_end - 1] in "。：:，," and len(piece) - statement.whole_end >= SHORTEST_ANSWER
    )
    if not ends or is_generic(stated):
        return None
    called_so = "问题" in piece[statement.end : statement.whole_end]  # not 关于招投标方面：
    return names_fault(stated) if called_so else wording.has_negative(stated)


_NAMED = compiled(r"(?P<stated>[^。；：:\n]{4,120}?)的?问题[：:]\s*")


def _is_named(piece: str) -> bool | None:
    """村务公开不及时问题：…: a shortcoming that is called a problem, and what was done; None without one."""
    found = _NAMED.match(piece)
    if found is None or len(piece) - found.end() < SHORTEST_ANSWER:
        return None
    stated = found["stated"]
    if is_generic(stated) or wording.looks_like_action(stated):
        return None
    return names_fault(stated)


def _is_stated(piece: str) -> bool | None:
    """水源地保护不力。拆除…: a short sentence that names a fault, and what was done; None without both.

    Without a label or a wrapper the words alone tell, so that they have to be plain.
    """
    sentence = wording.first_sentence(piece[:_LONGEST_STATED])
    rest = piece[len(sentence) :].lstrip()
    if not sentence.endswith("。") or len(rest) < SHORTEST_ANSWER or not closed(sentence):
        return None
    if match_marker(rest) is not None or wording.looks_like_action(sentence):
        return None  # 1.…不严。2.…不够。 only states
    states = wording.looks_like_problem(sentence) and not wording.reports_done(sentence)
    return True if states and names_fault(sentence[:-1]) and wording.looks_like_answer(rest) else None


KINDS: dict[str, Callable[[str], bool | None]] = {
    "labelled": _has_label,
    "wrapped": _has_wrapper,
    "named": _is_named,
    "stated": _is_stated,
}
