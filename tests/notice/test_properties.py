"""What must hold for any text: spans quote the source, nothing is invented, order is kept, time is linear."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.notice import Notice, SourceText, parse
from zhenggai.notice.text.cleaning import clean

# Fragments of the genre in any order: far likelier to reach odd places of the parser than random characters.
FRAGMENTS = st.sampled_from(
    [
        "一、",
        "二、反馈问题整改情况",
        "（一）聚焦贯彻落实方面",
        "（1）",
        "1.",
        "2．",
        "①",
        "一是",
        "二是针对",
        "关于“",
        "”的问题",
        "的问题。",
        "学习不深入",
        "问题：",
        "整改情况：",
        "整改措施：",
        "整改时限：长期坚持",
        "责任单位：办公室",
        "已印发《办法》。",
        "，",
        "。",
        "；",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\u2028",
        "\u3000",
        "\u200b",
        "【更多公文素材，微信：x】",
        "##paidbegin##",
        "针对",
        "序号\t问题\t整改情况",
        "1\t不规范\t已完成",
        "三、需要进一步整改的事项",
        "“",
        "”",
        "‘",
        "’",
        "（",
        "）",
        "【",
        "】",
        "2021年6月1日",
        "截至目前，43个问题已完成整改39个",
        "欢迎广大群众监督",
        "联系电话：0000",
        "第1页 共2页",
        "- 3 -",
        "问题一：",
        "第一个问题：",
        "四、下一步打算",
        "不到位",
        "会议召开3次",
        "其余正在推进",
        "１．",
        "(二)",
        "⑴",
        "㈠",
        "第一，",
        "1.1",
        "1.1.2",
        "2.5万元",
        "\x00",
        "\ud7ff",
        "🙂",
        "abc",
    ]
)
TEXTS = st.lists(FRAGMENTS, max_size=60).map("".join) | st.text(max_size=200)


def requoted(notice: Notice, span: tuple[int, int]) -> str:
    return clean(SourceText("", notice.source.text[slice(*span)])).text


def unbroken(text: str) -> str:
    """Without white space: a break inside a sentence is joined for what stands around the span."""
    return "".join(text.split())


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_every_span_quotes_the_source(text: str) -> None:
    notice = parse(SourceText("x.txt", text))
    assert [item.index for item in notice.items] == list(range(1, len(notice.items) + 1))
    for item in notice.items:
        assert unbroken(requoted(notice, item.problem_span)) == unbroken(item.problem)
        quoted = "\n".join(requoted(notice, span) for span in item.outcome_spans)
        assert unbroken(quoted) == unbroken(item.outcome)
        assert item.problem.strip()
        for start, end in (item.problem_span, *item.outcome_spans):
            assert 0 <= start < end <= len(text)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_outcomes_do_not_overlap_and_follow_reading_order(text: str) -> None:
    notice = parse(SourceText("x.txt", text))
    ends = 0
    for item in notice.items:
        for start, end in sorted(item.outcome_spans):
            assert start >= ends
            ends = end


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_cleaning_only_deletes_and_maps_back(text: str) -> None:
    cleaned = clean(SourceText("x.txt", text))
    for offset, character in enumerate(cleaned.text):
        start, end = cleaned.to_source((offset, offset + 1))
        assert text[start:end] == character


def test_time_grows_linearly_with_length() -> None:
    """Twenty times the text may take at most forty times the time (a quadratic parser takes 400)."""
    block = "".join(
        f"（{n}）针对“制度{n}执行不到位”的问题。\n整改情况：一是印发《办法{n}》。二是召开会议{n}次。\n"
        for n in range(1, 120)
    )
    short = "二、反馈问题整改情况\n" + block

    def seconds(text: str) -> float:
        start = time.process_time()
        parse(SourceText("x.txt", text))
        return time.process_time() - start

    base = min(seconds(short) for _ in range(5))
    long = "二、反馈问题整改情况\n" + block * 20
    assert min(seconds(long) for _ in range(3)) < 40 * base + 0.2  # the least: other programs add, never take


HOSTILE = {
    "unclosed quotes": "1.关于“" * 4000,
    "only markers": "1." * 20000,
    "one long line": "针对" + "学习不深入，" * 20000,
    "open brackets": "（" * 50000,
    "open watermarks": "【更多公文素材" * 8000,
    "labels": "整改情况：" * 8000,
    "dates": "2021年1月" * 8000,
    "totals": "截至目前，3个问题" * 4000,
    "digits": "9" * 60000,
    "Chinese digits": "一百二十三、" * 9000,
    "tabs": "\t" * 60000,
    "headings": "\n".join(f"{n}.不到位" for n in range(1, 999)) * 8,
    "nested labels": "问题：" * 20000,
    "inner headings": "（一）附件：" * 20000,
    "inner headings and quotes": "整改情况：针对“问题1：（一）" * 8000,
    "line numbers": "\n".join(f"{n}  1.不到位" for n in range(1, 9000)),
    "blanks before marks": (" " * 30000 + "\n") * 2 + ">" + "\t" * 60000 + "-->",
    "spaces": "1." + " " * 60000 + "x",
}


def test_hostile_texts_finish_in_time() -> None:
    """No regular expression backtracks without bound: each of these takes seconds at most, not hours."""
    for name, text in HOSTILE.items():
        start = time.process_time()
        parse(SourceText("x.txt", text))
        assert time.process_time() - start < 5, name
