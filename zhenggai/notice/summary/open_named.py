"""Problems that a sentence or a list without a title of its own names as still open.

对尚未完成的A、B等2个问题，… / 对A、B等尚在推进的任务，… / 尚未完成整改的问题：A；B。 /
以下问题尚未完成整改：（1）A；（2）B。, the entries in the same line or in lines below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import COUNT, match_marker
from zhenggai.notice.language.statement import unwrap
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_FULLY = r"(?:全部|全面|完全|彻底|如期|按期)?"
_ONWARD = r"(?:积极|抓紧|加快|持续|继续|稳步|有序)?(?:整改|推进|办理|解决)"
_NEEDS = r"(?:要|进一步|持续|长期|继续|较长时间)*(?:整改|推进|解决)"
_OPEN = (
    rf"未{_FULLY}(?:完成|整改|到位|解决|办结|销号)|正在{_ONWARD}|仍在{_ONWARD}|还在{_ONWARD}|尚在{_ONWARD}"
    rf"|需{_NEEDS}|待{_NEEDS}"
)
"""Every alternative begins with a character, so that most places are passed over."""
_STILL_OPEN = compiled(_OPEN)
_MATTERS = r"(?:问题|事项|任务|工作)"
_OPEN_FIRST = compiled(
    rf"未{_FULLY}(?:完成|整改到位|解决|办结|销号)(?:整改)?的(?P<list>[^。；，：]{{4,200}}?)"
    rf"(?:等)?\s?(?:这)?(?:{COUNT}\s?[个项条])?(?:整改)?(?:问题|事项|任务)(?=[，。；]|$)"
)
"""对尚未完成的A、B等2个问题"""
_OPEN_LAST = compiled(
    r"(?:[对就]|做好|抓好|推进|加快)(?P<list>[^，。；：]{4,80}?)等?(?:方面)?"
    rf"(?:{COUNT}\s?[个项条件])?(?:目前|至今|仍|还|尚)?(?:{_OPEN}|后续整改)[^，。；：]{{0,4}}?{_MATTERS}"
)
"""对A、B等尚未全面完成的任务"""
_MAY_NAME = compiled(rf"{_OPEN}|后续整改")
_FEWEST_NAMED = 4
_LONGEST_NAMED = 80
_LONGEST_TITLE = 40
_ENDS = compiled("[：:。；;]")
_STOPS = tuple("。；;")
_COLONS = frozenset("：:")
_NAMING = compiled(
    rf"以下|下列|如下|{_MATTERS}(?:主要|还|仍|共|尚|分别|具体)*(?:[有是为]|包括)?{COUNT}?[个项条]?(?:[（(][^）)]*[）)])?$"
    r"|(?:分别|主要|具体|包括|即)[是为有]?$"
)
"""What stands before a colon that a list of names follows; not 做到“三个到位”：."""
_MATTER = compiled(_MATTERS)
_NUMBER = r"(?:[（(]\s?\d{1,2}\s?[）)]|\d{1,2}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]是)"
_NUMBERED = compiled(rf"\s*{_NUMBER}")
_NEXT_NUMBER = compiled(rf"(?<=[；;。，、])\s*{_NUMBER}")
_SEMICOLON = compiled("[；;]")
_EDGE = "“”‘’ \u3000。；;，、"


def named_open(lines: Sequence[Line]) -> list[str]:
    """The problems that `lines`, of a part that is no list of them, name as unfinished."""
    named: list[str] = []
    for index, line in enumerate(lines):
        if _MAY_NAME.search(line.text) is None:
            continue
        named += _in_sentence(line.text)
        begins = _list_begins(line.text)
        if begins is not None:
            named += _listed(line.text[begins:], lines[index + 1 :])
    return named


def _in_sentence(text: str) -> Iterator[str]:
    for pattern in (_OPEN_FIRST, _OPEN_LAST):
        for found in pattern.finditer(text):
            for name in found["list"].split("、"):
                plain = name.strip(_EDGE)
                if len(plain) >= _FEWEST_NAMED:
                    yield plain


def _list_begins(text: str) -> int | None:
    """Offset behind the colon, or behind the title, that a list of open matters follows."""
    for found in _STILL_OPEN.finditer(text):
        start = max(text.rfind(mark, 0, found.start()) for mark in _STOPS) + 1
        end = _ENDS.search(text, found.end())
        if end is None:
            alone = len(text) - start <= _LONGEST_TITLE
            return len(text) if alone and _MATTER.search(text, start) else None
        head = text[start : end.start()]
        if text[end.start()] in _COLONS and _MATTER.search(head) and _NAMING.search(head):
            return end.end()
    return None


def _listed(rest: str, below: Sequence[Line]) -> list[str]:
    """The entries behind a colon; and those in the lines below, where they begin or go on there."""
    entries = list(_entries(rest))
    numbers = [line.marker for line in below[:1] if line.marker is not None]
    if numbers and numbers[0].value == len(entries) + 1:
        for value, line in enumerate(below, numbers[0].value):
            marker = line.marker
            if marker is None or (marker.level, marker.value) != (numbers[0].level, value):
                break
            entries.append(line.body)
    names = [name for name in map(_name, entries) if _FEWEST_NAMED <= len(name) <= _LONGEST_NAMED]
    measures = sum(wording.looks_like_action(n) and not wording.looks_like_problem(n) for n in names)
    return [] if measures * 2 > len(names) else names


def _entries(rest: str) -> Iterator[str]:
    """（1）A；（2）B。 or A；B。 or A、B。"""
    if not rest.strip():
        return
    if _NUMBERED.match(rest):
        yield from _NEXT_NUMBER.split(rest)
        return
    sentence = wording.first_sentence(rest.replace(";", "；").replace("；", "\n")).replace("\n", "；")
    parts = _SEMICOLON.split(sentence)
    yield from parts if len(parts) > 1 else sentence.split("、")


def _name(entry: str) -> str:
    """An entry without number, wrapper, reasons and 的问题."""
    marker = match_marker(entry.strip())
    sentence = wording.first_sentence(entry.strip()[marker.length if marker else 0 :])
    inner = unwrap(sentence)
    return sentence[inner.start : inner.end].strip(_EDGE).removesuffix("问题").removesuffix("的")
