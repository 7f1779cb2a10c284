"""Pages within a page: an article that stands in a frame or in a form field, from where a script shows it."""

from __future__ import annotations

import html as markup

from selectolax.lexbor import LexborHTMLParser

from zhenggai.patterns import compiled

LITTLE = 300
"""Characters; a page with more of its own text is the article itself."""
_FEWEST_CHARACTERS = 100
"""Chinese characters of an inner page that holds an article."""
_CHINESE = compiled("[\u4e00-\u9fff]")
_MOST_PAGES = 50


def inner_page(parser: LexborHTMLParser) -> str | None:
    """The page inside a frame (`srcdoc`) or form field with most Chinese text, if it may be an article."""
    pages = [frame.attributes.get("srcdoc") or "" for frame in parser.css("iframe[srcdoc]")[:_MOST_PAGES]]
    for area in parser.css("textarea")[:_MOST_PAGES]:
        text = area.text(deep=True) or ""
        pages.append(text if "<" in text else f"<pre>{markup.escape(text)}</pre>")
    counted = [(len(_CHINESE.findall(page)), page) for page in pages]
    most, page = max(counted, default=(0, ""), key=lambda pair: pair[0])
    return page if most >= _FEWEST_CHARACTERS else None


def frame_address(parser: LexborHTMLParser) -> str | None:
    """Where the frame leads that most probably holds the article: the last that leads to a page."""
    frames = [*parser.css("frame[src]"), *parser.css("iframe[src]")]
    addresses = [address for frame in frames if (address := (frame.attributes.get("src") or "").strip())]
    return next((a for a in reversed(addresses) if not a.startswith(("about:", "javascript:"))), None)
