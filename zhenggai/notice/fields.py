"""责任单位：… and 整改时限：… inside an answer, or in a table of labels → deadline and responsible body."""

from __future__ import annotations

from collections.abc import Iterable

from zhenggai.patterns import compiled

DEADLINE, RESPONSIBLE = "deadline", "responsible"
_FIELDS = compiled(
    r"(?:(?P<deadline>(?:整改|完成|办结|销号|计划)?(?:时限|期限|完成时间)(?:要求)?)"
    r"|(?P<responsible>(?:整改|牵头|责任|主责)(?:责任|牵头)?(?:单位|部门|科室|处室|股室|主体)(?:[及和、](?:责任人|单位|部门))?))"
    r"\s?[：:\t]\s?(?P<value>[^。；;\n]{1,60})"
)
_DEADLINE_NAME = compiled(r"(?:整改|完成|办结|销号|计划)*(?:时限|期限|时间|日期)(?:要求)?")
_RESPONSIBLE_NAME = compiled(
    r"(?:整改|牵头|责任|主责|配合|分管|包保)(?:责任|牵头)?(?:单位|部门|科室|处室|股室|主体|领导|人)"
    r"(?:[及和、（(]?(?:责任|牵头)?(?:单位|部门|领导|人)[）)]?)?"
)


def field_of(name: str) -> str | None:
    """`deadline` or `responsible`, if that is what a label in a table is called; else None."""
    plain = name.strip().rstrip("：:")
    if _DEADLINE_NAME.fullmatch(plain):
        return DEADLINE
    return RESPONSIBLE if _RESPONSIBLE_NAME.fullmatch(plain) else None


_NAMED = compiled(
    r"(?:时限|期限|完成时间|单位|部门|科室|处室|股室|主体)(?:要求|[及和、](?:责任人|单位|部门))?\s?[：:\t]"
)
"""The end of every name in `_FIELDS`, found quickly."""


def read_fields(paragraphs: Iterable[str]) -> dict[str, str]:
    """`deadline` and `responsible` as they stand in the answer; keys that it does not have are missing."""
    found: dict[str, str] = {}
    for paragraph in paragraphs:
        if _NAMED.search(paragraph) is None:
            continue
        for match in _FIELDS.finditer(paragraph):
            name = "deadline" if match["deadline"] else "responsible"
            found.setdefault(name, match["value"].strip())
    return found
