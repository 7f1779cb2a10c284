"""Lines such as 责任单位：… and 整改时限：… inside an answer → deadline and responsible body."""

from __future__ import annotations

from collections.abc import Iterable

from zhenggai.patterns import compiled

_FIELDS = compiled(
    r"(?:(?P<deadline>(?:整改|完成|办结|销号|计划)?(?:时限|期限|完成时间)(?:要求)?)"
    r"|(?P<responsible>(?:整改|牵头|责任|主责)(?:单位|部门|科室|处室|股室|主体)(?:[及和、](?:责任人|单位|部门))?))"
    r"\s?[：:\t]\s?(?P<value>[^。；;\n]{1,60})"
)


_WORDS = ("时限", "期限", "完成时间", "单位", "部门", "科室", "处室", "股室", "主体")
"""One of these stands in every match."""


def read_fields(paragraphs: Iterable[str]) -> dict[str, str]:
    """`deadline` and `responsible` as they stand in the answer; keys that it does not have are missing."""
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        if not any(mark in paragraph for mark in "：:\t") or not any(word in paragraph for word in _WORDS):
            continue
        for match in _FIELDS.finditer(paragraph):
            name = "deadline" if match["deadline"] else "responsible"
            found.setdefault(name, match["value"].strip())
    return found
