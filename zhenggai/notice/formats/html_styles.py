"""What a page's own style sheet hides: `.hide{display:none}`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from zhenggai.patterns import compiled

HIDING = compiled(r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_SHOWING = compiled(r"(?:^|[;{\s])(?:display|visibility)\s*:", re.I)
_COMMENT = compiled(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/|<!--|-->")
_TOKEN = compiled(r"[{}]|[^{}]+")
_SIMPLE = compiled(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?[.#][\w-]+", re.I)
_STATEMENT = compiled(r"@(?:charset|import|namespace)[^;]*;", re.I)
_SHOWN_TAGS = frozenset(["body", "html", "div", "p", "span", "article", "section", "table", "tr", "td"])
"""A rule that hides these by themselves is lifted by a script; the page would be empty."""
_LONGEST = 1_000_000


def hidden_selectors(sheets: Iterable[str]) -> frozenset[str]:
    """Selectors of one element (`.hide`, `#tip`, `div.hide`) that the sheets hide everywhere.

    The last rule of a selector counts. Rules for some media only (`@media print`) are left aside.
    """
    hidden: set[str] = set()
    for selector, declarations in _rules("\n".join(sheets)[:_LONGEST]):
        if _SHOWING.search(declarations) is None:
            continue
        names = {name.strip() for name in selector.split(",") if _SIMPLE.fullmatch(name.strip())}
        if HIDING.search(declarations):
            hidden |= names - _SHOWN_TAGS
        else:
            hidden -= names
    return frozenset(hidden)


def _rules(sheet: str) -> list[tuple[str, str]]:
    """Selectors and declarations of the rules that stand in no other block."""
    plain = _STATEMENT.sub("", _COMMENT.sub("", sheet))
    found = []
    depth = 0
    selector = text = ""
    for token in _TOKEN.findall(plain):
        if token == "{":
            depth += 1
            if depth == 1:
                selector, text = text.strip(), ""
        elif token == "}":
            if depth == 1 and not selector.startswith("@"):
                found.append((selector, text))
            depth, text = max(0, depth - 1), ""
        else:
            text = token
    return found
