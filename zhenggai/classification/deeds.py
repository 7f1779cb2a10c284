"""Finished deeds that are told without a date or 已: 免去兼任的职务, 承包款由400元提高到950元."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.patterns import compiled

_DEED = (
    r"免去|撤销|解除|调离|辞退|解聘|扣回|扣减|退回|退还|收回|追回|清退|拆除|关停|注销|更换|选派|增派|购置|新购|新建|增设|聘请|改选|补选|"
    r"重新签订|不再(?:兼任|分管|担任|安排)"
)
_DONE = compiled(
    rf"^(?:\d[.．、]|[一二三四五六七八九十]是|同时|[并已均现]|[^：，。；]{{1,8}}[：:]|[对将从由][^，。；]{{2,16}}?(?=免|撤|调|辞|解|扣|退|收|追|清|拆))*"
    rf"(?:{_DEED})[^，。；]{{3,}}"
)
_FIGURES = compiled(
    r"[由从][^，。；]{0,3}\d[^，。；]{0,8}(?:提[高升]|增加|上升|增长|下降|降低|减少|[降减增升]|压减|压缩|缩短)[至到为]\d|"
    r"(?:提高|提升|上升|增加|下降|减少|降低)[至到]\d"
)
_ONLY_MEANT = compiled(
    "拟|要求|进一步|加强|严格|督促|坚决|及时|一律|定期|确保|不断|力争|计划|目标|应当|必须|不得|规定|制度|办法|责令|防止|予以|落实|引导|依法依规"
)
_HELD = compiled(
    r"^(?![^，。；]*(?:每|不少于|至少|以上|计划|将|须|需))[^，。；]{0,10}(?:举办|开展|组织|召开)[^，。；]{2,20}\d+(?:余|多)?[期次场]"
)
"""举办读书班3期: an event that was held so many times."""
_PARTS = compiled("[，。；\n]")
_ADVERB = r"(?:不断|持续|进一步|切实|大力|积极|着力|全面|有效|深入|认真|严格|坚持)"
_GENERAL = compiled(
    rf"^(?:[^：，。]{{1,8}}[：:])?(?:同时|并|通过|以|从而)?{_ADVERB}*(?:丰富|创新|促进|提[升高]|加[强大]|强化|增强|优化|改进|推[动进]|规范|完善|落实|严格|"
    r"确保|做到|注重|重视|压实|健全|夯实|营造|引导|树立)[^\d《“已了]*$"
)
_GOES_ON = compiled("不断|持续|进一步|切实")


def reports_deed(clause: str) -> bool:
    """Whether a part of `clause` names a finished deed, or a figure that was reached."""
    return any(
        (_FIGURES.search(part) or _DONE.match(part) or _HELD.match(part)) and not _ONLY_MEANT.search(part)
        for part in _PARTS.split(clause)
    )


def is_general(clauses: Sequence[str]) -> bool:
    """Whether an outcome has general verbs alone: 不断丰富培训内容，促进员工素质持续提升."""
    if not any(map(_GOES_ON.search, clauses)):
        return False
    parts = [part.strip() for clause in clauses for part in _PARTS.split(clause)]
    return all(_GENERAL.match(part) for part in parts if part)
