"""Records for the tests of ledger, report and review, and strategies that make any."""

from __future__ import annotations

import dataclasses

from hypothesis import strategies as st

from zhenggai.ledger.record import NoticeRecord, Record

NOTICE = NoticeRecord(
    notice="通报/甲局.txt",
    title="中共甲局党组关于巡察整改进展情况的通报",
    unit="中共甲局党组",
    published="2021-03-15",
    encoding="gb18030",
    characters=5321,
    items=2,
    statuses={"已完成": 1, "正在整改": 1},
    categories={"财经纪律": 1, "基层党建": 1},
    declared={"problems": 2, "completed": 2, "quote": "反馈的2个问题，已全部完成整改。"},
    agrees=False,
    differences=("自述完成 2 个，正文可见 1 个",),
    warnings=("第 3 段编号重复",),
)

RECORD = Record(
    notice="通报/甲局.txt",
    title="中共甲局党组关于巡察整改进展情况的通报",
    unit="中共甲局党组",
    published="2021-03-15",
    item=1,
    number="（1）",
    path=("一、党的领导方面", "（一）财务管理不规范"),
    problem="往来款长期挂账未清理",
    problem_span=(120, 130),
    outcome="一是清理往来款12笔，收回资金35万元。\n二是其余3笔正在通过诉讼追缴。",
    outcome_spans=((131, 150), (151, 166)),
    category="财经纪律",
    category_score=0.912345678,
    also=("廉洁纪律",),
    categories=({"label": "财经纪律", "score": 0.912345678}, {"label": "国有资产", "score": 0.05}),
    theme="落实全面从严治党战略部署",
    status="基本完成",
    status_score=0.55,
    long_term=False,
    status_source="inferred",
    evidence="其余3笔正在通过诉讼追缴",
    evidence_span=(153, 165),
    listed_open=True,
    needs_review=True,
    review_reasons=("两类相近：财经纪律 / 国有资产",),
    deadline="2021年6月底",
    responsible="财务科",
)

OPEN = dataclasses.replace(
    RECORD,
    item=2,
    number=None,
    path=(),
    problem="组织生活会记录不规范",
    outcome="",
    outcome_spans=(),
    category=None,
    category_score=None,
    also=(),
    categories=(),
    theme=None,
    status=None,
    status_score=None,
    long_term=None,
    status_source=None,
    evidence="",
    evidence_span=None,
    listed_open=False,
    needs_review=False,
    review_reasons=(),
    deadline=None,
    responsible=None,
)

# What XML, Excel, CSV readers and Python's own line splitting trip over.
AWKWARD = (
    "",
    "'",
    "''x",
    "=1+1",
    "+86",
    "-3",
    "@x",
    "\t=1",
    "\r\n行",
    "＝全角",
    ' "引号",逗号 ',
    "a\x00b\x0b\x1f",
    "_x0041_",
    "_x005F_x0041_",
    "_x0041\x0b",
    "_\u200bx0041_",
    "__x0041_x0041_",
    "\x0bx0041_",
    "<r>富文本</r>",
    "<r>",
    "\u200b<r>x</r>",
    "x\u2028y\x85z",
    "true",
    "123",
    "1e5",
    "[]",
    "{",
    "𠀀" * 3,
    "  ",
    "</script><b>",
)

texts = st.one_of(
    st.sampled_from(AWKWARD),
    # Cs: halves of surrogate pairs; U+FFFE and U+FFFF are no XML characters.
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"), max_size=12),
)
scores = st.floats(0, 1).map(lambda value: round(value, 6))
spans = st.tuples(st.integers(0, 10**7), st.integers(0, 10**7))
counts = st.dictionaries(texts, st.integers(0, 10**6), max_size=3)


def lists(values: st.SearchStrategy) -> st.SearchStrategy:
    return st.lists(values, max_size=3).map(tuple)


records = st.builds(
    Record,
    notice=texts,
    title=st.none() | texts,
    unit=st.none() | texts,
    published=st.none() | texts,
    item=st.integers(1, 10**6),
    number=st.none() | texts,
    path=lists(texts),
    problem=texts,
    problem_span=spans,
    outcome=texts,
    outcome_spans=lists(spans),
    category=st.none() | texts,
    category_score=st.none() | scores,
    also=lists(texts),
    categories=lists(st.fixed_dictionaries({"label": texts, "score": scores})),
    theme=st.none() | texts,
    status=st.none() | texts,
    status_score=st.none() | scores,
    long_term=st.none() | st.booleans(),
    status_source=st.sampled_from([None, "explicit", "inferred", "none"]),
    evidence=texts,
    evidence_span=st.none() | spans,
    listed_open=st.booleans(),
    needs_review=st.booleans(),
    review_reasons=lists(texts),
    deadline=st.none() | texts,
    responsible=st.none() | texts,
)
declared = st.dictionaries(texts, st.integers(0, 999) | texts, max_size=3)
notices = st.builds(
    NoticeRecord,
    notice=texts,
    title=st.none() | texts,
    unit=st.none() | texts,
    published=st.none() | texts,
    encoding=st.none() | texts,
    characters=st.integers(0, 10**8),
    items=st.integers(0, 10**6),
    statuses=counts,
    categories=counts,
    declared=st.none() | declared,
    agrees=st.none() | st.booleans(),
    differences=lists(texts),
    warnings=lists(texts),
    error=st.none() | texts,
)
