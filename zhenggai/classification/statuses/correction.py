"""What the models give to the statuses of an outcome, corrected by what is counted or named in it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from zhenggai.classification.counting.counts import counted, half_done
from zhenggai.classification.counting.missed import missed
from zhenggai.classification.counting.remainder_words import HINDERED, OPEN, PERHAPS_REST, REST
from zhenggai.classification.counting.siblings import siblings
from zhenggai.classification.linear_models.ngrams import Floats
from zhenggai.classification.outcome.cues import cues
from zhenggai.classification.outcome.deeds import is_general, reports_deed
from zhenggai.classification.statuses.facts import OPEN_CUES
from zhenggai.classification.statuses.further import reports_result
from zhenggai.patterns import compiled

COUNT_SCORE = 0.9
"""Share of what is unfinished that a count gives to its side: of 261 unfinished outcomes that are counted, in
folds 0 to 3 and written ones, 9 are labelled otherwise."""
DEED_SCORE = 0.8
"""Share of 已完成 where a deed is named and the models see none: a guess, low enough to be reviewed."""
DONE, UNSTATED = "已完成", "未说明"
_NEARLY, _ONGOING = "基本完成", "正在整改"
_LEAST_OPEN = math.log(0.7)
"""Log-probability of an unfinished outcome, at least, where a counted rest is said to be under way."""
_UNLIKELY = -2.5
"""Log-probability of an unfinished outcome below which counting its remainders changes nothing."""
_LEAST_NAMED = -3.5
"""The same where things of one kind are named, some done and some not."""

_LATER = compiled(r"无(?!需|误|关)|没|后[^，。；]{0,4}[可再才]")
"""More words of an open matter that are no hints to the models."""
_OPEN_HINTS = frozenset(OPEN_CUES)
_AS_OF = compiled(r"截[至止]?到?(?:\d{4}年|今年)?(?:\d{1,2}月)?[年月]?[底末]")
"""截至2024年底: the date of the report, no time limit."""


def correct(row: Floats, labels: Sequence[str], problem: str, clauses: Sequence[str]) -> None:
    """Correct `row`, the log-probabilities of `labels`, in place."""
    if not _count(row, labels, problem, clauses):
        _close(row, labels, clauses)
    _credit(row, labels, clauses)


def _count(row: Floats, labels: Sequence[str], problem: str, clauses: Sequence[str]) -> bool:
    """Divide what `row` gives to the unfinished statuses as a count says; whether one says anything.

    Whether the core is finished is the models' to say; how much of it remains, numbers say better.
    """
    nearly, ongoing = (labels.index(label) for label in (_NEARLY, _ONGOING))
    unfinished = np.logaddexp(row[nearly], row[ongoing])
    found = counted(problem, clauses)
    half, is_open = half_done(found), any(one.open for one in found)
    goal = missed(clauses)
    by_name = not found and not (goal and goal.awaited) and unfinished > _LEAST_NAMED
    if by_name and (named := siblings(clauses, problem)):
        half, is_open = named[0] >= named[1], True
    if goal is not None:
        half, is_open = (goal.near if half is None else half), True
    if unfinished < _LEAST_OPEN and is_open:
        row += np.log1p(-np.exp(_LEAST_OPEN)) - np.log1p(-np.exp(unfinished))
        row[[nearly, ongoing]] += _LEAST_OPEN - np.logaddexp(row[nearly], row[ongoing])
        unfinished = _LEAST_OPEN
    if half is not None and unfinished > _UNLIKELY:
        right, other = (nearly, ongoing) if half else (ongoing, nearly)
        row[right] = unfinished + np.log(COUNT_SCORE)
        row[other] = unfinished + np.log(1 - COUNT_SCORE)
    return is_open or half is not None


def _close(row: Floats, labels: Sequence[str], clauses: Sequence[str]) -> None:
    """Give to 已完成 what the models see as unfinished although no word calls anything open.

    Of 170 labelled outcomes without such a word that report a result, 3 are unfinished.
    """
    done, *unfinished = (labels.index(label) for label in (DONE, _NEARLY, _ONGOING))
    if row.argmax() not in unfinished or any(map(_may_be_open, clauses)):
        return
    if any(map(reports_result, clauses)):
        mass = np.logaddexp(row[unfinished[0]], row[unfinished[1]])
        row[done] = np.logaddexp(row[done], mass + np.log(DEED_SCORE))
        row[unfinished] += np.log(1 - DEED_SCORE)


def _may_be_open(clause: str) -> bool:
    return not _OPEN_HINTS.isdisjoint(cues(_AS_OF.sub("", clause))) or any(
        words.search(clause) for words in (OPEN, REST, PERHAPS_REST, HINDERED, _LATER)
    )


def _credit(row: Floats, labels: Sequence[str], clauses: Sequence[str]) -> None:
    """A named deed makes 已完成 of 未说明, general verbs alone the reverse (guideline, 3)."""
    done, unstated = (labels.index(label) for label in (DONE, UNSTATED))
    best = row.argmax()
    if best == unstated and any(map(reports_deed, clauses)):
        right, other = done, unstated
    elif best == done and is_general(clauses):
        right, other = unstated, done
    else:
        return
    both = np.logaddexp(row[done], row[unstated])
    row[right], row[other] = both + np.log(DEED_SCORE), both + np.log(1 - DEED_SCORE)
