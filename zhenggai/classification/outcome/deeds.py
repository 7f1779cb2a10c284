"""Finished deeds that are told without a date or 已: 免去兼任的职务, 承包款由400元提高到950元."""

from __future__ import annotations

from collections.abc import Sequence

from zhenggai.patterns import compiled

_DEED = (
    r"免去|免除|撤[销并换回]|解除|解散|终止|取消|停[职用止]|换届|调[配拨剂]|销毁|下架|停业|关[停闭]|调离|调整[^，。；]{0,10}(?:分工|岗位|职务|成员|人员|负责人|书记|站长|所长|科长|\d)|辞[退去]|"
    r"解聘|开除|免职|罢免|扣回|扣减|扣除|退[回还缴赔]|退出|收[回缴归]|交[还回]|修复|签[订署](?=[^，。；]{2,}(?:书|合同|协议))|追[回缴]|上缴|补缴|清退|腾退|归还|返还|拆除|注销|吊销|取缔|封存|没收|更换|轮换|选派|增派|"
    r"购置|新购|新建|增设|聘请|改选|补选|诫勉|约谈|谈话提醒|提醒谈话|批评教育|通报批评|立案|移[交送]|脱钩|剥离|重新(?:签订|核定|评定|选举|招标|测算|公示|认定)|"
    r"不再(?:直接)?(?:兼任|分管|担任|安排|兼职|负责|管理|参与|领取|发放|使用|收取|经手|承担)"
)
"""What can be seen to have been done; with what or whom it was done behind it."""
_PASSIVE = compiled(
    rf"(?<![早])(?:[已均现](?:经|全部|依法|依规|被|主动|按规定|自行|由[^，。；]{{2,10}}|与[^，。；]{{2,8}}|向[^，。；]{{2,8}}|于[^，。；]{{2,10}}|对[^，。；]{{2,12}}){{0,3}})+(?:{_DEED})|"
    rf"由[^，。；]{{2,8}}(?:全额|足额|如数|一并)(?:{_DEED})|"
    rf"(?:给予|对|将|与)[^，。；]{{0,16}}(?:诫勉|谈话提醒|提醒谈话|批评教育|通报批评|停职|免职|除名|开除|警告|记过|脱钩)|"
    r"不再(?:直接)?(?:兼任|分管|担任|负责|管理|参与|领取|经手)[^，。；]{2,}|(?:与|同)[^，。；]{1,10}(?:解除|终止|脱钩|解约)|"
    r"(?:降|减|压缩|压减|恢复|调整|裁减|缩减)[至到](?:规定|标准|核定|编制|限额)|"
    r"移[交送](?:区|县|市|州|省|上级|镇)?(?:纪委|纪检|监委|监察|公安|司法|检察)"
)
"""Deeds whose object stands before them: 板房已拆除, 对该校长诫勉谈话, 线索已移交纪委处理."""
_DONE = compiled(
    rf"^(?:\d[.．、]|[一二三四五六七八九十]是|同时|[并已均现]|[^：，。；]{{1,8}}[：:]|[对将从由][^，。；]{{2,16}}?(?=免|撤|调|辞|解|扣|退|收|追|清|拆|停|取|终|封|没|注|腾|移|诫|约|谈|批|立|罢|开))*"
    rf"(?:{_DEED})[^，。；]{{2,}}"
)
_FIGURES = compiled(
    r"[由从][^，。；]{0,3}\d[^，。；]{0,8}(?:提[高升]|增加|上升|增长|下降|降低|减少|[降减增升]|压减|压缩|缩短)[至到为]\d|"
    r"(?:提高|提升|上升|增加|下降|减少|降低)[至到]\d"
)
_ONLY_MEANT = compiled(
    "拟|适时|注重|加快|加大|全面从严|推行|实行|探索|视情|情节|如有|凡|对于?[^，。；]{0,12}(?:者|的)[，严一依坚]|要求|进一步|加强(?!针)|严格|督促|坚决|及时|一律|定期|确保|不断|力争|计划|目标|应当|必须|不得|规定|制度|办法|责令|防止|予以|落实|引导|依法依规"
)
_HELD = compiled(
    r"^(?![^，。；]*(?:每|不少于|至少|以上|计划|将|须|需))[^，。；]{0,10}(?:举办|开展|组织|召开)[^，。；]{2,20}\d+(?:余|多)?[期次场]"
)
"""举办读书班3期: an event that was held so many times."""
_COUNTED = compiled(
    r"^[^，。；：\d每各年月第]{2,14}(?<![第到至到约])\d[\d.]*余?[万亿]?(?:公里|平方米|[个名人次件份家户处项台套亩吨起场批辆栋间座宗元条本盏米])[^，。；\d]{0,6}$"
)
"""盘活土地210亩: what was done, counted."""
_NO_DEED = compiled(
    r"发现|存在|应|需|拟|申请|争取|请示|上报|起诉|协商|洽谈|计划|目标|不少于|不低于|不超过|至少|以上|现有|共有|涉及|反映|问题|辖|属|占|每|尚|未|仍|缺|欠|待|将|正"
)
_SANCTION = compiled(
    r"(?:予以|给予)(?:党内|政务|行政|留党)?(?:开除|除名|免职|记过|警告|撤职|诫勉|辞退|解聘|严重警告|察看)"
)
_IF_ANY = compiled("要求|一律|[者的][，,]|的(?=予以|给予)|凡|视情|情节|对于")
_PARTS = compiled("[，。；\n]")
_ADVERB = r"(?:不断|持续|进一步|切实|大力|积极|着力|全面|有效|深入|认真|严格|坚持)"
_GENERAL = compiled(
    rf"^(?:[^：，。]{{1,8}}[：:])?(?:同时|并|通过|以|从而)?{_ADVERB}*(?:丰富|创新|促进|提[升高]|加[强大]|强化|增强|优化|改进|推[动进]|规范|完善|落实|严格|"
    r"确保|做到|注重|重视|压实|健全|夯实|营造|引导|树立)[^\d《“已了]*$"
)
_GOES_ON = compiled("不断|持续|进一步|切实")


def reports_deed(clause: str) -> bool:
    """Whether a part of `clause` names a finished deed, or a figure that was reached."""
    return any(map(_is_deed, _PARTS.split(clause)))


def _is_deed(part: str) -> bool:
    if _SANCTION.search(part):
        return _IF_ANY.search(part) is None
    if _COUNTED.match(part) and not _NO_DEED.search(part):
        return _ONLY_MEANT.search(part) is None
    told = _FIGURES.search(part) or _DONE.match(part) or _PASSIVE.search(part) or _HELD.match(part)
    return told is not None and _ONLY_MEANT.search(part) is None


def is_general(clauses: Sequence[str]) -> bool:
    """Whether an outcome has general verbs alone: 不断丰富培训内容，促进员工素质持续提升."""
    if not any(map(_GOES_ON.search, clauses)):
        return False
    parts = [part.strip() for clause in clauses for part in _PARTS.split(clause)]
    return all(_GENERAL.match(part) for part in parts if part)
