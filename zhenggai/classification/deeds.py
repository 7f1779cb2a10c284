"""Finished deeds that are told without a date or 已: 免去兼任的职务, 承包款由400元提高到950元."""

from __future__ import annotations

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
_PARTS = compiled("[，。；\n]")


def reports_deed(clause: str) -> bool:
    """Whether a part of `clause` names a finished deed, or a figure that was reached."""
    return any(
        (_FIGURES.search(part) or _DONE.match(part)) and not _ONLY_MEANT.search(part)
        for part in _PARTS.split(clause)
    )
