"""Whether a part about open matters is the closing list, or brings problems of its own."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.notice.draft import Draft
from zhenggai.notice.language import section_wording, wording
from zhenggai.notice.language.numbering import match_marker
from zhenggai.notice.sections.section import Section
from zhenggai.notice.summary.open_list import linked_by_each, listed_statements
from zhenggai.notice.summary.pair_index import PairIndex, pairs_of
from zhenggai.patterns import compiled

_MOSTLY = 0.4


class Known:
    """Problems and headings read so far, by their character pairs; each is put in once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._statements: set[str] = set()
        self._index = PairIndex([])
        self._indexed = 0
        self.drafts: Sequence[Draft] = ()

    def of(self, drafts: Sequence[Draft]) -> Known:
        """With the statements of `drafts`, of which the first were given before."""
        self.drafts = drafts
        return self

    def index(self) -> PairIndex:
        """Their statements; put in when it is first asked for."""
        for draft in self.drafts[self._indexed :]:
            for statement in (self._text[slice(*draft.problem)], *draft.path[-1:]):
                if statement not in self._statements:
                    self._statements.add(statement)
                    self._index.add(pairs_of(statement))
        self._indexed = len(self.drafts)
        return self._index


def repeats(text: str, own: list[Draft], earlier: Known, section: Section) -> bool:
    """Whether the problems of `own` were stated before, or the title says that they are what remains."""
    if not earlier.drafts:
        return False
    stated = [text[slice(*d.problem)] for d in own]
    if sum(map(wording.looks_like_problem, stated)) * 2 < len(own):
        return True
    index = earlier.index()
    near = sum(bool(index.shares(pairs_of(statement), _MOSTLY, "larger")) for statement in stated)
    if near >= _MOSTLY * len(own):
        return True
    title = section.title.body if section.title is not None else ""
    if section_wording.REMAINS.search(title) is not None and len(own) * 4 < len(earlier.drafts):
        return True
    if not any(_is_answered(text, draft) for draft in own) and _names_them(text, earlier, section):
        return True
    return _shortens_them(text, stated, earlier.drafts)


_ENOUGH = 40
"""Entries that are looked for: each is compared with all items."""


def _names_them(text: str, earlier: Known, section: Section) -> bool:
    """Whether most entries name problems that were answered before, in whatever words."""
    entries = listed_statements(section.lines)[:_ENOUGH]
    linked = sum(map(bool, linked_by_each(entries, earlier.drafts, text)))
    return linked * 2 >= len(entries)


_SHORTENED = 0.7
_FEWEST_PAIRS = 4
_FEWEST_TO_TELL = 2


def _shortens_them(text: str, stated: list[str], earlier: Sequence[Draft]) -> bool:
    """Whether the entries take nearly all their words from problems answered before, one from each.

    关于线路不优的问题。下一步将… after 公交线路布局不优，市民出行不便: it says where the matter stands.
    """
    names = [pairs_of(name.rstrip("。；").removesuffix("的问题")) for name in stated[:_ENOUGH]]
    if not _FEWEST_TO_TELL <= len(stated) < len(earlier):
        return False
    asked = frozenset().union(*names)
    index = PairIndex([pairs_of(text[slice(*d.problem)]) for d in earlier if d.outcome], asked)
    taken: set[int] = set()
    for own in names:
        common = index.common(own) if len(own) >= _FEWEST_PAIRS else {}
        best = max(common, key=lambda i: common[i], default=-1)
        if best not in taken and best >= 0 and common[best] >= _SHORTENED * len(own):
            taken.add(best)
    return len(taken) * 4 >= len(names) * 3


_NO_ANSWER = compiled(
    r"(?:下一?步|今后|后续|拟|计划|预计|责任|牵头)[^，。：；]{0,8}[：:]|[^，。：；]{0,10}(?:原因|成因|困难|难点|[时期]限)[：:]"
)
"""Reasons and what is planned: they say nothing of what was done."""


def _is_answered(text: str, draft: Draft) -> bool:
    """Whether an entry says what was done, not only why it is open and what comes next."""
    for start, end in draft.outcome:
        paragraph = text[start:end]
        marker = match_marker(paragraph)
        if _NO_ANSWER.match(paragraph, marker.length if marker else 0) is None:
            return True
    return False
