"""A page as a flat list of nodes in document order: nothing recurses, however deep a page nests."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from zhenggai.notice.formats.base import Deadline, failure
from zhenggai.notice.formats.html_copies import copies
from zhenggai.notice.formats.html_styles import hidden_selectors
from zhenggai.notice.formats.html_xml import as_html
from zhenggai.patterns import compiled

TEXT = "-text"
_DROPPED_NAMES = (
    "script style noscript template iframe object embed svg canvas audio video map select option "
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
    html = as_html(html)
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
        if not _is_dropped(tag) and not (tag == "button" and _is_control(current)):
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


_CONTROL = compiled(
    r"(?:我要|点击|一键)?(?:打印|关闭|返回|搜索|检索|查询|登录|注册|提交|重置|分享|收藏|点赞|展开|收起|更多|查看|复制|下载|切换|上一|下一|首页"
    r"|放大|缩小|字[体号]|朗读|播放|暂停|确[定认]|取消|同意|发送|评论|关注|订阅|无障碍|适老|长者|阅读|显示|隐藏|刷新|播报|咨询|投诉|留言|纠错)"
    r"[^，。；]{0,8}"
)
_SHORTEST_TITLE = 5


def _is_control(button: Any) -> bool:
    """Whether a button does something to the page; others are titles of parts that unfold."""
    text = "".join((button.text(deep=True) or "").split())
    return len(text) < _SHORTEST_TITLE or _CONTROL.fullmatch(text) is not None


_UNFOLDS = ("data-toggle", "data-bs-toggle", "aria-expanded", "aria-controls")


def is_link(node: Node) -> bool:
    """Whether a node leads to another page, and does not unfold a part of this one."""
    leads = node.tag == "a" and bool(node.attrs.get("href"))
    return leads and not any(name in node.attrs for name in _UNFOLDS)


def _with_sizes(nodes: list[Node]) -> list[Node]:
    for node in reversed(nodes):
        if node.tag == TEXT:
            node.size = node.prose = sum(map(len, node.text.split()))
        elif is_link(node):
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
    unfolding = _unfolding(nodes, hidden, limit)
    copied = copies(nodes, _largely_hidden(nodes, hidden, limit))
    kept: list[Node] = []
    renamed: dict[int, int] = {}
    index = 0
    while index < len(nodes):
        node = nodes[index]
        named = bool(node.attrs) or node.tag in hidden
        furniture = named and _is_furniture(node, limit, hidden) and _kind(node) not in unfolding
        if furniture or index in copied:
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
    return _is_hidden(node, hidden) or _FURNITURE.search(_names(node)) is not None


def _largely_hidden(nodes: list[Node], hidden: frozenset[str], limit: float) -> list[int]:
    """Hidden elements that hold too much of the page's text to be furniture."""
    large = (i for i, node in enumerate(nodes) if node.prose > limit and (node.attrs or node.tag in hidden))
    return [index for index in large if _is_hidden(nodes[index], hidden)]


def _names(node: Node) -> str:
    return f"{node.attrs.get('class') or ''} {node.attrs.get('id') or ''}"


def _is_hidden(node: Node, hidden: frozenset[str]) -> bool:
    style = node.attrs.get("style") or ""
    if "hidden" in node.attrs or _HIDDEN_STYLE.search(style):
        return True
    if hidden and not hidden.isdisjoint(_selectors(node)) and _SHOWN_STYLE.search(style) is None:
        return True
    return node.size <= _TINY_SIZE and _TINY_STYLE.search(style) is not None


def _unfolding(nodes: list[Node], hidden: frozenset[str], limit: float) -> frozenset[tuple[str, str]]:
    """Kinds of hidden elements that hold much of the text together: a click unfolds them."""
    prose: Counter[tuple[str, str]] = Counter()
    for node in nodes:
        if (node.attrs or node.tag in hidden) and _is_hidden(node, hidden):
            prose[_kind(node)] += node.prose
    return frozenset(kind for kind, size in prose.items() if size > limit)


def _kind(node: Node) -> tuple[str, str]:
    return node.tag, node.attrs.get("class") or ""


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
