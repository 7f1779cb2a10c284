"""What a line looks like that may be a problem by its place: one short sentence before what was done.

The deed stands below it, or, where it has a number, may stand behind it in the same line.
"""

from __future__ import annotations

from zhenggai.notice.language import wording
from zhenggai.notice.language.numbering import CLAUSE, Marker
from zhenggai.notice.language.problem_pairs import problem_score
from zhenggai.notice.language.statement import Statement, unwrap
from zhenggai.notice.lines.heading_cues import (
    SHORT,
    SHORTEST_ANSWER,
    UPPER,
    closed,
    names_topic,
    whole_statement,
)
from zhenggai.notice.lines.measure_words import names_measure
from zhenggai.notice.lines.outline import Line
from zhenggai.patterns import compiled

_SHORTEST = 3
_LONGEST_MARK = 8
_DASH_MARKS = "—–－- "
ENDS = tuple("：:，,；;、")
_SECOND = "二是"
_CALLED_SO, _NTH = ("问题。", "问题："), ("第", "其")
_WORDS = compiled(r"[\u4e00-\u9fff]{2}")
_DEED = compiled(r"\d|[一二三四五六七八九十两]{1,3}[个名人次项件家起份]|已|了")
_COUNTED = compiled(
    r"(?<![超欠缺少差\d.])\d[\d.]*余?(?:[个名人件家起份项处次户亩吨台期]|万?元|公里|人次)[。]?$"
)
"""The end of a sentence that counts what was done: 对闲置的2处房产公开招租，年增收租金21.6万元。"""


def statement_in(line: Line) -> Statement:
    """The statement of such a line."""
    if not runs_on(line):
        return whole_statement(line)
    start = line.body_start - line.start
    end = start + len(wording.first_sentence(line.body))
    inner = unwrap(line.text[:end], start)
    return Statement(inner.start, inner.end, end, inner.wrapped)


def runs_on(line: Line) -> bool:
    """Whether a line with a number is a short sentence and more."""
    if line.marker is None or len(line.body) < _SHORTEST + SHORTEST_ANSWER:
        return False
    return len(line.body) - len(wording.first_sentence(line.body)) >= SHORTEST_ANSWER


def opens_deed(line: Line) -> bool:
    """Whether a line with a number is a short sentence that reports nothing, and what was done."""
    if line.marker is None or line.label is not None or line.is_table_row or line.has_outcome_label:
        return False
    if line.marker.style == CLAUSE and _SECOND in line.body:
        return False  # the points of one answer
    sentence = wording.first_sentence(line.body)
    rest = line.body[len(sentence) :]
    if line.marker.style == CLAUSE and sentence.endswith(_CALLED_SO) and not line.text.startswith(_NTH):
        return False  # 一是针对…的问题。 inside an answer, which `splitting` finds
    fits = _SHORTEST < len(sentence) <= SHORT and len(rest) >= SHORTEST_ANSWER and sentence[-1] == "。"
    return fits and closed(sentence) and not names_measure(sentence) and _tells(rest)


def heads_a_deed(line: Line, below: Line) -> bool:
    """Whether a short line, one sentence that reports nothing itself, stands above what was done."""
    if len(line.text) > SHORT + _LONGEST_MARK or not is_phrase(line) or not is_deed(below):
        return False
    counts = line.marker is None and _COUNTED.search(line.body) is not None
    return not counts and not names_measure(said(line))


def is_phrase(line: Line) -> bool:
    """Whether a line is one short sentence or phrase that names no field."""
    if line.label is not None or line.has_outcome_label or line.is_table_row:
        return False
    body = said(line)
    fits = _SHORTEST <= len(body) <= SHORT and "。" not in body[:-1] and "；" not in body
    return fits and not body.endswith(ENDS) and not names_topic(body) and _WORDS.search(body) is not None


def is_deed(line: Line) -> bool:
    """Whether a line, which has no number of a row, tells what was done."""
    if line.has_outcome_label:
        return True
    if line.label is not None or line.is_table_row:
        return False
    if line.marker is not None and not _begins_measures(line.marker, wording.first_sentence(line.body)):
        return False
    return _tells(line.body)


def _tells(text: str) -> bool:
    sentence = wording.first_sentence(text)
    told = says_figures(sentence) or wording.looks_like_action(sentence)
    return (told or len(text) > SHORT or problem_score(sentence) < 0) and wording.looks_like_answer(text)


def _begins_measures(marker: Marker, sentence: str) -> bool:
    """Whether a number counts the first measure of an answer: ①投资1.7亿元改造管网42公里；②…"""
    return (marker.style == CLAUSE or marker.value == 1) and names_measure(sentence)


def says_figures(text: str) -> bool:
    """Whether a text counts something, or says that it is done."""
    return _DEED.search(text) is not None


def said(line: Line) -> str:
    """What a line says behind its number or dash, up to the end of the sentence."""
    if runs_on(line):
        return wording.first_sentence(line.body)
    return line.body if line.marker is not None else line.text.lstrip(_DASH_MARKS)


def is_topic(line: Line) -> bool:
    """Whether a line names a field: 关于发展方面, with an upper number or none."""
    upper = line.marker is None or line.marker.style in UPPER
    return upper and len(line.text) <= SHORT and names_topic(line.body) and not line.has_outcome_label
