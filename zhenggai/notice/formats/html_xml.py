"""XHTML → the HTML that it stands for: names without the prefix of a namespace, CDATA sections as text."""

from __future__ import annotations

import re

from zhenggai.patterns import compiled

_NAMESPACE = "www.w3.org/1999/xhtml"
_HEAD = 8_000
_PREFIX = compiled(
    rf"xmlns:([a-z][\w.-]{{0,20}})\s{{0,9}}=\s{{0,9}}[\"']http://{re.escape(_NAMESPACE)}", re.I
)
_OPENS, _CLOSES = "<![CDATA[", "]]>"


def as_html(page: str) -> str:
    """The page as an HTML parser understands it, which knows neither prefixes nor CDATA sections."""
    head = page[:_HEAD]
    if _NAMESPACE not in head and not head.lstrip("\ufeff \t\r\n").startswith("<?xml"):
        return page
    for prefix in set(_PREFIX.findall(head)):
        page = re.sub(rf"<(/?){re.escape(prefix)}:(?=[a-zA-Z])", r"<\1", page)
    return _with_text(page) if _OPENS in page else page


def _with_text(page: str) -> str:
    """The page with its CDATA sections as text; one that is not closed stays as it is."""
    pieces, at = [], 0
    while (opens := page.find(_OPENS, at)) >= 0 and (closes := page.find(_CLOSES, opens)) >= 0:
        said = page[opens + len(_OPENS) : closes]
        pieces += [page[at:opens], said.replace("&", "&amp;").replace("<", "&lt;")]
        at = closes + len(_CLOSES)
    return "".join([*pieces, page[at:]])
