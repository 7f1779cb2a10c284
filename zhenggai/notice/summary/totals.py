"""What a notice says of itself: totals of its problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from zhenggai.notice.language.numbering import COUNT, COUNTER, parse_number
from zhenggai.notice.lines.outline import Line
from zhenggai.notice.model import Declared
from zhenggai.notice.summary.reported_totals import reported_total
from zhenggai.patterns import compiled

_COUNTS: tuple[tuple[str, str], ...] = (
    ("basically_completed", r"(?:已)?(?:基本|大部分|阶段性)(?:整改)?(?:完成|到位)(?:整改)?(?:到位|完成)?"),
    (
        "in_progress",
        r"(?:正在|仍在|还在|尚在)(?:有序|序时|积极|加快|持续|抓紧)?(?:整改|推进|办理|落实)(?:中|整改)?"
        r"|(?:持续|有序|序时|按计划|按(?:照)?(?:序时)?进度)推进(?:整改)?(?:中)?"
        r"|(?:尚未|还未|未)(?:全部|完全)?(?:完成(?:整改)?|整改(?:完成|到位)?)|达到序时进度|整改中|取得(?:了)?(?:阶段性|初步|一定)进展",
    ),
    ("long_term", r"(?:需要?|须)?(?:长期|常态化?)(?:持续)?(?:坚持|整改|推进)(?:整改)?"),
    (
        "completed",
        r"(?<!基本)(?<!未)(?<!阶段性)(?:已经?|均已|现已|已全部|全部)?(?:整改)?(?:完成(?:整改)?|到位|完毕|办结|销号)(?:整改|任务)?",
    ),
)
_TOTAL = compiled(
    rf"(?<![第\d])(?P<n>{COUNT})\s?(?:个|项|条)(?:具体|主要|突出|方面|反馈|重点|巡[视察]|存在|整改|的){{0,3}}(?:问题|任务|意见)(?:表现)?"
)
_TOTAL_AFTER = compiled(
    rf"(?<!的)(?<!完成)(?<!完成整改)(?<!到位)(?<!办结)(?<!销号)(?<!推进)(?<!正在整改)(?<!已经整改)(?<!已整改)(?<!未整改)(?:问题|整改任务|整改事项|整改意见)(?:共计?|合计|为|有|总数)?\s?(?P<n>{COUNT})\s?(?:个|项|条)(?!方面|大类|类)"
)
"""The count behind what is counted: 指出问题14个, 确定整改事项33项; 已整改完成问题6个 counts a part."""
_SPLIT = compiled(r"[^。；;\n\u2028]+[。；;]?")
_OTHER_SUBJECT = compiled(
    r"移交|信访|线索|措施|立行立改|制度|村(?:（社区）)?|社区|主题教育|延伸|督查|审计|人大|环保|下属|企业|工程|项目|来信|检查出|排查|样品|点位"
)


_STATES_TOTALS = compiled(
    r"(?:整改(?:工作)?进度|截[至止]|目前|总的来看)[^。]{0,40}" + COUNT + r"\s?(?:个|项)(?:具体)?问题"
)


def states_totals(text: str) -> bool:
    """Whether `text` begins by stating totals of the notice (整改进度：4个方面19个问题中的17个…)."""
    return _STATES_TOTALS.match(text) is not None


_SOME_PROBLEMS = compiled(COUNT + r"\s?(?:个|项)(?:具体)?问题")


def counts_again(text: str, before: str) -> bool:
    """Whether the problems that `text` counts were counted in the same answer `before`: they are not the notice's.

    对上轮反馈的24个问题逐一“回头看”。… 目前24个问题已全部整改到位。
    """
    counted = _SOME_PROBLEMS.search(text)
    return counted is not None and counted.group() in before


def read_declared(lines: Sequence[Line]) -> Declared | None:
    """Totals that `lines` (those outside the items) state of the notice's problems; None where there are none.

    The sentence that gives the most figures counts; figures of other subjects (移交线索, 信访件,
    措施) do not.
    """
    best: Declared | None = None
    lines = list(_unwrapped(lines))
    for line in lines:
        if "完成" not in line.text and "整改" not in line.text:
            continue
        for match in _SPLIT.finditer(line.text):
            found = _declared_in(match.group())
            if found is not None and (best is None or _figures(found) > _figures(best)):
                best = found
    if best is not None and best.problems is None:
        best = _with_total(best, lines)
    return (_with_rest(best) if best is not None else None) or _tabulated(lines) or reported_total(lines)


_WRAPPED = compiled(rf"{COUNT}$")
_LONGEST_COUNT = 5
_GOES_ON = compiled(r"[个项条]")


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines, a count that was broken in two joined: 正在整改2 / 个。"""
    above: Line | None = None
    for line in lines:
        if above is not None and _WRAPPED.search(above.text[-_LONGEST_COUNT:]) and _GOES_ON.match(line.text):
            above = replace(above, end=line.end, text=above.text + line.text)
            continue
        if above is not None:
            yield above
        above = line
    if above is not None:
        yield above


