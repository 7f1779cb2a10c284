"""What is printed at the end of a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhenggai.commands.summary import Summary
from zhenggai.ledger.record import NoticeRecord
from zhenggai.records import failed_record


def test_files_without_items_come_with_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    summary = Summary()
    summary.add(
        NoticeRecord(
            "a.eml", warnings=("没有找到“问题—整改情况”条目：应为……", "邮件的附件没有读取：通报.docx")
        ),
        (),
    )
    summary.add(NoticeRecord("b.txt", warnings=("没有找到“问题—整改情况”条目：应为……",)), ())
    summary.show(Path("ledger.jsonl"))
    lines = capsys.readouterr().err.splitlines()
    assert "  a.eml：邮件的附件没有读取：通报.docx" in lines
    assert "  b.txt" in lines


def test_a_name_with_a_line_feed_takes_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    summary = Summary()
    summary.add(failed_record("坏\n文件\x1b[31m.docx", "是空文件"), ())
    summary.show(Path("ledger.jsonl"))
    assert "  坏�文件�[31m.docx：是空文件" in capsys.readouterr().err.splitlines()


def shown(summary: Summary, capsys: pytest.CaptureFixture[str], output: str = "台账.jsonl") -> list[str]:
    summary.show(Path(output))
    return capsys.readouterr().err.splitlines()


@pytest.mark.parametrize(
    ("output", "table"),
    [("out/台账.jsonl", "通报表 out/台账.notices.jsonl"), ("台账.xlsx", "台账的“通报”表（台账.xlsx）")],
)
def test_what_is_not_listed_is_counted_and_found_in_the_table(
    output: str, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = Summary()
    for n in range(25):
        summary.add(NoticeRecord(f"{n}.txt", error="需要甲；实际乙；请丙。"), [])
    lines = shown(summary, capsys, output)
    assert lines[0] == "未能处理的文件（25）："
    assert lines[20] == "  19.txt：需要甲；实际乙；请丙。"
    assert lines[21] == f"  …… 另有 5 个没有列出，全部 25 个见{table}"


def test_data_without_an_article_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    summary = Summary()
    for name in ("包.json", "dump.jsonl!/3", "dump.jsonl!/4", "a.zip!/x.png", "a.zip!/README"):
        summary.pass_over(name)
    lines = shown(summary, capsys)
    assert lines[:2] == ["没有读取的数据文件（其中没有带正文的记录）（1）：", "  包.json"]
    assert ".jsonl 2" in lines[2]
    assert "无扩展名 1" in lines[2]
