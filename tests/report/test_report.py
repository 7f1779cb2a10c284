"""The numbers of the report, and that hostile texts stay texts."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.ledger.examples import NOTICE, RECORD
from zhenggai.errors import LedgerError
from zhenggai.ledger.files import open_ledger
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.report import write_report
from zhenggai.report.data import evidence_range, page_data, source_link
from zhenggai.report.declared import compare
from zhenggai.report.duplicates import near_identical
from zhenggai.report.page import render, script_json
from zhenggai.report.summary import MOST_UNITS, UNKNOWN, summarise
from zhenggai.taxonomy import load_taxonomy

TAXONOMY = load_taxonomy()
HOSTILE = '</script><script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">'
COPIED = (
    "一是召开专题会议研究部署，明确责任领导和责任科室；二是修订完善内部管理制度，严格审批程序，"
    "加强日常监督检查；三是举一反三开展自查自纠，对发现的苗头性问题及时提醒谈话。"
)


def record(**changes: object) -> Record:
    return dataclasses.replace(RECORD, **changes)


def notice(name: str, **changes: object) -> NoticeRecord:
    values: dict[str, object] = {"notice": name, "unit": name, "declared": None, "warnings": ()}
    return dataclasses.replace(NOTICE, **(values | changes))


def page(records: list[Record], notices: list[NoticeRecord], folder: Path = Path()) -> str:
    return render(records, notices, TAXONOMY, "台账.jsonl", folder)


def test_totals() -> None:
    records = [
        record(status="已完成", long_term=True, listed_open=False, needs_review=False),
        record(status="已完成", listed_open=True),
        record(status="正在整改", listed_open=False, category="选人用人", theme=None),
        record(status="未说明", listed_open=False, category=None, theme=None),
    ]
    summary = summarise(records, [notice("甲"), NoticeRecord("坏.txt", error="空文件")], TAXONOMY)
    totals = summary.totals
    assert (totals.notices, totals.failed, totals.items) == (1, 1, 4)
    assert totals.statuses == {"已完成": 2, "基本完成": 0, "正在整改": 1, "未说明": 1}
    assert (totals.long_term, totals.listed_open, totals.needs_review) == (1, 1, 3)
    assert [n.index for n in summary.open_items] == [1, 2]
    assert [n.index for n in summary.not_stated] == [3]
    themes = {t.name: [(c.name, c.count) for c in t.categories] for t in summary.themes}
    assert themes["落实全面从严治党战略部署"] == [("财经纪律", 2)]
    assert themes["落实新时代党的组织路线"] == [("选人用人", 1)]
    assert themes[UNKNOWN] == [(UNKNOWN, 1)]


def test_heat_map_adds_up_small_units() -> None:
    count = MOST_UNITS + 5
    records = [record(unit=f"单位{u}") for u in range(count) for _ in range(count - u)]
    heat = summarise(records, [], TAXONOMY).heat
    assert heat.categories == ["财经纪律"]
    assert [row.count for row in heat.rows[:2]] == [count, count - 1]
    assert heat.rows[0].cells == [(count, 6)]
    assert (heat.rows[-1].name, heat.rows[-1].count) == ("其余 5 个单位", 1 + 2 + 3 + 4 + 5)
    assert sum(row.count for row in heat.rows) == len(records)


def test_months_without_gaps_and_years_for_long_spans() -> None:
    def months(*dates: str | None) -> list[tuple[str, int]]:
        found = summarise([], [notice("甲", published=d) for d in dates], TAXONOMY).months
        return [(m.label, m.notices) for m in found]

    assert months("2020-12-30", "2021-02-01", None, "不详", "2021-13-01") == [
        ("2020年12月", 1),
        ("2021年1月", 0),
        ("2021年2月", 1),
    ]
    assert months("2013-01-01", "2015-06-01", "2019-01-01")[:3] == [
        ("2013年", 1),
        ("2014年", 0),
        ("2015年", 1),
    ]
    assert summarise([], [notice("甲", published="不详")], TAXONOMY).undated == 1


@pytest.mark.parametrize(
    ("declared", "statuses", "gap", "claims_more"),
    [
        ({"problems": 4, "completed": 4}, "已完成 已完成 正在整改 基本完成", 0.5, True),
        ({"problems": 4, "completed": 2}, "已完成 已完成 正在整改 基本完成", 0.0, False),
        # whether what is kept up is finished it does not say: as many more may be found, and need not
        ({"problems": 4, "completed": 2, "long_term": 1}, "已完成 已完成 正在整改 基本完成", 0.0, False),
        ({"problems": 4, "completed": 2, "long_term": 1}, "已完成 已完成 已完成 基本完成", 0.0, False),
        ({"problems": 4, "completed": 2, "long_term": 1}, "已完成 已完成 已完成 已完成", -0.25, False),
        ({"problems": 4, "completed": 2, "long_term": 2}, "已完成 正在整改 正在整改 正在整改", 0.25, True),
        ({"problems": 8, "completed": 8}, "已完成 已完成", 0.0, False),
        ({"problems": 2, "completed": 1}, "已完成 已完成", -0.5, False),
        ({"problems": 12, "completed": 28}, "已完成", None, False),
        ({"completed": 28}, "已完成", None, False),
        ({"problems": 3, "completed": 3}, "", None, False),
    ],
)
def test_declared_against_found(
    declared: dict[str, int], statuses: str, gap: float | None, claims_more: bool
) -> None:
    records = [record(notice="甲", status=s) for s in statuses.split()]
    (row,) = compare(records, [notice("甲", declared=declared | {"quote": "原话"}), notice("乙")], TAXONOMY)
    assert row.gap == gap
    assert row.claims_more is claims_more
    assert row.quote == "原话"
    assert len(row.unsupported) == sum(s != "已完成" for s in statuses.split())


@pytest.mark.parametrize(
    ("differences", "tag"),
    [((), "相符"), (("自述正在整改2个，正文判为正在整改的有3条",), "完成率相符，个数不一致")],
)
def test_what_differs_in_the_notice_row_is_not_said_to_agree(differences: tuple[str, ...], tag: str) -> None:
    declared = {"problems": 1, "completed": 1, "quote": "原话"}
    row = notice("甲", declared=declared, agrees=not differences, differences=differences)
    html = page([record(notice="甲", status="已完成")], [row])
    assert f">{tag}</span>" in html
    assert all(difference in html for difference in differences)


def test_largest_excess_comes_first() -> None:
    records = [record(notice=n, status=s) for n in "甲乙丙" for s in ("已完成", "正在整改")]
    declared = {"甲": 1, "乙": 2, "丙": 3}
    notices = [notice(n, declared={"problems": 2, "completed": c}) for n, c in declared.items()]
    assert [c.unit for c in compare(records, notices, TAXONOMY)] == ["乙", "甲", "丙"]


def test_near_identical_outcomes_across_notices() -> None:
    other = "修缮办公楼屋面并更换消防设施，聘请第三方机构完成检测，报告已报主管部门备案，资金由财政解决。"
    outcomes = {
        "甲": COPIED,
        "乙": COPIED.replace("一是", "2021年3月，1是"),
        "丙": COPIED.replace("举一反三", "对照检查"),
        "丁": other,
        "戊": "已完成。",
        "己": "已完成。",
    }
    records = [record(notice=n, outcome=o) for n, o in outcomes.items()]
    (group,) = near_identical(records)
    assert (list(group.members), group.notices) == ([0, 1, 2], 3)
    assert 0.7 <= group.similarity < 1


def test_copies_within_one_notice_do_not_count() -> None:
    assert near_identical([record(notice="甲", outcome=COPIED), record(notice="甲", outcome=COPIED)]) == []


@pytest.mark.parametrize(
    ("outcome", "spans", "evidence", "span", "expected"),
    [
        ("已清退资金。", ((0, 6),), "清退", None, [1, 3]),
        ("𠀀𠀀清退", ((0, 4),), "清退", None, [4, 6]),  # JavaScript counts in UTF-16 units
        ("完成。\n完成。", ((10, 13), (20, 23)), "完成", (20, 22), [4, 6]),
        ("完成。\n完成。", ((10, 13), (20, 23)), "完成", (10, 12), [0, 2]),
        ("无此句", ((0, 3),), "正在整改的问题", None, None),
        ("无", ((0, 1),), "", None, None),
    ],
)
def test_evidence_range(
    outcome: str,
    spans: tuple[tuple[int, int], ...],
    evidence: str,
    span: tuple[int, int] | None,
    expected: list[int] | None,
) -> None:
    changed = record(outcome=outcome, outcome_spans=spans, evidence=evidence, evidence_span=span)
    assert evidence_range(changed) == expected


def test_links_are_relative_and_never_a_scheme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "报告").mkdir()
    for name in ("甲 #1.txt", "javascript:alert(1)", "包.zip"):
        (tmp_path / name).touch()
    assert source_link("甲 #1.txt", tmp_path / "报告") == "../%E7%94%B2%20%231.txt"
    assert source_link("甲 #1.txt", tmp_path) == "./%E7%94%B2%20%231.txt"
    assert source_link("javascript:alert(1)", tmp_path) == "./javascript%3Aalert%281%29"
    assert source_link("包.zip!/甲.txt", tmp_path).endswith(".zip")
    assert source_link("没有.txt", tmp_path) == ""
    assert source_link("-", tmp_path) == ""
    assert source_link("a\0b", tmp_path) == ""


def test_data_gives_the_items_back() -> None:
    records = [RECORD, record(item=2, path=(), number=None, status=None, category="自定类别")]
    data = page_data(records, [NOTICE], TAXONOMY, Path())
    first, second = data["items"]
    assert first[5:7] == [RECORD.problem, RECORD.outcome]
    assert data["categories"][first[7]] == "财经纪律"
    assert data["paths"][first[4]] == list(RECORD.path)
    assert data["statuses"][first[10]] == "基本完成"
    assert (first[9], first[11]) == (91, 55)
    assert first[12] == 2 + 4 + 8  # listed open, to be reviewed, open
    assert data["categories"][second[7]] == "自定类别"
    assert data["statuses"][second[10]] == UNKNOWN


def test_json_stays_in_its_element() -> None:
    text = script_json({"a": HOSTILE + "<!--\u2028"})
    assert "<" not in text
    assert json.loads(text) == {"a": HOSTILE + "<!--\u2028"}


def test_hostile_texts_are_escaped_everywhere() -> None:
    hostile = {
        "problem": HOSTILE,
        "outcome": HOSTILE * 3,
        "evidence": HOSTILE,
        "category": HOSTILE,
        "status": HOSTILE,
    }
    records = [record(notice=n, unit=HOSTILE, path=(HOSTILE,), theme=HOSTILE, **hostile) for n in "甲乙"]
    declared = {"problems": 1, "completed": 1, "quote": HOSTILE}
    notices = [
        notice("甲", declared=declared, warnings=(HOSTILE,), unit=HOSTILE),
        NoticeRecord(HOSTILE, error=HOSTILE),
    ]
    html = page(records, notices)
    assert "hacked" in html
    assert "<img" not in html
    assert html.count("<script") == 2


def test_page_needs_no_network() -> None:
    html = page([RECORD], [NOTICE])
    assert not re.search(r"https?://", html)
    assert re.findall(r'(?:src|href)="(?!#|data:,)([^"]+)"', html) == []
    script = html[html.rindex("<script>") + 8 : html.rindex("</script>")]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in html


def test_page_of_a_ledger_without_items_or_labels() -> None:
    bare = dataclasses.replace(RECORD, category=None, category_score=None, status=None, status_score=None)
    for records in ([], [bare]):
        html = page(records, [NoticeRecord("坏.txt", error="空文件")])
        assert "空文件" in html


def test_report_file(tmp_path: Path) -> None:
    ledger = tmp_path / "台账.csv"
    with open_ledger(ledger) as writer:
        writer.write(NOTICE, [RECORD])
    output = tmp_path / "报告.html"
    write_report(ledger, output)
    html = output.read_text("utf-8")
    assert "往来款长期挂账未清理" in html
    assert "自述高出" in html
    write_report(ledger, output)
    assert output.read_text("utf-8") == html
    assert sorted(p.name for p in tmp_path.iterdir()) == ["台账.csv", "台账.notices.csv", "报告.html"]


@pytest.mark.parametrize(
    ("name", "words"),
    [("报告.pdf", "应为 .html"), ("没有/报告.html", "没有 不存在"), ("a.html", "找不到台账")],
)
def test_report_refused(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(LedgerError, match=words):
        write_report(tmp_path / "无.jsonl", tmp_path / name)


def test_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    with pytest.raises(LedgerError, match=re.escape('pip install "zhenggai[report]"')):
        write_report(tmp_path / "无.jsonl", tmp_path / "a.html")


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast ratio of two `#rrggbb` colours."""

    def luminance(colour: str) -> float:
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_colours_are_readable() -> None:
    import zhenggai.report

    style = Path(zhenggai.report.__file__).with_name("templates").joinpath("report.css").read_text("utf-8")
    colours = dict(re.findall(r"--([\w]+): (#[0-9a-f]{6})", style))
    pairs = [("ink", "wash"), ("muted", "wash"), ("muted", "paper"), ("accent", "paper"), ("warn", "paper")]
    pairs += [("ink", "mark"), ("ink", "hit"), *((f"s{n}", "paper") for n in range(6))]
    ratios = Counter({pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs})
    assert min(ratios.values()) >= 4.5, ratios
    shades = re.findall(r"\.h(\d) \{ background: (#\w+);(?: color: (#\w+);)?", style)
    for _, paper, ink in shades:
        full = {"#fff": "#ffffff", "#000": "#000000", "": colours["ink"]}[ink]
        assert contrast(full, paper) >= 4.5, (paper, ink)
    assert len(shades) == 6
