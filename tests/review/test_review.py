"""Corrections go out in every tool's form and come back as training rows; divided opinions are kept apart."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.ledger.examples import AWKWARD, NOTICE, RECORD
from tests.review.tools import FILL, Answers, fill_csv
from zhenggai.classification.linear_models.linear import load_linear
from zhenggai.errors import LedgerError
from zhenggai.ledger.files import open_ledger, read_ledger
from zhenggai.ledger.record import Record
from zhenggai.ledger.rows import record_row
from zhenggai.ledger.value import doubt
from zhenggai.resources import model_path
from zhenggai.review.exporting import ENDINGS, export_review
from zhenggai.review.importing import import_review
from zhenggai.review.second_opinion import disagreements
from zhenggai.review.selection import select
from zhenggai.review.tools import Tool
from zhenggai.taxonomy import load_taxonomy

TAXONOMY = load_taxonomy()
RECORDS = [
    dataclasses.replace(RECORD, item=1),
    dataclasses.replace(RECORD, item=2, problem="公务接待超标准", status_score=0.2, path=(), long_term=True),
    dataclasses.replace(RECORD, item=3, problem="党费收缴不及时", needs_review=False),
]
# Item 1 is corrected, item 2 confirmed.
ANSWERS: Answers = {
    1: {
        "改为类别": "国有资产",
        "改为状态": "正在整改",
        "改为兼属类别": "无",
        "复核人": "李",
        "复核日期": "2024-05-06",
    },
    2: {"结论": "无误", "复核人": "李", "复核日期": "2024-05-07"},
}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return write(tmp_path / "台账.jsonl", RECORDS)


def write(path: Path, records: list[Record]) -> Path:
    with open_ledger(path) as writer:
        writer.write(NOTICE, records)
    return path


def export(ledger: Path, tool: Tool, **options: Any) -> Path:
    output = ledger.with_name(f"复核{ENDINGS[tool]}")
    export_review(ledger, output, tool, **options)
    return output


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    lines = (folder / f"{name}.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.mark.parametrize("tool", list(Tool))
def test_round_trip(ledger: Path, tmp_path: Path, tool: Tool) -> None:
    filled = FILL[tool](export(ledger, tool), ANSWERS)
    summary = import_review([filled], tmp_path / "数据")
    assert (summary.items, summary.changed, summary.disputed) == (2, 1, 0)
    problems = {row["id"]: row for row in rows(tmp_path / "数据", "problems")}
    outcomes = {row["id"]: row for row in rows(tmp_path / "数据", "outcomes")}
    first, second = f"{RECORD.notice}#1", f"{RECORD.notice}#2"
    dated = tool is not Tool.DOCCANO
    assert problems[first] == {
        "id": first,
        "notice": RECORD.notice,
        "path": list(RECORD.path),
        "problem": RECORD.problem,
        "category": "国有资产",
        "also": [],
        "unsure": False,
        "source": "review",
        "annotator": "李",
        "date": "2024-05-06" if dated else "",
    }
    assert outcomes[second] == {
        "id": second,
        "notice": RECORD.notice,
        "path": [],
        "problem": "公务接待超标准",
        "outcome": RECORD.outcome,
        "status": "基本完成",
        "long_term": True,
        "evidence": RECORD.evidence,
        "listed_open": True,
        "source": "review",
        "annotator": "李",
        "date": "2024-05-07" if dated else "",
    }
    assert outcomes[first]["status"] == "正在整改"
    assert (problems[second]["category"], problems[second]["also"]) == ("财经纪律", ["廉洁纪律"])
    assert rows(tmp_path / "数据", "disagreements") == []


@pytest.mark.parametrize("tool", list(Tool))
def test_texts_come_back_the_same(tmp_path: Path, tool: Tool) -> None:
    texts = [t for t in AWKWARD if t] + ["长" * 40_000]
    records = [
        dataclasses.replace(RECORD, item=i, problem=t, outcome=t, path=(t, "x"), evidence="")
        for i, t in enumerate(texts, 1)
    ]
    ledger = write(tmp_path / "l.jsonl", records)
    confirmed = {"结论": "无误", "复核人": "李", "复核日期": ""}
    answers = dict.fromkeys(range(1, len(records) + 1), confirmed)
    import_review([FILL[tool](export(ledger, tool), answers)], tmp_path / "数据")
    back = {row["id"]: row for row in rows(tmp_path / "数据", "outcomes")}
    assert len(back) == len(records)
    for record in records:
        row = back[f"{record.notice}#{record.item}"]
        given = (record.problem, record.outcome, list(record.path))
        assert (row["problem"], row["outcome"], row["path"]) == given


def test_most_valuable_first_and_one_of_near_identical() -> None:
    same = "财务管理不规范，报销凭证审核把关不严格，存在白条入账的问题"
    other = "党费收缴使用不规范，没有定期公示党费收支情况"
    records = [
        dataclasses.replace(RECORD, item=1, status_score=0.70, problem=same + "1笔", listed_open=False),
        dataclasses.replace(RECORD, item=2, status_score=0.60, problem=same + "2笔", listed_open=False),
        dataclasses.replace(RECORD, item=3, status_score=0.71, problem=other, listed_open=False),
        dataclasses.replace(RECORD, item=4, status="已完成", category_score=0.99, status_score=0.99),
        dataclasses.replace(RECORD, item=5, needs_review=False),
    ]
    assert [r.item for r in select(records, TAXONOMY)] == [4, 2, 1, 3]
    assert [r.item for r in select(records, TAXONOMY, limit=3)] == [4, 2, 3]
    assert len(select(records, TAXONOMY, flagged_only=False)) == 5


def test_limit_and_all(ledger: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    assert export_review(ledger, path, Tool.CSV) == 2
    assert export_review(ledger, path, Tool.CSV, limit=1, overwrite=True) == 1
    assert export_review(ledger, path, Tool.CSV, flagged_only=False, overwrite=True) == 3


def test_nothing_to_review_is_told(tmp_path: Path) -> None:
    ledger = write(tmp_path / "l.jsonl", RECORDS[2:])
    with pytest.raises(LedgerError, match="--all"):
        export_review(ledger, tmp_path / "a.csv", Tool.CSV)


def test_changes_in_the_workbook_itself_show_against_the_ledger(tmp_path: Path) -> None:
    path = write(tmp_path / "台账.xlsx", RECORDS)
    original = write(tmp_path / "原台账.jsonl", RECORDS)
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["台账"][1]}
    book["台账"].cell(4, heads["问题类别"]).value = "基层党建"
    book.save(path)
    with pytest.raises(LedgerError, match="没有已复核的条目"):
        import_review([path], tmp_path / "数据")
    summary = import_review([path], tmp_path / "数据", ledger=original, annotator="王")
    assert (summary.items, summary.changed) == (1, 1)
    (row,) = rows(tmp_path / "数据", "problems")
    assert (row["problem"], row["category"], row["annotator"]) == ("党费收缴不及时", "基层党建", "王")


def answered(ledger: Path, name: str, category: str, date: str) -> Path:
    """One item with one person's answer."""
    output = ledger.with_name(f"{name}-{date}.csv")
    export_review(ledger, output, Tool.CSV, limit=1)
    answer = {"改为类别": category, "复核人": name, "复核日期": date}
    return fill_csv(output, {1: answer, 2: answer})


