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