def _with_total(declared: Declared, lines: Sequence[Line]) -> Declared:
    """Add the total that another sentence states: the sum of the parts, or the bare total of the feedback."""
    parts = _sum_of_parts(declared)
    counts = (p.finditer(line.text) for line in lines for p in (_TOTAL, _TOTAL_AFTER))
    stated = {parse_number(match["n"]) for found in counts for match in found}
    if parts in stated:
        return replace(declared, problems=parts)
    found = reported_total(lines)
    total = found.problems if found is not None else None
    return replace(declared, problems=total) if total is not None and total > parts else declared


def _sum_of_parts(declared: Declared) -> int:
    parts = (value for name, value in declared.as_dict().items() if name not in ("problems", "quote"))
    return sum(value for value in parts if isinstance(value, int))


_REST = compiled(
    r"(?:其余|剩余|余下)(?:的)?(?:问题|任务|事项)?(?:均|都|也)?(?:正在|[仍还尚]在|持续|有序|按计划|按(?:照)?序时进度)[^，。；]{0,6}(?:推进|整改|办理)"
)


def _with_rest(declared: Declared) -> Declared:
    """Add what the words 其余正在推进 leave of the total."""
    left = (declared.problems or 0) - _sum_of_parts(declared)
    if left <= 0 or declared.in_progress is not None or _REST.search(declared.quote) is None:
        return declared
    return replace(declared, in_progress=left)


_ROW = compiled(r"(?:\d{1,2}[\s、.]+)?(?P<name>[^\d\s]{2,10})\s+(?P<n>\d{1,4})\s?[个项条]?")
_ROW_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("problems", compiled(r"(?:反馈)?(?:问题)?(?:总数|总计|合计|共计)|反馈问题(?:数|总数)?")),
    ("basically_completed", compiled(r"(?:已)?基本(?:整改)?(?:完成|到位)(?:整改)?")),
    ("in_progress", compiled(r"正在(?:整改|推进)(?:整改)?|(?:尚)?未(?:整改)?完成(?:整改)?|整改中|持续推进")),
    ("long_term", compiled(r"长期(?:坚持|整改)")),
    ("completed", compiled(r"(?:已)?(?:整改)?(?:完成|到位|办结|销号)(?:整改)?")),
)


def _tabulated(lines: Sequence[Line]) -> Declared | None:
    """Totals in rows: 已完成整改　19个 / 正在整改　3个 / 合计　24个."""
    figures: dict[str, int] = {}
    rows: list[str] = []
    for line in lines:
        match = _ROW.fullmatch(line.text.strip())
        name = next((k for k, words in _ROW_NAMES if match and words.fullmatch(match["name"])), None)
        if match is not None and name is not None and name not in figures:
            figures[name] = int(match["n"])
            rows.append(line.text.strip())
    return Declared(quote="；".join(rows), **figures) if len(figures) >= 2 else None


def _figures(declared: Declared) -> int:
    """How much a statement says; one that names the total and a part says more than two parts."""
    figures = declared.as_dict()
    return len(figures) - 1 + ("problems" in figures)


