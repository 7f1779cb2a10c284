"""Sources to rows: order, failures, evidence spans, declared totals; with a labeller that is made up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from zhenggai.errors import ModelError, ReadingError
from zhenggai.isolation import Isolation, read_notices
from zhenggai.ledger.record import NoticeRecord, Record
from zhenggai.notice.model import Declared, Notice, SourceText
from zhenggai.notice.parsing import parse
from zhenggai.notice.reading import Source, expand, read
from zhenggai.pipeline import Result, Settings, process
from zhenggai.records import notice_record

pytest.importorskip("zhenggai.classification")
from zhenggai.classification.model import (
    CategoryPrediction,
    Evidence,
    Prediction,
    Query,
    Scored,
    StatusPrediction,
)

NOTICE = (
    "某局党组关于巡察整改进展情况的通报\n2022年3月1日\n一、整改组织情况\n截至目前，巡察反馈的3个问题，已完成整改2个，正在整改1个。\n"
    "二、反馈问题整改情况\n1.关于“学习不深入”的问题\n整改情况：已印发学习【更多公文素材，微信：x】计划。\n"
    "2.关于“接待不规范”的问题\n整改情况：正在清退。\n三、需要进一步整改的事项\n1.关于“学习不深入”的问题。\n"
)


class Labeller:
    """Says 已完成 wherever 印发 stands, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def classify(self, queries: Sequence[Query]) -> list[Prediction]:
        self.asked.append(len(queries))
        return [self._one(query) for query in queries]

    @staticmethod
    def _one(query: Query) -> Prediction:
        ranked = (Scored("理论学习", 0.45), Scored("决策部署", 0.4), Scored("其他", 0.15))
        done = "印发" in query.outcome
        evidence = Evidence("学习计划", "outcome", query.outcome.index("学习计划")) if done else None
        status = StatusPrediction("已完成" if done else "正在整改", 0.9, False, "inferred", evidence)
        return Prediction(CategoryPrediction(ranked), status)


@pytest.fixture
def results(tmp_path: Path) -> list[Result]:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    return list(process(expand([tmp_path / "a.txt", tmp_path / "b.txt", tmp_path / "c.txt"]), Labeller()))


def test_one_result_per_source_in_order(results: list[Result]) -> None:
    assert [Path(r.notice.notice).name for r in results] == ["a.txt", "b.txt", "c.txt"]
    assert [r.notice.error is None for r in results] == [True, False, False]
    assert [len(r.records) for r in results] == [2, 0, 0]


def test_evidence_span_leads_back_over_a_watermark(results: list[Result]) -> None:
    record = results[0].records[0]
    assert record.evidence == "学习计划"
    assert record.evidence_span is not None
    start, end = record.evidence_span
    assert NOTICE[start:end] == "学习【更多公文素材，微信：x】计划"


class WholeOutcome(Labeller):
    """Quotes all that was done."""

    @staticmethod
    def _one(query: Query) -> Prediction:
        status = StatusPrediction("已完成", 0.9, False, "inferred", Evidence(query.outcome, "outcome", 0))
        return Prediction(CategoryPrediction((Scored("其他", 1.0),)), status)


