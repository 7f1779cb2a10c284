"""XHTML → the HTML that it stands for: names without the prefix of a namespace, CDATA sections as text."""

from __future__ import annotations

import re

from zhenggai.patterns import compiled

_NAMESPACE = "www.w3.org/1999/xhtml"
_HEAD = 8_000
_PREFIX = compiled(
    rf"xmlns:([a-z][\w.-]{{0,20}})\s{{0,9}}=\s{{0,9}}[\"']http://{re.escape(_NAMESPACE)}", re.I
)
_CDATA = compiled(r"<!\[CDATA\[(.*?)\]\]>", re.S)


def as_html(page: str) -> str:
    """The page as an HTML parser understands it, which knows neither prefixes nor CDATA sections."""
    head = page[:_HEAD]
    if _NAMESPACE not in head and not head.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return page
    for prefix in set(_PREFIX.findall(head)):
        page = re.sub(rf"<(/?){re.escape(prefix)}:(?=[a-zA-Z])", r"<\1", page)
    return _CDATA.sub(_text, page) if "<![CDATA[" in page and "]]>" in page else page


def _text(section: re.Match[str]) -> str:
    return section[1].replace("&", "&amp;").replace("<", "&lt;")