def test_majority_decides(ledger: Path, tmp_path: Path) -> None:
    given = (("甲", "国有资产"), ("乙", "工程采购"), ("丙", "国有资产"))
    paths = [answered(ledger, name, category, "2024-01-01") for name, category in given]
    assert import_review(paths, tmp_path / "数据").disputed == 0
    (row,) = rows(tmp_path / "数据", "problems")
    assert (row["category"], row["annotator"]) == ("国有资产", "丙；乙；甲")


def test_divided_opinions_are_no_training_data(ledger: Path, tmp_path: Path) -> None:
    given = (("甲", "国有资产", "2024-01-01"), ("乙", "工程采购", "2024-01-02"))
    paths = [answered(ledger, *answer) for answer in given]
    summary = import_review(paths, tmp_path / "数据")
    assert (summary.items, summary.disputed, summary.problems, summary.outcomes) == (1, 1, 0, 1)
    (disputed,) = rows(tmp_path / "数据", "disagreements")
    assert disputed["fields"] == ["category"]
    said = [(s["annotator"], s["category"]) for s in disputed["said"]]
    assert said == [("甲", "国有资产"), ("乙", "工程采购")]
    import_review(paths, tmp_path / "裁定", prefer="乙")
    (row,) = rows(tmp_path / "裁定", "problems")
    assert row["category"] == "工程采购"