def test_evidence_over_two_paragraphs_has_the_span_of_both(tmp_path: Path) -> None:
    text = NOTICE.replace(
        "整改情况：正在清退。", "整改情况：\n一是已清退。\n二是已【更多公文素材，微信：x】通报。"
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (result,) = process(expand([tmp_path / "a.txt"]), WholeOutcome())
    record = result.records[1]
    assert record.evidence == "整改情况：\n一是已清退。\n二是已通报。"
    assert record.evidence_span is not None
    assert (
        text[slice(*record.evidence_span)]
        == "整改情况：\n一是已清退。\n二是已【更多公文素材，微信：x】通报。"
    )


WRAPPED = """某县农业农村局党组关于县委巡察反馈意见整改落实情况的通报
2023年10月16日至11月10日，县委第二巡察组对局党组开展了巡察，今年1
月9日反馈了巡察意见。现将整改情况向社会通报如下。
一、农业技术推广工作方面
1.示范基地建设资金拨付使用缓慢，年度任务没有完成。
3月6日召开局党组会议研究示范基地建设，对12处基地逐一核定面积并通
报；拨付资金270万元，年度任务于4月底全部完成，验收合格。
2.农资市场监管检查次数太少，假劣种子没有及时查处。
联合市场监管部门检查农资门店46家，立案查处3起，公示7天无异议，追
回货款1.18万元。
3.田间道路养护责任不清，部分路段破损严重无人修补。
明确12条田间道路养护责任人，修补破损路面2300平方米，并将养护费列
入年度预算，按季度检查。
"""


def test_evidence_in_lines_of_full_width_has_its_whole_span(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(WRAPPED, encoding="utf-8")
    (result,) = process(expand([tmp_path / "a.txt"]), WholeOutcome())
    assert len(result.records) == 3
    for record in result.records:
        assert record.evidence_span is not None
        assert "\n" not in record.evidence
        assert WRAPPED[slice(*record.evidence_span)].replace("\n", "") == record.evidence


class LastWords(Labeller):
    """Quotes the last four characters of what was done."""

    @staticmethod
    def _one(query: Query) -> Prediction:
        evidence = Evidence(query.outcome[-4:], "outcome", len(query.outcome) - 4)
        status = StatusPrediction("已完成", 0.9, False, "inferred", evidence)
        return Prediction(CategoryPrediction((Scored("其他", 1.0),)), status)


def test_evidence_behind_a_break_inside_a_table_cell(tmp_path: Path) -> None:
    row = "<tr><td>{}</td><td>{}</td><td>一是召开会议。<br>二是已印发制度{}项。</td></tr>"
    rows = "".join(row.format(n, what, n) for n, what in enumerate(("学习不深入", "台账不全", "会风不实"), 1))
    head = "<tr><td>序号</td><td>反馈问题</td><td>整改情况</td></tr>"
    page = f"<h1>某局党组关于巡察整改情况的通报</h1><table>{head}{rows}</table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (result,) = process(expand([tmp_path / "a.html"]), LastWords())
    source = read(tmp_path / "a.html").text
    spans = [record.evidence_span for record in result.records]
    assert [source[slice(*span)] for span in spans if span] == ["度1项。", "度2项。", "度3项。"]


def test_reviews_say_why(results: list[Result]) -> None:
    first, second = results[0].records
    assert first.listed_open
    assert "两类相近：理论学习 / 决策部署" in first.review_reasons
    assert "通报自列为尚未完成，正文判为已完成" in first.review_reasons
    assert not second.listed_open


def test_declared_totals_are_compared(results: list[Result]) -> None:
    notice = results[0].notice
    assert notice.declared is not None
    assert (notice.declared["problems"], notice.agrees) == (3, False)
    assert "自述问题3个，提取到2条" in notice.differences


@pytest.mark.parametrize(
    ("declared", "done", "under_way", "agrees"),
    [
        (Declared(completed=3, in_progress=1), 3, 1, True),
        (Declared(completed=3, in_progress=1), 4, 0, False),
        # what is counted apart as 长期坚持 may be finished or under way
        (Declared(completed=2, in_progress=1, long_term=1), 3, 1, True),
        (Declared(completed=2, in_progress=1, long_term=1), 2, 2, True),
        (Declared(completed=2, in_progress=1, long_term=1), 4, 0, False),
        (Declared(completed=2, long_term=2), 1, 3, False),
    ],
)
def test_matters_kept_up_may_have_any_status(
    results: list[Result], declared: Declared, done: int, under_way: int, agrees: bool
) -> None:
    notice = Notice(SourceText("甲.txt", ""), None, None, None, (), declared)
    first = results[0].records[0]
    statuses = ["已完成"] * done + ["正在整改"] * under_way
    records = [replace(first, status=status) for status in statuses]
    assert notice_record(notice, records).agrees is agrees


def test_windows_do_not_change_the_rows(tmp_path: Path) -> None:
    for n in range(7):
        (tmp_path / f"{n}.txt").write_text(NOTICE.replace("接待", f"接待{n}"), encoding="utf-8")
    whole, small = Labeller(), Labeller()
    rows = list(process(expand([tmp_path]), whole, Settings()))
    assert list(process(expand([tmp_path]), small, Settings(window=3))) == rows
    assert sum(whole.asked) == sum(small.asked) == 14
    assert len(small.asked) > len(whole.asked)


def test_without_a_labeller_labels_are_empty(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (result,) = process(expand([tmp_path]), None)
    assert {r.category for r in result.records} == {None}
    assert result.notice.statuses == {}


def test_a_slow_file_costs_itself_alone(tmp_path: Path) -> None:
    """Of two files for worker processes, one is too large to be read in the time that a file has."""
    (tmp_path / "a.html").write_text("<p>" + f"<p>{NOTICE}</p>" * 30_000, encoding="utf-8")
    (tmp_path / "b.txt").write_text(NOTICE, encoding="utf-8")
    sources = [Source(str(tmp_path / "a.html")), Source(str(tmp_path / "b.txt"))]
    outcomes = dict(read_notices(sources, Isolation(seconds=0.2)))
    assert isinstance(outcomes[sources[0]], ReadingError)
    assert "0.2 秒" in str(outcomes[sources[0]])
    assert not isinstance(outcomes[sources[1]], ReadingError)


def test_a_labeller_that_fails_on_one_file_costs_it_alone(tmp_path: Path) -> None:
    class Fussy(Labeller):
        def classify(self, queries: Sequence[Query]) -> list[Prediction]:
            if any("接待1" in query.problem for query in queries):
                raise ValueError("no")
            return super().classify(queries)

    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(NOTICE.replace("接待", f"接待{n}"), encoding="utf-8")
    results = list(process(expand([tmp_path]), Fussy()))
    assert [len(r.records) for r in results] == [2, 0, 2]
    assert "ValueError" in str(results[1].notice.error)


def test_a_damaged_model_ends_the_run_instead_of_every_notice(tmp_path: Path) -> None:
    class Damaged(Labeller):
        def classify(self, queries: Sequence[Query]) -> list[Prediction]:
            raise ModelError("模型文件应可载入")

    for n in range(2):
        (tmp_path / f"{n}.txt").write_text(NOTICE, encoding="utf-8")
    with pytest.raises(ModelError, match="应可载入"):
        list(process(expand([tmp_path]), Damaged()))


def test_a_file_whose_rows_cannot_be_made_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from zhenggai import pipeline

    made = pipeline.notice_record

    def faulty(notice: Notice, records: Sequence[Record]) -> NoticeRecord:
        return [][-1] if notice.source.notice.endswith("1.txt") else made(notice, records)

    monkeypatch.setattr(pipeline, "notice_record", faulty)
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(NOTICE, encoding="utf-8")
    results = list(process(expand([tmp_path]), Labeller()))
    assert [len(r.records) for r in results] == [2, 0, 2]
    assert "IndexError" in str(results[1].notice.error)


def test_items_that_cannot_be_sent_ahead_cost_their_file_alone(tmp_path: Path) -> None:
    class Ahead(Labeller):
        ahead = 1

        def begin(self, queries: Sequence[Query]) -> Callable[[], list[Prediction]]:
            raise ValueError("no")

        def classify(self, queries: Sequence[Query]) -> list[Prediction]:
            if any("接待1" in query.problem for query in queries):
                raise ValueError("no")
            return super().classify(queries)

    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(NOTICE.replace("接待", f"接待{n}"), encoding="utf-8")
    results = list(process(expand([tmp_path]), Ahead()))
    assert [len(r.records) for r in results] == [2, 0, 2]


def test_short_plain_text_has_a_time_limit_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("慢" + NOTICE, encoding="utf-8")

    def slow(source: SourceText) -> Notice:
        while source.text.startswith("慢"):
            pass
        return parse(source)

    monkeypatch.setattr("zhenggai.isolation.parse", slow)
    first, second = read_notices(expand([tmp_path]), Isolation(seconds=0.2))
    assert isinstance(first[1], Notice)
    assert first[1].items
    assert isinstance(second[1], ReadingError)
    assert "0.2 秒内没有读完" in str(second[1])


def test_an_absurdly_long_outcome_is_told_and_flagged(tmp_path: Path) -> None:
    log = "召开会议研究工作。\n" * 3_000
    (tmp_path / "a.txt").write_text(NOTICE.partition("2.关于")[0] + log, encoding="utf-8")
    (result,) = process(expand([tmp_path]), Labeller())
    assert "整改情况有" in result.notice.warnings[-1]
    assert "整改情况过长" in "".join(result.records[-1].review_reasons)
    assert len(result.records[-1].outcome) > 20_000


def test_evidence_span_leads_back_over_numbers_of_lines(tmp_path: Path) -> None:
    lines = NOTICE.replace("整改情况：正在清退。", "整改情况：对全部31笔逐一核对，\n已清退31笔。").split("\n")
    blank = ["某局通报", "2021年5月7日", "一、总体情况", "二、存在问题", "三、工作打算"]
    text = "\n".join(f"{n:4}  {line}" for n, line in enumerate([*lines, *blank], 1))
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (result,) = process(expand([tmp_path / "a.txt"]), WholeOutcome())
    record = result.records[1]
    assert record.evidence_span is not None
    assert text[slice(*record.evidence_span)].startswith("整改情况：对")
    assert "已清退31笔" in text[slice(*record.evidence_span)]
