"""Which problem a name in a sentence means: one that it names well, and no other nearly as well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhenggai.notice.draft import Draft
from zhenggai.notice.language.numbering import match_marker, parse_number
from zhenggai.notice.summary.open_sentences import POINTED, Named
from zhenggai.notice.summary.pair_index import PairIndex, pairs_of
from zhenggai.patterns import compiled

_WELL = 0.75
"""Share of the pairs of a name that a problem must have."""
_APART = 0.25
"""How much less of them any other problem may have."""
_FAIRLY, _FAR_APART = 0.66, 0.5
"""The same of a name in words that differ more (新馆建设, 新馆未建成), where no other problem comes near."""
_SAME, _SAME_APART = 0.9, 0.1
"""The same where the name has the words of the whole problem."""
_SHORTEST, _SHORT = 4, 6
_LEAST_OF_PROBLEM = 1 / 4
"""A name shorter than `_SHORT` (制度建设) must be this much of the problem, word for word."""
_AND = compiled("[和及与]")


def link_named(named: Sequence[Named], drafts: Sequence[Draft], text: str) -> set[int]:
    """Indices of the drafts that `named` names; of names that a sentence counts wrongly, none."""
    if not named or not drafts:
        return set()
    asked = frozenset().union(*(pairs_of(name) for group in named for name in group.names))
    problems = [text[slice(*draft.problem)].strip("。；：“” ") for draft in drafts]
    index = PairIndex([pairs_of(problem) for problem in problems], asked)
    linked: set[int] = set()
    for group in named:
        found = {i for name in group.names for i in _of_name(name, problems, index, group.counts_all)}
        found |= _by_number(group.names, drafts)
        if group.said:
            found = {i for i in found if group.said not in problems[i]}
        if group.count is None or len(found) <= group.count:
            linked |= found
    return linked


def _by_number(names: Sequence[str], drafts: Sequence[Draft]) -> set[int]:
    """The problems that names point to by their numbers, where no number comes twice."""
    pointed = [match["n"] for name in names if (match := POINTED.fullmatch(name))]
    if not pointed:
        return set()
    markers = [match_marker(draft.number) if draft.number else None for draft in drafts]
    values = {marker.value: i for i, marker in enumerate(markers) if marker is not None}
    if len(values) < len(drafts):
        return set()
    return {values[n] for n in map(parse_number, pointed) if n in values}


def _of_name(name: str, problems: Sequence[str], index: PairIndex, counted: bool) -> Iterator[int]:
    """The problem that a name means; of two that are joined by 和, both."""
    whole = _one(name, problems, index, counted)
    if whole is not None:
        yield whole
        return
    for part in _AND.split(name) if _AND.search(name) else ():
        one = _one(part, problems, index, counted=False)
        if one is not None:
            yield one


def _one(name: str, problems: Sequence[str], index: PairIndex, counted: bool) -> int | None:
    own = pairs_of(name)
    if len(name) < _SHORTEST:
        return None
    scores = index.shares(own, _FAIRLY - _FAR_APART, "own")
    best = max(scores, key=lambda i: scores[i], default=None)
    if best is None or scores[best] < _FAIRLY:
        return None
    second = max((score for i, score in scores.items() if i != best), default=0.0)
    if counted and len(name) < _SHORT and scores[best] - second >= _FAR_APART:
        return best  # 闲置校舍, 校舍闲置荒废: that it is a problem is said
    same = scores[best] >= _SAME and len(own) >= _SAME * index.sizes[best]
    apart = _SAME_APART if same else _APART if scores[best] >= _WELL else _FAR_APART
    if scores[best] - second < apart or (apart == _FAR_APART and len(name) < _SHORT):
        return None
    if len(name) < _SHORT and (
        name not in problems[best] or len(name) < _LEAST_OF_PROBLEM * len(problems[best])
    ):
        return None
    return best
