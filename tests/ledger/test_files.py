"""Every format gives back what it was given, escapes what is dangerous and says what is wrong."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.examples import AWKWARD, NOTICE, OPEN, RECORD, notices, records
from zhenggai.errors import LedgerError
from zhenggai.ledger.files import FORMATS, notices_path, open_ledger, read_ledger
from zhenggai.ledger.record import NoticeRecord, Record

ENDINGS = tuple(FORMATS)
ROUNDED = dataclasses.replace(
    RECORD,
    category_score=0.912346,
    categories=({"label": "财经纪律", "score": 0.912346}, {"label": "国有资产", "score": 0.05}),
)


def written(path: Path, notice: NoticeRecord = NOTICE, rows: tuple[Record, ...] = (RECORD, OPEN)) -> Path:
    with open_ledger(path, overwrite=True) as ledger:
        ledger.write(notice, rows)
    return path


@pytest.mark.parametrize("ending", ENDINGS)
def test_round_trip(tmp_path: Path, ending: str) -> None:
    assert read_ledger(written(tmp_path / f"台账{ending}")) == ([ROUNDED, OPEN], [NOTICE])
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(
        p.name for p in (tmp_path / f"台账{ending}", notices_path(tmp_path / f"台账{ending}")) if p
    )


@pytest.mark.parametrize("ending", ENDINGS)
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_round_trip_of_anything(tmp_path: Path, ending: str, data: st.DataObject) -> None:
    rows, notice = data.draw(st.lists(records, max_size=3)), data.draw(notices)
    assert read_ledger(written(tmp_path / f"l{ending}", notice, tuple(rows))) == (rows, [notice])


@pytest.mark.parametrize("ending", ENDINGS)
def test_awkward_texts_in_every_text_column(tmp_path: Path, ending: str) -> None:
    rows = tuple(
        dataclasses.replace(ROUNDED, problem=t, title=t, evidence=t, path=(t, t), review_reasons=(t,))
        for t in AWKWARD
    )
    assert read_ledger(written(tmp_path / f"l{ending}", rows=rows))[0] == list(rows)


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("text", ["长" * 40_000, "𠀀" * 20_000, "=" + "长" * 200_000])
def test_texts_longer_than_a_cell(tmp_path: Path, ending: str, text: str) -> None:
    rows = (dataclasses.replace(ROUNDED, outcome=text, path=(text, "x")), OPEN)
    assert read_ledger(written(tmp_path / f"l{ending}", rows=rows))[0] == list(rows)


@pytest.mark.parametrize("ending", ENDINGS)
def test_same_ledger_same_bytes(tmp_path: Path, ending: str) -> None:
    first, second = (written(tmp_path / f"{n}{ending}").read_bytes() for n in "ab")
    assert first == second


@pytest.mark.parametrize("ending", ENDINGS)
def test_empty_ledger(tmp_path: Path, ending: str) -> None:
    failed = NoticeRecord("坏.txt", error="不是文本文件")
    assert read_ledger(written(tmp_path / f"l{ending}", failed, ())) == ([], [failed])


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".parquet"])
def test_half_a_surrogate_pair_is_replaced(tmp_path: Path, ending: str) -> None:
    row = dataclasses.replace(ROUNDED, notice="坏\udcff名.txt", path=("a\ud800",))
    (read,), _ = read_ledger(written(tmp_path / f"l{ending}", rows=(row,)))
    assert (read.notice, read.path) == ("坏\ufffd名.txt", ("a\ufffd",))


def test_jsonl_keeps_half_a_surrogate_pair(tmp_path: Path) -> None:
    row = dataclasses.replace(ROUNDED, notice="坏\udcff名.txt")
    path = written(tmp_path / "l.jsonl", rows=(row,))
    path.read_text(encoding="utf-8")
    assert read_ledger(path)[0] == [row]


def test_jsonl_is_the_contract(tmp_path: Path) -> None:
    lines = written(tmp_path / "l.jsonl").read_text(encoding="utf-8").splitlines()
    row = json.loads(lines[0])
    assert list(row) == [f.name for f in dataclasses.fields(Record)]
    assert "往来款长期挂账" in lines[0]
    assert row["category_score"] == 0.912346
    assert row["problem_span"] == [120, 130]


def test_csv_opens_in_excel_without_formulas(tmp_path: Path) -> None:
    row = dataclasses.replace(RECORD, problem='=HYPERLINK("http://x","y")', title="@SUM(1)", number="-1")
    data = written(tmp_path / "l.csv", rows=(row,)).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig")
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text
    assert ",'-1," in text


def test_parquet_columns_are_typed(tmp_path: Path) -> None:
    schema = pyarrow.parquet.read_schema(written(tmp_path / "l.parquet"))
    assert str(schema.field("problem_span").type).startswith("list<")
    assert str(schema.field("category_score").type) == "double"
    assert str(schema.field("long_term").type) == "bool"
    notices = pyarrow.parquet.read_schema(tmp_path / "l.notices.parquet")
    assert str(notices.field("statuses").type).startswith("map<string, int64")


def test_workbook_is_one_to_work_in(tmp_path: Path) -> None:
    close = ({"label": "财经纪律", "score": 0.3}, {"label": "国有资产", "score": 0.29})
    doubtful = dataclasses.replace(RECORD, item=2, category_score=0.3, categories=close, listed_open=False)
    sure = dataclasses.replace(RECORD, item=3, needs_review=False)
    contradiction = dataclasses.replace(RECORD, item=4, status="已完成", problem="=1+1")
    path = written(tmp_path / "l.xlsx", rows=(RECORD, doubtful, sure, contradiction))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["台账", "通报", "复核", "说明"]
    items, review, legend = book["台账"], book["复核"], book["说明"]
    assert items.freeze_panes == "A2"
    assert items.auto_filter.ref == "A1:AA5"
    assert items["H5"].value == "'=1+1"
    assert items["H5"].data_type == "s"
    assert items["J2"].alignment.wrap_text
    assert items.column_dimensions["I"].hidden
    assert items.conditional_formatting
    rules = {str(v.sqref): v.formula1 for v in items.data_validations.dataValidation}
    listed = [c.value for row in legend[rules["L2:L5"].split("!")[1].replace("$", "")] for c in row]
    assert listed[0] == "理论学习"
    assert len(listed) == 18
    statuses = [c.value for row in legend[rules["Q2:Q5"].split("!")[1].replace("$", "")] for c in row]
    assert statuses == ["已完成", "基本完成", "正在整改", "未说明"]
    assert [row[3].value for row in review.iter_rows(min_row=2)] == [4, 2, 1]
    assert review["A2"].value == 5  # the row of the contradiction in 台账


def test_a_corrected_workbook_is_read(tmp_path: Path) -> None:
    path = written(tmp_path / "l.xlsx")
    book = openpyxl.load_workbook(path)
    book["台账"]["L2"] = "国有资产"
    book["台账"]["AB1"] = "备注"
    book["台账"]["AB2"] = "已核对"
    book.save(path)
    rows, _ = read_ledger(path)
    assert rows == [dataclasses.replace(ROUNDED, category="国有资产"), OPEN]


def test_an_error_leaves_nothing_under_the_name(tmp_path: Path) -> None:
    def fail() -> None:
        with open_ledger(tmp_path / "l.csv") as ledger:
            ledger.write(NOTICE, [RECORD])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("l.txt", [".jsonl、.csv、.xlsx、.parquet", "“.txt”"]),
        ("l", ["没有扩展名"]),
        ("无此文件夹/l.csv", ["无此文件夹 不存在", "请先建立该文件夹"]),
        ("文件/l.csv", ["不是文件夹"]),
        ("文件夹.csv", ["实际是文件夹"]),
        ("有.csv", ["已存在", "--overwrite"]),
        ("半.csv", ["半.notices.csv 已存在"]),
        ("长" * 200 + ".csv", ["文件名过长"]),
    ],
)
def test_targets_refused(tmp_path: Path, name: str, words: list[str]) -> None:
    (tmp_path / "文件").touch()
    (tmp_path / "文件夹.csv").mkdir()
    (tmp_path / "有.csv").touch()
    (tmp_path / "半.notices.csv").touch()
    with pytest.raises(LedgerError) as caught:
        open_ledger(tmp_path / name)
    assert all(word in str(caught.value) for word in words), caught.value


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", ["第 2 行", "应为一个 JSON 对象"]),
        ("[]", ["实际为 list"]),
        ("{}", ["缺少字段“notice”"]),
        (json.dumps({"notice": 3}), ["“notice”", "应为文本", "实际为 3"]),
    ],
)
def test_damaged_jsonl(tmp_path: Path, line: str, words: list[str]) -> None:
    path = written(tmp_path / "l.jsonl", rows=(RECORD,))
    path.write_text(path.read_text("utf-8") + line + "\n", "utf-8")
    with pytest.raises(LedgerError) as caught:
        read_ledger(path)
    assert all(word in str(caught.value) for word in words), caught.value


@pytest.mark.parametrize("ending", ENDINGS)
def test_not_a_ledger(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"l{ending}"
    with pytest.raises(LedgerError, match="找不到台账文件"):
        read_ledger(path)
    path.write_bytes(b"\xff\xfe\x00garbage\n")
    with pytest.raises(LedgerError, match="应为"):
        read_ledger(path)


@pytest.mark.parametrize(("ending", "module"), [(".xlsx", "xlsxwriter"), (".parquet", "pyarrow")])
def test_a_missing_library_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, module: str
) -> None:
    def refuse(name: str, package: str | None = None) -> None:
        raise ImportError(name)

    monkeypatch.setattr("importlib.import_module", refuse)
    with pytest.raises(LedgerError) as caught:
        open_ledger(tmp_path / f"l{ending}")
    assert module in str(caught.value)
    assert f'pip install "zhenggai[{ending[1:]}]"' in str(caught.value)


def test_libraries_are_imported_when_needed() -> None:
    code = """
import sys, zhenggai.ledger.files
print([name for name in ("xlsxwriter", "openpyxl", "pyarrow") if name in sys.modules])
"""
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


@pytest.mark.parametrize("ending", ["jsonl", "csv"])
def test_names_in_gbk_are_readable(tmp_path: Path, ending: str) -> None:
    name = "in/" + "法院通报".encode("gbk").decode("utf-8", "surrogateescape") + ".txt"
    path = written(tmp_path / f"l.{ending}", rows=(dataclasses.replace(ROUNDED, notice=name),))
    assert "in/法院通报.txt" in path.read_text(encoding="utf-8")
