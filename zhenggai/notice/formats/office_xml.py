"""XML of office documents, safely parsed; names without their namespaces.

Namespaces differ between transitional and strict Word files, and between the editions of OFD.
"""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from zhenggai.notice.formats.base import failure


def parse(data: bytes, what: str, action: str) -> Element:
    """The root of a part of a document of the kind `what`; `action` says what to do about damage.

    Raises:
        ReadingError: damaged, or with entities of its own.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise failure(
            f"普通的 {what}", "XML 中定义了实体（可能是攻击）", "确认文件来源可靠，或另存为 txt"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        place = "第 {} 行第 {} 列".format(*error.position) if isinstance(error, ParseError) else "编码不明"
        raise failure(f"完整的 {what}", f"XML 损坏（{place}）", action) from error
    return root


@lru_cache(maxsize=4096)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def local_name(element: Element) -> str:
    """`w:p` → `p`; empty for comments and processing instructions."""
    return _local(element.tag) if isinstance(element.tag, str) else ""


def attribute(element: Element | None, name: str = "val", default: str = "") -> str:
    """The attribute with this local name."""
    if element is not None:
        for key, value in element.attrib.items():
            if _local(key) == name:
                return value
    return default


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in path:
        if element is None:
            return None
        element = next((e for e in element if local_name(e) == name), None)
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """The children with this local name."""
    return [] if element is None else [e for e in element if local_name(e) == name]


def is_on(element: Element | None, name: str = "val") -> bool:
    """Whether a switch such as `<w:vanish/>` is there and not set to false by the attribute `name`."""
    return element is not None and attribute(element, name, "true") not in ("0", "false", "off", "none")


def integer(text: str, default: int = 0) -> int:
    """A whole number of at most nine digits, else the default."""
    try:
        return int(text) if len(text) < 10 else default
    except ValueError:
        return default