_COUNTED = compiled(r"[\d一二三四五六七八九十百零两]" + COUNTER)
"""The end of a count: what follows `COUNT` is found by its last character."""


def _declared_in(sentence: str) -> Declared | None:
    if _COUNTED.search(sentence) is None:
        return None
    total = _total(sentence)
    of_measures = _counts_measures(sentence, total)
    parts = {} if of_measures else _parts(sentence)
    problems = parse_number(total["n"]) if total is not None else None
    if problems is not None and any(figure > problems for figure in parts.values()):
        parts, of_measures = {}, True  # 12个问题，制定措施56条，完成50条
    if problems is not None and "completed" not in parts and not of_measures and _all_done(sentence):
        parts["completed"] = problems
    if (not parts and not of_measures) or (total is None and len(parts) < 2):
        return None
    if total is not None and len(parts) == 1 and parts.get("in_progress") == parse_number(total["n"]):
        return None  # 针对尚未完成的4项任务: what remains, not the whole
    if total is not None and re.search(rf"(?<!\d){total['n']}\s?[个项条]立[行知]立改", sentence):
        return None  # problems to be cured at once: a part of them
    subject = sentence[: total.start()] if total is not None else sentence[:20]
    if _OTHER_SUBJECT.search(subject[-16:]) or (total is not None and _OTHER_SUBJECT.search(total.group())):
        return None
    return Declared(problems=problems, quote=sentence.strip(), **parts)


_MEASURES = compiled(COUNT + COUNTER + r"(?:具体)?(?:整改)?(?:措施|举措|任务|制度)[^。；]{0,24}?[，；]")


def _counts_measures(sentence: str, total: re.Match[str] | None) -> bool:
    """Whether the figures that follow are those of measures: 9个问题、86条整改措施，…已完成79条."""
    measures = None if total is None else _MEASURES.search(sentence, total.end())
    if total is None or measures is None:
        return False
    counted = [parse_number(m["n"]) for m in _FIGURE.finditer(sentence, measures.end())]
    return any(n > parse_number(total["n"]) for n in counted)


_FIGURE = compiled(rf"(?P<n>{COUNT}){COUNTER}")


def _total(sentence: str) -> re.Match[str] | None:
    """The count of all problems: the largest one that is called 问题."""
    found = [m for m in _TOTAL.finditer(sentence) if "任务" not in m.group()] or list(
        _TOTAL.finditer(sentence)
    )
    largest = max(found, key=lambda m: parse_number(m["n"]), default=None)
    return largest or _TOTAL_AFTER.search(sentence)


_BARE = {"completed": "|已经整改|已整改"}
"""Words that count as a status only in front of the figure: 已整改32项."""
_PATTERNS = tuple(
    (
        name,
        compiled(
            rf"(?:{words}{_BARE.get(name, '')})(?:的|有|了|共|共计|问题|：|并[^，。\d]{{1,8}}){{0,2}}\s?(?P<n>{COUNT}){COUNTER}"
        ),
        compiled(
            rf"(?P<n>{COUNT}){COUNTER}[^，。；\d]{{0,7}}?(?:已经?|均|的|现)?(?:全部)?(?:整改)?(?:{words})"
        ),
    )
    for name, words in _COUNTS
)


def _parts(sentence: str) -> dict[str, int]:
    parts: dict[str, int] = {}
    taken: list[tuple[int, int]] = []
    for name, after, before in _PATTERNS:
        for pattern in (after, before):
            free = (
                m
                for m in pattern.finditer(sentence)
                if not any(a < m.end() and m.start() < b for a, b in taken)
            )
            match = next(free, None)
            if match is not None:
                parts[name] = parse_number(match["n"])
                taken.append(match.span())
                break
    return parts


_ALL_DONE = compiled(r"(?:已|均已?)全部(?:完成|整改)|全部(?:整改)?(?:完成|到位)")


def _all_done(sentence: str) -> bool:
    return _ALL_DONE.search(sentence) is not None
