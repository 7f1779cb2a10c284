"""The day on which a notice was published: named as such, alone near the title, or under the signature."""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.notice.language.numbering import match_marker, parse_number
from zhenggai.notice.language.page_wording import DATE_LINE
from zhenggai.patterns import compiled

_HEAD_LINES, _TAIL_LINES = 12, 8
_LONGEST_ALONE = 60
DATE = compiled(r"(?P<y>(?:19|20)\d{2})\s?[年\-/.]\s?(?P<m>\d{1,2})\s?[月\-/.]\s?(?P<d>\d{1,2})\s?日?")
_CN_DATE = compiled(
    r"(?P<y>[二一][〇○零ＯOo0一二三四五六七八九]{3})年(?P<m>[一二三四五六七八九十]{1,3})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_ONLY_DAY = compiled(
    r"[（(\[【]?(?:(?:发布|公布|公开|公示|更新|发稿|发文|成文|印发)?(?:时间|日期|于)?\s?[：:]?\s?)"
    rf"(?:{DATE.pattern}|{_CN_DATE.pattern.replace('<', '<c')})"
    r"[\s\d:：时分秒]*(?:星期.)?[）)\]】]?"
)
_GOES_ON = compiled(r"\s?(?:起|[至到—–～~－-]{1,2}\s?\d)")
"""Behind the first day of a time for which a notice is shown."""
_HALF_WIDTH = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
_FULL_WIDTH = compiled("[０-９－／．]")
_ZERO = compiled("[○ＯOo0零]")
_NAMED = compiled(
    r"(?:(?:发布|公布|公开|公示|更新|发稿|发文|成文|印发|填报|制表)(?:时间|日期|期)?|(?<![止至成限束办检改])(?:日期|时间))\s?[：:]"
)
_MAY_BE_NAMED = compiled(r"(?:时间|日期|期|发布|公布|公开|公示|更新|发稿|发文|成文|印发|填报|制表)\s?[：:]")
"""The end of every such name, found quickly."""
_NO_DAY = compiled(r"截[至止]|[至到—~－-]\s?(?:\d{4}年)?\d{1,2}月|[，。；！？]|\t")
"""What a line has whose date is another one: of the state of things, of the inspection, of a sentence."""
_SIGNED = compiled(
    r"(?:党组|党委|委员会|支部|党总支|工委|纪委|公司|集团|局|院|校|厅|部|办|中心|[。．.])[）)]?[，,\s\u3000]*$"
)

_LAST = compiled(r"(?:\d{4}|[二一][○〇零ＯOo一-九]{3})\s?年\s?[\d一-十]{1,3}\s?月\s?[\d一-十]{1,3}\s?日$")


def read_published(texts: list[str], title: str | None) -> str | None:
    """Date of publication, `YYYY-MM-DD`."""
    head = list(map(_half_width, texts[:_HEAD_LINES]))
    tail = list(map(_half_width, texts[-_TAIL_LINES:]))
    for text in head:
        if text != title and (found := _named(text[:160]) or _alone(text)):
            return found
    return next(_signed(tail), None)


def is_day(text: str) -> bool:
    """Whether a line is no more than the day of publication, with or without its name."""
    return len(text) <= _LONGEST_ALONE and _ONLY_DAY.fullmatch(text) is not None


def _half_width(text: str) -> str:
    return text if _FULL_WIDTH.search(text) is None else text.translate(_HALF_WIDTH)


def _named(text: str) -> str | None:
    """The date after 发布时间： or the like."""
    if _MAY_BE_NAMED.search(text) is None:
        return None
    for label in _NAMED.finditer(text):
        if found := _date(text[label.end() : label.end() + 24], anywhere=False):
            return found
    return None


def _alone(text: str) -> str | None:
    """The date of a line that is no sentence, no row and no numbered one."""
    if len(text) > _LONGEST_ALONE or _NO_DAY.search(text) or match_marker(text) is not None:
        return None
    return _date(text)


def _signed(tail: list[str]) -> Iterator[str]:
    """Dates under the names at the end, the last first; then a named one, or one behind the name."""
    for text in reversed(tail):
        if DATE_LINE.match(text.replace(" ", "")) and (found := _date(text)):
            yield found
    for text in reversed(tail):
        if found := _named(text) or _behind_name(text):
            yield found


def _behind_name(text: str) -> str | None:
    """…委员会　2021年7月26日, also at the end of a notice that is one paragraph."""
    window = text[-_LONGEST_ALONE:].rstrip("。）)")
    match = None if "\t" in window else _LAST.search(window)
    if match is None or not _SIGNED.search(window[: match.start()]):
        return None
    return _date(match.group())


def _date(text: str, anywhere: bool = True) -> str | None:
    find = (
        (lambda pattern: pattern.search(text)) if anywhere else (lambda pattern: pattern.match(text.lstrip()))
    )
    match = find(DATE)
    if match is not None:
        year, month, day = (int(match[k]) for k in "ymd")
    else:
        match = find(_CN_DATE)
        if match is None:
            return None
        year = parse_number(_ZERO.sub("〇", match["y"]))
        month, day = parse_number(match["m"]), parse_number(match["d"])
    if _GOES_ON.match(match.string, match.end()) is not None:
        return None  # 公示期：…至…
    return f"{year:04d}-{month:02d}-{day:02d}" if 1 <= month <= 12 and 1 <= day <= 31 else None