def test_the_latest_word_of_one_person_counts(ledger: Path, tmp_path: Path) -> None:
    later = answered(ledger, "甲", "国有资产", "2024-02-01")
    earlier = answered(ledger, "甲", "工程采购", "2024-01-01")
    import_review([later, earlier], tmp_path / "数据")
    (row,) = rows(tmp_path / "数据", "problems")
    assert (row["category"], row["date"]) == ("国有资产", "2024-02-01")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"改为类别": "财金纪律"}, ["财金纪律", "是否应为“财经纪律”"]),
        ({"改为状态": "完成"}, ["状态“完成”"]),
        ({"改为兼属类别": "廉洁纪律；乱写"}, ["兼属类别“乱写”"]),
        ({"改为长期坚持": "也许"}, ["改为长期坚持", "也许"]),
        ({"结论": "无误", "改为类别": "国有资产"}, ["只留一种"]),
        ({"结论": "拿不准", "改为类别": "国有资产"}, ["没有已复核的条目"]),
        ({}, ["没有已复核的条目"]),
    ],
)
def test_wrong_entries_are_named(
    ledger: Path, tmp_path: Path, answer: dict[str, str], words: list[str]
) -> None:
    filled = fill_csv(export(ledger, Tool.CSV), {1: answer})
    with pytest.raises(LedgerError) as caught:
        import_review([filled], tmp_path / "数据")
    assert all(word in str(caught.value) for word in words), caught.value


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.json", "{}", "应为任务的列表"),
        ("a.json", '[{"data": {}}]', "缺少 data 或 annotations"),
        ("a.json", '[{"data": {}, "annotations": []}]', "缺少条目的信息"),
        ("a.jsonl", '{"text": "x", "label": []}', "doccano"),
        ("a.csv", "甲,乙\n1,2\n", "缺少列“来源文件”"),
        ("a.docx", "", "扩展名应为"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, name: str, content: str, words: str) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(LedgerError, match=words):
        import_review([tmp_path / name], tmp_path / "数据")


def test_nothing_is_overwritten_silently(ledger: Path, tmp_path: Path) -> None:
    filled = fill_csv(export(ledger, Tool.CSV), ANSWERS)
    with pytest.raises(LedgerError, match="--overwrite"):
        export(ledger, Tool.CSV)
    import_review([filled], tmp_path / "数据")
    with pytest.raises(LedgerError, match="--overwrite"):
        import_review([filled], tmp_path / "数据")


def test_csv_for_review_is_safe_in_excel(tmp_path: Path) -> None:
    ledger = write(tmp_path / "l.jsonl", [dataclasses.replace(RECORD, problem="=1+1")])
    assert "'=1+1" in export(ledger, Tool.CSV).read_text("utf-8-sig")


def test_workbook_for_review_holds_the_chosen_items(ledger: Path) -> None:
    records, notices = read_ledger(export(ledger, Tool.XLSX, limit=1))
    assert [r.item for r in records] == [2]
    assert notices == [NOTICE]


def test_workbook_for_review_offers_the_labels_of_another_taxonomy(ledger: Path) -> None:
    own = dataclasses.replace(TAXONOMY, categories=TAXONOMY.categories[:5])
    book = openpyxl.load_workbook(export(ledger, Tool.XLSX, taxonomy=own))
    rules = [v.formula1 for v in book["台账"].data_validations.dataValidation]
    place = next(rule for rule in rules if "说明" in rule).split("!")[1].replace("$", "")
    assert [cell.value for row in book["说明"][place] for cell in row] == list(own.category_names)


def test_the_ledger_itself_is_not_overwritten(ledger: Path) -> None:
    with pytest.raises(LedgerError, match="台账本身"):
        export_review(ledger, ledger, Tool.DOCCANO, overwrite=True)


def test_where_the_statement_alone_reads_otherwise_comes_first(ledger: Path) -> None:
    second = load_linear(model_path("category"), "linear")
    sure = dataclasses.replace(RECORD, listed_open=False, path=(), status_score=0.5)
    alike = dataclasses.replace(sure, item=1, problem="公务接待超标准，公款吃喝", category="八项规定")
    other = dataclasses.replace(sure, item=2, problem="党费收缴不及时、党费使用不规范", category="八项规定")
    unknown = dataclasses.replace(sure, item=3, category="自己的类别")
    assert disagreements([alike, other, unknown], second) == [False, True, False]
    assert [r.item for r in select([alike, other], TAXONOMY)] == [1, 2]
    assert [r.item for r in select([alike, other], TAXONOMY, second=second)] == [2, 1]


def test_a_small_lead_is_worth_more_than_a_low_probability() -> None:
    def ranked(first: float, second: float) -> Record:
        scores = ({"label": "财经纪律", "score": first}, {"label": "国有资产", "score": second})
        return dataclasses.replace(RECORD, category_score=first, categories=scores, status_score=1.0)

    close, low = record_row(ranked(0.48, 0.47)), record_row(ranked(0.4, 0.1))
    assert doubt(close) == pytest.approx(0.99)
    assert doubt(low) == pytest.approx(0.7)
    assert doubt(record_row(dataclasses.replace(ranked(0.9, 0.05), status_score=0.6))) == pytest.approx(0.8)


def test_the_review_sheet_is_for_people(ledger: Path) -> None:
    sheet = openpyxl.load_workbook(export(ledger, Tool.XLSX))["复核"]
    heads = [cell.value for cell in sheet[1]]
    shown = dict(zip(heads, (cell.value for cell in sheet[3]), strict=True))
    assert shown["上级标题"] == "一、党的领导方面 › （一）财务管理不规范"
    assert shown["复核原因"] == "两类相近：财经纪律 / 国有资产"
