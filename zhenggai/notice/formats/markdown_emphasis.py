"""`*` and `_` in Markdown beside Chinese marks.

By the rule of CommonMark, made for words between spaces, `**整改情况：**已完成` is not bold: a mark before
`**` and a letter behind it make the asterisks an opening, and they are shown. Here Chinese marks count as
letters.
"""

from __future__ import annotations

import unicodedata

from markdown_it.rules_inline.state_inline import Delimiter, StateInline

_NEVER_BEFORE_OPENING = frozenset("（【〔《〈“‘「『")
_NEVER_BEHIND_OPENING = frozenset("，。；：、！？）】〕》〉”’」』")
"""What `张**，李**` has: names with characters left out."""


def mark_emphasis(state: StateInline, silent: bool) -> bool:
    """The rule `emphasis` of markdown-it, with another notion of where it may begin and end."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    can_open, can_close = scanned.can_open, scanned.can_close
    if marker == "*" and scanned.length > 1:
        before = state.src[state.pos - 1 : state.pos] or " "
        behind = state.src[state.pos + scanned.length : state.pos + scanned.length + 1] or " "
        can_open = can_open or _begins(before, behind)
        can_close = can_close or _ends(before, behind)
        can_open = can_open and behind not in _NEVER_BEHIND_OPENING
        can_close = can_close and before not in _NEVER_BEFORE_OPENING
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(marker), scanned.length, place, -1, can_open, can_close))
    state.pos += scanned.length
    return True


def _begins(before: str, behind: str) -> bool:
    return not behind.isspace() and (_is_letter(behind) or before.isspace() or _is_wide(before))


def _ends(before: str, behind: str) -> bool:
    return not before.isspace() and (_is_letter(before) or behind.isspace() or _is_wide(behind))


def _is_letter(char: str) -> bool:
    return _is_wide(char) or unicodedata.category(char)[0] not in "PS"


def _is_wide(char: str) -> bool:
    """Chinese characters and marks, the quotation marks and dashes among them."""
    return "\u2e80" <= char <= "\uffef" or char in "“”‘’—…·"
