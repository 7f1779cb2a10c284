"""A page as a flat list of nodes in document order: nothing recurses, however deep a page nests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from zhenggai.notice.formats.base import Deadline, failure
from zhenggai.notice.formats.html_styles import hidden_selectors
from zhenggai.patterns import compiled

TEXT = "-text"
_DROPPED_NAMES = (
    "script style noscript template iframe object embed svg canvas audio video map select option button "
    "input textarea datalist nav footer aside dialog menu head #comment -comment _comment"
)
_DROPPED_TAGS = frozenset(_DROPPED_NAMES.split())
_HIDDEN_STYLE = compiled(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SHOWN_STYLE = compiled(r"display\s*:\s*(?!none)|visibility\s*:\s*visible", re.I)
_TINY_STYLE = compiled(r"font-size\s*:\s*0(?:px|pt|em|rem|%)?\s*(?:;|!|$)", re.I)
_TINY_SIZE = 60
"""Characters; a larger element of font size 0 is a container whose children set their own size."""
_FURNITURE_NAMES = (
    "nav menu breadcrumb breadcrumbs crumb crumbs mbx dqwz position location footer foot copyright share "
    "bdshare bshare fenxiang social sidebar side-bar comment comments related relate recommend xgwz xgxw "
    "toolbar tools pager pagination prevnext prev-next print printer qrcode ewm erweima search login banner "
    "advert ads hot hotnews"
)
_FURNITURE = compiled(rf"(?:^|[\s_])(?:{'|'.join(_FURNITURE_NAMES.split())})(?:$|[\s_\d-])", re.I)
MAX_DEPTH = 5_000
MAX_FORMATTING = 500
_FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_OPEN_OR_CLOSE = compiled(
    # elements whose end tag may be left out, and those that have none, do not nest
    r"<(/?)(?!(?:p|li|d[dt]|t[dhr]|tbody|thead|tfoot|option|br|hr|img|input|meta|link|col|wbr|base|area)\b)"
    r"([a-z][a-z0-9]{0,20})",
    re.I,
)
FURNITURE_SHARE = 0.3
"""An element with more of the page's text (links aside) is no furniture, whatever its class says, and is read
though it is hidden: public accounts hide an article until a script shows it."""


@dataclass(slots=True)
class Node:
    """An element or a text node; its descendants are the nodes up to `end`."""

    tag: str
    parent: int
    attrs: dict[str, str | None] = field(default_factory=dict)
    text: str = ""
    end: int = 0
    size: int = 0
    """Characters of text below, spaces left out."""
    prose: int = 0
    """The same without those of links."""


def check_depth(html: str) -> None:
    """Refuse what parsers need quadratic time or memory for.

    HTML's rules walk the stack of open elements at every tag, and repeat unclosed formatting elements in
    every new block. Raises ReadingError.
    """
    depth = formatting = deepest = most = 0
    for match in _OPEN_OR_CLOSE.finditer(html):
        step = -1 if match[1] else 1
        if match[2].lower() in _FORMATTING:
            formatting = max(0, formatting + step)
            most = max(most, formatting)
        else:
            depth = max(0, depth + step)
            deepest = max(deepest, depth)
    if deepest > MAX_DEPTH or most > MAX_FORMATTING:
        raise failure(
            f"嵌套不超过 {MAX_DEPTH} 层的网页", "标签嵌套过深", "在浏览器中打开网页，复制正文存为 txt"
        )


def parse(html: str, deadline: Deadline) -> tuple[list[Node], LexborHTMLParser]:
    """Nodes of the body, without scripts, hidden elements and page furniture; and the parser for the head."""
    check_depth(html)
    parser = LexborHTMLParser(html)
    nodes = _flatten(parser, deadline)
    sheets = [style.text() or "" for style in parser.css("style")]
    return _without_furniture(nodes, hidden_selectors(sheets)), parser


def _flatten(parser: LexborHTMLParser, deadline: Deadline) -> list[Node]:
    nodes: list[Node] = []
    open_nodes: list[int] = []
    current = parser.body or parser.root
    while current is not None:
        if len(nodes) % 5000 == 0:
            deadline.check()
        tag = current.tag or ""
        following = None
        if not _is_dropped(tag):
            parent = open_nodes[-1] if open_nodes else -1
            nodes.append(_node(tag, parent, current))
            following = current.child
            if following is not None:
                open_nodes.append(len(nodes) - 1)
            else:
                nodes[-1].end = len(nodes)
        while following is None and current is not None:
            following = current.next if open_nodes else None
            if following is None:
                if not open_nodes:
                    return _with_sizes(nodes)
                nodes[open_nodes.pop()].end = len(nodes)
                current = current.parent
        current = following
    return _with_sizes(nodes)


def _node(tag: str, parent: int, element: Any) -> Node:
    if tag == TEXT:
        return Node(tag, parent, text=element.text_content or "")
    return Node(tag, parent, element.attributes)


def _is_dropped(tag: str) -> bool:
    if tag == TEXT:
        return False
    return tag in _DROPPED_TAGS or not tag or tag.startswith("!")


def _with_sizes(nodes: list[Node]) -> list[Node]:
    for node in reversed(nodes):
        if node.tag == TEXT:
            node.size = node.prose = sum(map(len, node.text.split()))
        elif node.tag == "a" and node.attrs.get("href"):
            node.prose = 0
        if node.parent >= 0:
            nodes[node.parent].size += node.size
            nodes[node.parent].prose += node.prose
    return nodes


def _without_furniture(nodes: list[Node], hidden: frozenset[str]) -> list[Node]:
    """Leave out elements that are `hidden`, or furniture by class or id; indices are numbered anew."""
    if not nodes:
        return nodes
    limit = nodes[0].prose * FURNITURE_SHARE
    kept: list[Node] = []
    renamed: dict[int, int] = {}
    index = 0
    while index < len(nodes):
        node = nodes[index]
        if (node.attrs or node.tag in hidden) and _is_furniture(node, limit, hidden):
            index = node.end
            continue
        renamed[index] = len(kept)
        kept.append(node)
        index += 1
    positions = _positions(renamed, len(nodes))
    for node in kept:
        node.parent = renamed.get(node.parent, -1)
        node.end = positions[node.end]
    return kept


def _is_furniture(node: Node, limit: float, hidden: frozenset[str]) -> bool:
    if node.prose > limit:
        return False
    style = node.attrs.get("style") or ""
    if "hidden" in node.attrs or _HIDDEN_STYLE.search(style):
        return True
    if hidden and not hidden.isdisjoint(_selectors(node)) and _SHOWN_STYLE.search(style) is None:
        return True
    if node.size <= _TINY_SIZE and _TINY_STYLE.search(style):
        return True
    return _FURNITURE.search(f"{node.attrs.get('class') or ''} {node.attrs.get('id') or ''}") is not None


def _selectors(node: Node) -> Iterator[str]:
    """Selectors of one element by which a style sheet may name `node`."""
    yield node.tag
    names = [f".{name}" for name in (node.attrs.get("class") or "").split()]
    if identifier := node.attrs.get("id"):
        names.append(f"#{identifier}")
    for name in names:
        yield name
        yield node.tag + name


def _positions(renamed: dict[int, int], count: int) -> list[int]:
    """Old index → how many kept nodes come before it."""
    positions = [0] * (count + 1)
    for index in range(count):
        positions[index + 1] = positions[index] + (index in renamed)
    return positions
