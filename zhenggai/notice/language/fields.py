"""责任单位：… and 整改时限：… inside an answer, or in a table of labels → deadline and responsible body."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from zhenggai.notice.draft import Draft
from zhenggai.notice.model import Span
from zhenggai.patterns import compiled

DEADLINE, RESPONSIBLE, LEADER = "deadline", "responsible", "leader"
_FIELDS = compiled(
    r"(?:(?P<deadline>(?:整改|完成|办结|销号|计划)?(?:时限|期限|完成时间)(?:要求)?)"
    r"|(?P<responsible>(?:整改|牵头|责任|主责)(?:责任|牵头)?(?:单位|部门|科室|处室|股室|主体)(?:[及和、](?:责任人|单位|部门))?))"
    r"\s?[：:\t]\s?(?P<value>[^。；;\n]{1,60})"
)
_DEADLINE_NAME = compiled(r"(?:整改|完成|办结|销号|计划)*(?:时限|期限|时间|日期)(?:要求)?")
_RESPONSIBLE_NAME = compiled(
    r"(?:整改|牵头|责任|主责|配合|分管|包保|包案|督办)(?:责任|牵头)?(?:单位|部门|科室|处室|股室|主体|领导|班子成员|人)"
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


_PAIR = compiled(
    r"(?P<name>[\u4e00-\u9fff（）()]{2,12})\s?[：:]\s*(?P<value>[^：:。；;\n]{1,60}?)\s*(?:[；;。]\s*|$|[\s，,、|｜]\s*(?=[\u4e00-\u9fff]{2,12}\s?[：:]))"
)
_OPENS = frozenset("整完办销计时期日牵责主配分包督（(【[")
"""The first characters of the names, and brackets around the line."""
_BRACKETS = {"（": "）", "(": ")", "【": "】", "[": "]"}
_LONGEST_LINE = 120
_PERSONS = ("领导", "人", "班子成员")
_SAYS_HOW_FAR = compiled(r"已(?!反馈)|正在|[尚还]?未|^完成|基本|到位|办结|销号")
"""整改时限：已完成 says how far it is, not only by when."""


def read_field_line(line: str) -> dict[str, str]:
    """Deadline, responsible body and leader of a line like 责任领导：某某　整改时限：长期坚持.

    Empty where it says anything else as well.
    """
    plain = line.strip()
    if len(plain) > _LONGEST_LINE or plain[:1] not in _OPENS:
        return {}
    if _BRACKETS.get(plain[0]) == plain.rstrip("。；;")[-1]:
        plain = plain.rstrip("。；;")[1:-1].strip()
    told: dict[str, list[str]] = {}
    at = 0
    while at < len(plain):
        pair = _PAIR.match(plain, at)
        name = field_of(pair["name"]) if pair is not None else None
        if pair is None or name is None or _SAYS_HOW_FAR.search(pair["value"]):
            return {}
        person = name == RESPONSIBLE and pair["name"].endswith(_PERSONS)
        told.setdefault(LEADER if person else name, []).append(pair["value"])
        at = pair.end()
    return {name: "、".join(dict.fromkeys(values)) for name, values in told.items()}


def without_field_lines(text: str, draft: Draft) -> Draft:
    """`draft` with such lines of its outcome as fields: who and by when is nothing that was done.

    They stay where the outcome has nothing else. A leader counts as responsible where no body is named.
    """
    told: dict[str, str] = {}
    left: list[Span] = []
    for span in draft.outcome:
        begins = text[span[0] : span[0] + 1] in _OPENS and span[1] - span[0] <= _LONGEST_LINE
        found = read_field_line(text[slice(*span)]) if begins else {}
        if not found:
            left.append(span)
        for name, value in found.items():
            told.setdefault(name, value)
    if not told or not left:
        return draft
    return replace(
        draft,
        outcome=tuple(left),
        deadline=draft.deadline or told.get(DEADLINE),
        responsible=draft.responsible or told.get(RESPONSIBLE) or told.get(LEADER),
    )
