"""Problems that a sentence names as still open, told apart from those that it names as done.

目前还有A、B等2个事项正在整改。 / 尚未完成的有：A；B。 / 正在推进2项（A、B）。 /
除A、B两项需长期坚持外，其余均已完成。

What is read here may be any words; `open_match` takes those alone that name one problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhenggai.notice.language.numbering import COUNT, parse_number
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_HOW = (
    r"(?:全部|全面|完全|彻底|如期|按期|积极|抓紧|加快|加紧|持续|继续|稳步|有序|统筹|逐步|进一步|长期|"
    r"按照?(?:计划|序时进度|序时|(?:既定)?时间节点|节点|时限|要求|程序))*"
)
_CURED = r"(?:完成|整改|到位|解决|办结|销号|见底)"
_DO = r"(?:整改|推进|办理|解决|落实|实施|协调|攻坚|化解|处置)"
_OPEN = (
    rf"(?:[尚还仍暂]?未能?|没有){_HOW}{_CURED}(?:整改|到位|完成|完毕)*|(?:正在|正(?=按|逐步|抓紧|积极|加)|[仍还尚]在|[仍还尚]处于){_HOW}{_DO}(?:整改|推进|之|过程)*中?|"
    rf"(?:仍|还|尚|均)?[需待]要?(?:进一步|持续|长期|继续|较长时间|后续)+(?:整改|推进|解决|坚持|巩固)|{_DO}中(?=[，。；）的外]|$)|(?:持续|有序|稳步){_DO}(?:中|(?=[，。；）外]|$))"
)
_DONE = (
    rf"(?:已经?|均|全部|全面|按期|如期|立行立改)+{_HOW}{_CURED}|(?<!未){_CURED}(?:整改|到位|完毕|完成)(?!情况)|"
    r"取得(?:明显|显著)?成效|基本(?:整改)?(?:完成|到位)"
)
_PREDICATE = compiled(rf"(?P<open>{_OPEN})|(?P<done>{_DONE})")
_MATTER = compiled(r"问题|事项|任务|整改|[\d一二两三四五六七八九十][个项件条]")
_SENTENCE = compiled(r"[^。！？\n]+")
_MAY_NAME = compiled(
    r"未|没有|正(?=在|按|逐步|抓紧|积极|加)|[仍还尚](?=[在处有])|[需待](?=要?(?:进一步|持续|长期|继续|较长|后续))|剩|余下|除(?=[^；。]*外)|"
    rf"中(?<=[改进理决实施调坚解置]中)|(?:持续|有序|稳步)(?={_DO})|[（(]|将(?:(?<=[题项个务]，将)|(?<=[题项个务]，[也均都]将))"
)
"""Where nothing of this stands, no pattern below finds a thing; few texts have it, and these cost much."""
_NEXT_ENTRY = compiled(r"。(?=\s?(?:\d{1,2}[.．、](?!\d)|[（(]\d{1,2}[）)]|[②-⑳]|[二三四五六七八九]是))")
_CLAUSE = compiled(r"[^，；]+")
_INTRODUCED = compiled(
    rf"(?:{_OPEN})的?(?:{COUNT}\s?[个项件条])?(?:具体|整改|反馈|主要)*(?:问题|事项|任务|工作)?(?:目前|还|主要|具体|仅|共|只)*"
    rf"(?:[：:]|(?:有|包括|即|分别[是为]?|[是为])(?:{COUNT}\s?[个项件条])?(?:问题|事项|任务)?(?:[：:]|，?(?:分别|主要|具体)?(?:[是为]|即))?"
    rf"|(?:{COUNT}\s?[个项件条])?，(?:即|(?:分别|主要|具体)?[是为]))(?!何|什么|了)"
    rf"|(?:剩余|余下|剩下|还剩|仅剩)的?{COUNT}\s?[个项件条](?:问题|事项|任务)?(?:：|，?(?:分别|主要)?(?:[是为]|即)[：:]?)"
)
"""Words for open matters, after which their names follow: 尚未完成的2项是：, 需持续推进的问题有2个：."""
_EXCEPT = compiled(r"^(?:[^，；]{0,12}[，,])?除了?(?P<names>[^；。]+?)(?:以?外|之外)[，,](?P<rest>[^；。]*)")
_OTHERS = compiled(r"其[余他它]|均|全部|都")
_BRACKETS = compiled(r"[（(](?P<inside>[^（）()]{4,160})[）)]")
_ENDS_BEHIND, _ENDS_BEFORE = compiled("[，；（(]"), compiled("[，；、）)]")
_REMAINS = compiled(rf"(?:剩余|余下|剩下|还有|尚有|仍有|还剩)的?{COUNT}\s?[个项件条]")
_NAMELY = compiled(r"^(?:即|分别[是为]?|包括|主要[是为]|具体[是为])")
_LEAD = compiled(
    rf"^(?:截至?(?:目前|[^，]{{0,10}}[日月底])|目前|现|其中|还有|尚有|仍有|另有|只有|仅有|仅|对于?|就|针对|关于|剩余的?|余下的?|其余的?|即|分别[是为]?|包括|主要[是有]|具体[是为]|"
    rf"以及|但|而|重点|加快|抓好|做好|推进|{COUNT}[个项](?:问题|事项|任务)?中|(?:[一二三四五六七八九十]是|[（(]?\d{{1,2}}[）)．、.]|[①-⑳])|[：:、\s])+"
)
_TAIL = compiled(
    rf"(?:等)?(?:方面)?的?(?:这|等)?(?:(?P<n>{COUNT})\s?[个项件条])?(?:具体|整改|反馈)*(?:问题|事项|任务|工作)?的?(?:整改|推进|落实)?(?:[为属]于?(?:长期|持续)整改(?:问题|任务|事项))?(?:因[^，；]*|由于[^，；]*|受[^，；]*|涉及[^，；]*|目前|现|还|仍|尚|均|也|都)?$"
)
_BETWEEN = compiled(
    r"[、；”“]|以及|(?:^|(?<=[；。，]))(?:[一二三四五六七八九十]是|[（(]?\d{1,2}[）)．.](?!\d)|[①-⑳])"
)
_STATE = compiled("按计划|按序时|正在|[尚仍]在|[因由]于?(?=[^、]{6})")
"""Ends a name of a list of which each entry says how it stands."""
_COUNTED = compiled(rf"{COUNT}\s?[个项件条](?:具体|反馈|整改)*(?:问题|事项|任务)")
POINTED = compiled(r"(?:反馈|整改)?问题\s?(?P<n>\d{1,3}|[一二三四五六七八九十]{1,3})")
"""A problem that is named by its number: 反馈问题1, 问题三."""
_FEWEST, _MOST = 4, 60
"""Characters of a name."""


@dataclass(frozen=True, slots=True)
class Named:
    """Names that stand together, and how many of them the sentence counts."""

    names: tuple[str, ...]
    count: int | None = None
    said: str = ""
    """The words that call them open; in a problem of the same words they are part of the fault."""

    @property
    def counts_all(self) -> bool:
        """Whether the sentence counts just as many as it names, so that each is surely a problem."""
        return self.count == len(self.names)


def named_in_sentences(lines: Sequence[Line]) -> list[Named]:
    """What the sentences of `lines` name as open."""
    return [named for line in lines for named in open_in(line.text)]


def open_in(text: str) -> Iterator[Named]:
    """What the sentences of `text` name as open."""
    if _MAY_NAME.search(text) is None:
        return
    for sentence in _SENTENCE.findall(_NEXT_ENTRY.sub("；", text)):
        if _MAY_NAME.search(sentence):
            yield from _in_sentence(sentence)


def named_in_list(lines: Sequence[Line]) -> Iterator[Named]:
    """What sentences below a title for open matters name, which need not say so again: A、B2个问题。"""
    for line in lines:
        if line.marker is not None or line.is_table_row:
            continue
        for sentence in _SENTENCE.findall(line.text):
            clause = _CLAUSE.match(sentence)
            if (
                clause is not None
                and _PREDICATE.search(sentence) is None
                and _ENDS_IN_MATTER.search(clause[0])
            ):
                yield from _names(clause[0])


def says_done(sentence: str) -> bool:
    """Whether `sentence` says of what it names that it is done, and of nothing that it is open."""
    said = [found["open"] is None for found in _PREDICATE.finditer(sentence)]
    return bool(said) and all(said) and "除" not in sentence


def _in_sentence(sentence: str) -> Iterator[Named]:
    for found in _BRACKETS.finditer(sentence):
        if _bracket_is_open(sentence, found):
            yield from _names(found["inside"])
    plain = _BRACKETS.sub("", sentence)
    if introduced := _INTRODUCED.search(plain):
        yield from _names(_first_parts(plain[introduced.end() :], _count_in(introduced.group())))
        plain = plain[: introduced.start()]
    if excepted := _EXCEPT.search(plain):
        yield from _excepted(excepted)
        plain = plain[: excepted.start()] + plain[excepted.end() :]
    clauses = _CLAUSE.findall(plain)
    counted = _COUNTED.search(sentence) is not None
    for index in range(len(clauses)):
        yield from _in_clause(clauses, index, counted)


def _bracket_is_open(sentence: str, bracket: re.Match[str]) -> bool:
    """Whether what follows a bracket says that the matters in it are open, or else what precedes it."""
    behind = _ENDS_BEHIND.split(sentence[bracket.end() :], maxsplit=1)[0]
    before = _ENDS_BEFORE.split(sentence[: bracket.start()])[-1]
    if said := _PREDICATE.search(behind):
        return said["open"] is not None
    told = list(_PREDICATE.finditer(before))
    if told:
        return told[-1]["open"] is not None
    return _REMAINS.search(before) is not None and _MATTER.search(before) is not None


def _excepted(found: re.Match[str]) -> Iterator[Named]:
    """除A、B两项需长期坚持外，其余均已完成: open by these words, or because the others alone are done."""
    said = _PREDICATE.search(found["names"])
    others = _PREDICATE.search(found["rest"])
    if said is not None and said["done"]:
        return
    if others is None or not others["done"] or not _OTHERS.search(found["rest"]):
        return
    yield from _names(found["names"][: said.start()] if said else found["names"])


def _in_clause(clauses: Sequence[str], index: int, counted: bool) -> Iterator[Named]:
    """The names before or behind the words of a clause for what is open, or in a clause of their own."""
    clause = clauses[index]
    said = _PREDICATE.search(clause)
    if said is None:
        if _ENDS_IN_MATTER.search(clause) or _NAMELY.match(clause):
            if _goes_on_open(clauses, index):
                yield from _names(clause)
            elif index + 1 < len(clauses) and _WILL_GO_ON.match(clauses[index + 1]):
                yield from (named for named in _names(clause) if named.counts_all)
        return
    if said["done"] or not (counted or _MATTER.search(clause)):
        return
    yield from _names(clause[: said.start()], said.group())
    if clause.startswith("的", said.end()):
        behind = clause[said.end() + 1 :]
        if _PREDICATE.search(behind) is None:
            yield from _names(behind)


def _goes_on_open(clauses: Sequence[str], index: int) -> bool:
    """Whether the next clause says of the names in this one that they are open: A、B两个问题因…，仍在整改."""
    if index + 1 == len(clauses):
        return False
    following = clauses[index + 1]
    said = _PREDICATE.search(following)
    return (
        said is not None
        and said["open"] is not None
        and said.start() <= _NEAR
        and not _names_more(following, said)
    )


_ENDS_IN_MATTER = compiled(
    rf"(?:问题|事项|任务|{COUNT}\s?[个项件])(?:(?:[因由受]|涉及)[^，；]*|[为属]于?(?:长期|持续)整改(?:问题|任务|事项))?$"
)
_WILL_GO_ON = compiled(rf"(?:也|均|都)?将(?:积极|有序|按计划)?(?:继续|持续|进一步|加快|抓紧)+{_DO}")
"""Says that the names in the clause before it, if it counts them, are open: A、B2个问题，将继续推进."""
_NEAR = 4
"""Characters before the words for what is open where these have no subject of their own: 目前仍在整改."""


def _names_more(clause: str, said: re.Match[str]) -> bool:
    return clause.startswith("的", said.end())


def _count_in(text: str) -> int | None:
    """How many matters `text` counts."""
    counted = _COUNT_OF_MATTERS.search(text)
    return None if counted is None else parse_number(counted["n"])


_COUNT_OF_MATTERS = compiled(rf"(?P<n>{COUNT})\s?[个项件条]")


def _first_parts(text: str, count: int | None) -> str:
    """The entries of a list, each without what is said of it behind a comma.

    Commas may part them as well: 有2个：A，B。
    """
    parted = text.split("，")
    if len(parted) == count and "、" not in text and "；" not in text:
        return "；".join(parted)
    return "；".join(entry.split("，")[0] for entry in text.split("；"))


def _names(text: str, said: str = "") -> Iterator[Named]:
    """The names in `text`, which is what stands before or behind the words for open."""
    tail = _TAIL.search(text)
    count = parse_number(tail["n"]) if tail is not None and tail["n"] else None
    pieces = (_plain(piece) for piece in _BETWEEN.split(text[: tail.start()] if tail else text))
    names = tuple(piece for piece in pieces if _FEWEST <= len(piece) <= _MOST or POINTED.fullmatch(piece))
    if names:
        yield Named(names, count, said)


def _plain(piece: str) -> str:
    """A name without the words around it."""
    bare = _STATE.split(_LEAD.sub("", piece.strip()), maxsplit=1)[0]
    tail = _TAIL.search(bare)
    return (bare[: tail.start()] if tail else bare).strip("“”‘’ \u3000")
