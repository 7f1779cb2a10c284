"""What a notice says of itself: totals of problems, and the closing list of matters still open."""

from __future__ import annotations

import re

from zhenggai.notice import wording
from zhenggai.notice.model import Declared
from zhenggai.notice.numbering import parse_number
from zhenggai.notice.outline import Line
from zhenggai.notice.statement import find_wrapped, unwrap

_N = r"(?:\d{1,4}|[一二三四五六七八九十百零两]{1,5})"
_UNIT = r"\s?(?:个|项|条|类|方面的?)"
_DONE = r"(?:已经?|均已?|现已|全部)?(?:全部)?(?:整改)?(?:完成|到位|办结|销号)(?:整改|销号)?(?:任务)?(?:完成|到位)?"
_COUNTS: tuple[tuple[str, str], ...] = (
    ("basically_completed", r"(?:已)?(?:基本|大部|阶段性)(?:整改)?(?:完成|到位)(?:整改)?(?:到位|完成)?"),
    ("in_progress", r"(?:正在|还在|仍在|尚在|持续|继续|常态化持续|按(?:序时)?(?:进度|计划)?)?(?:有序|序时|积极|加快|持续)?(?:整改(?:中)?|推进(?:中|整改)?)|(?:尚未|未|没有)(?:全部|完全)?(?:整改)?(?:完成|到位)(?:整改)?|未(?:整改)?完成整改|达到序时进度"),
    ("long_term", r"(?:需|须|已完成并)?(?:长期|常态化?|持续)(?:坚持|整改|推进|化?持续整改)"),
    ("completed", _DONE),
)  # fmt: skip
_TOTAL = re.compile(rf"(?<![第\d])(?P<n>{_N})\s?(?:个|项|条)(?:具体|主要|突出|方面|反馈|重点|巡[视察]|存在|整改|的){{0,3}}(?:问题|任务|意见)(?:表现)?")
_SPLIT = re.compile(r"[^。；;\n\u2028]+[。；;]?")
_OTHER_SUBJECT = re.compile(
    r"移交|信访|线索|措施|立行立改|制度|村(?:（社区）)?|社区|主题教育|延伸|督查|审计|人大|环保|下属|企业|工程|项目|来信|检查出|排查|样品|点位"
)


def states_totals(text: str) -> bool:
    """Whether `text` begins by stating totals of the notice (整改进度：4个方面19个问题中的17个…)."""
    return re.match(r"(?:整改(?:工作)?进度|截[至止]|目前|总的来看)[^。]{0,40}" + _N + r"\s?(?:个|项)(?:具体)?问题", text) is not None


def read_declared(lines: list[Line]) -> Declared | None:
    """Totals that the notice states of its own problems; None where it states none.

    The sentence that gives the most figures counts; figures of other subjects (移交线索, 信访件,
    措施) do not.
    """
    best: Declared | None = None
    for line in lines:
        if "问题" not in line.text and "任务" not in line.text:
            continue
        if "完成" not in line.text and "整改" not in line.text:
            continue
        for match in _SPLIT.finditer(line.text):
            found = _declared_in(match.group())
            if found is not None and (best is None or _figures(found) > _figures(best)):
                best = found
    return best


def _figures(declared: Declared) -> int:
    """How much a statement says; one that names the total and a part says more than two parts."""
    figures = declared.as_dict()
    return len(figures) - 1 + ("problems" in figures)


def _declared_in(sentence: str) -> Declared | None:
    if not any(c.isdigit() for c in sentence) and not re.search(rf"{_N}{_UNIT}", sentence):
        return None
    total = _total(sentence)
    parts = _parts(sentence)
    if not parts or (total is None and len(parts) < 2):
        return None
    subject = sentence[: total.start()] if total is not None else sentence[:20]
    if _OTHER_SUBJECT.search(subject[-16:]) or (total is not None and _OTHER_SUBJECT.search(total.group())):
        return None
    problems = parse_number(total["n"]) if total is not None else None
    if problems is not None and parts.get("completed") is None and _all_done(sentence):
        parts["completed"] = problems
    return Declared(problems=problems, quote=sentence.strip(), **parts)


def _total(sentence: str) -> re.Match[str] | None:
    """The count of all problems: the largest one that is called 问题."""
    found = [m for m in _TOTAL.finditer(sentence)]
    if not found:
        return None
    return max(found, key=lambda m: parse_number(m["n"]))


def _parts(sentence: str) -> dict[str, int]:
    parts: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    for name, words in _COUNTS:
        after = re.compile(rf"(?:{words})(?:的)?(?:有|共|共计|问题|：|了)?\s?(?P<n>{_N})\s?(?:个|项|条)")
        before = re.compile(rf"(?P<n>{_N})\s?(?:个|项|条)(?:具体)?(?:问题|任务|事项)?(?:已|均|的|现)?(?:{words})")
        for pattern in (after, before):
            match = next((m for m in pattern.finditer(sentence) if not any(a < m.end() and m.start() < b for a, b in taken)), None)
            if match is not None:
                parts[name] = parse_number(match["n"])
                taken.append(match.span())
                break
    return parts


def _all_done(sentence: str) -> bool:
    return re.search(r"(?:已|均已?)全部(?:完成|整改)|全部(?:整改)?(?:完成|到位)", sentence) is not None


# -- the closing list --------------------------------------------------------------------------------


def listed_statements(lines: tuple[Line, ...]) -> list[str]:
    """The problems that a closing list names, one text each."""
    stated: list[str] = []
    for line in lines:
        wrapped = find_wrapped(line.text, line.body_start - line.start)
        if wrapped is not None:
            stated.append(line.text[wrapped.start : wrapped.end])
        elif line.marker is not None and not line.has_outcome_label:
            sentence = wording.first_sentence(line.body)
            if wording.has_negative(sentence) and not wording.reports_done(sentence):
                inner = unwrap(sentence)
                stated.append(sentence[inner.start : inner.end])
        elif "“" in line.text[:120]:
            stated += re.findall(r"“([^”]{4,60})”", line.text[:160])
    return stated


def matches(stated: str, problem: str, path: tuple[str, ...] = ()) -> bool:
    """Whether a statement of the closing list names the item `problem`."""
    if len(problem) < 4 or len(stated) < 4:
        return False
    return _containment(problem, stated) >= 0.75 or _containment(stated, problem) >= 0.75


def _containment(inner: str, outer: str) -> float:
    pairs = {inner[i : i + 2] for i in range(len(inner) - 1)}
    return sum(pair in outer for pair in pairs) / max(1, len(pairs))


