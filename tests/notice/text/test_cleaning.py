from __future__ import annotations

import pytest

from zhenggai.notice import SourceText
from zhenggai.notice.text.cleaning import clean


def cleaned(text: str) -> str:
    return clean(SourceText("x.txt", text)).text


@pytest.mark.parametrize(
    "mark",
    [
        "【更多公文素材，微信：dadawk01】",
        "【更多公文素 材，微 信 ：d adawk01】",
        "##paidbegin##",
        "\u200b",
        "\ufeff",
    ],
)
def test_marks_are_cut_out(mark: str) -> None:
    assert cleaned(f"学习{mark}不深入。") == "学习不深入。"


@pytest.mark.parametrize("mark", ["❌", "✅ ", "📌 ", "☎", "⚠️", "👉👉", "➡️"])
def test_pictographs_in_front_of_lines_are_marks(mark: str) -> None:
    text = f"某局\n{mark}问题：学习不深入\n　{mark}整改：已学习3次。"
    assert cleaned(text) == "某局\n问题：学习不深入\n　整改：已学习3次。"


@pytest.mark.parametrize("text", ["☑是", "★学习不深入", "✔\t学习不深入\t已学习", "1\t学习不深入\t✅\n"])
def test_other_marks_stay(text: str) -> None:
    assert cleaned(text) == text


def test_ordinary_brackets_stay() -> None:
    text = "印发【2021】3号文件（试行），通过微信公众号公开（详见附件）。"
    assert cleaned(text) == text


def test_offsets_map_back_over_a_cut() -> None:
    text = "学习【更多公文素材，微信：x】不深入"
    result = clean(SourceText("x.txt", text))
    start, end = result.to_source((0, 5))
    assert text[start:end] == text
    start, end = result.to_source((2, 5))
    assert text[start:end] == "不深入"


def test_page_number_inside_a_sentence() -> None:
    assert cleaned("制定完善\n- 3 -\n《办法》。") == "制定完善《办法》。"


def test_page_number_between_paragraphs_keeps_them_apart() -> None:
    lines = [
        cleaned("第一段。\n- 3 -\n第二段。")[a:b]
        for a, b in clean(SourceText("", "第一段。\n- 3 -\n第二段。")).lines
    ]
    assert lines[0] == "第一段。"
    assert lines[-1] == "第二段。"


@pytest.mark.parametrize("head", ["某局党组整改通报　第 {} 页 共 3 页", "某局党组关于整改情况的报告 - {} -"])
def test_page_head_inside_a_sentence(head: str) -> None:
    half = "对历年往来款逐笔核实并完善台账，印发"
    text = f"{half}了\n{head.format(2)}\n《办法》。\n{head.format(3)}\n第二段。"
    assert cleaned(text) == f"{half}了《办法》。\n第二段。"


def test_lines_that_only_look_like_page_heads_stay() -> None:
    text = "第一季度整改任务完成 5/5\n第二季度整改任务完成 6/6\n整改情况：第1页漏签。"
    assert cleaned(text) == text


def test_hard_wrapped_text_is_joined() -> None:
    paragraph = (
        "整改情况：" + "一是组织学习，二是建立制度，三是开展检查，四是严肃问责，" * 20 + "已完成整改。"
    )
    wrapped = "\n".join(paragraph[i : i + 36] for i in range(0, len(paragraph), 36))
    assert cleaned(wrapped) == paragraph
