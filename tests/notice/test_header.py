"""Title, body and date of a notice."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.header import read_unit
from zhenggai.notice.published import read_published

TITLE = "中共某县水务局党组关于巡察整改情况的通报"
BODY = "1.学习不深入。\n整改情况：已开展学习3次。"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("某集团有限公司党委巡视反馈问题整改情况一览表", "某集团有限公司党委"),
        ("中共某大学委员会省委巡视反馈意见整改情况公开台账", "某大学委员会"),
        ("【公示】清河社区党委关于巡察整改进展情况的公示", "清河社区党委"),
        ("整改进行时｜双桥街道党工委巡察整改进展情况公示", "双桥街道党工委"),
        ("关于巡视整改进展情况的报告", None),
        (TITLE, "某县水务局党组"),
    ],
)
def test_unit(title: str, unit: str | None) -> None:
    assert read_unit(title) == unit


@pytest.mark.parametrize(
    ("above", "below", "published"),
    [
        ("发布时间：2022-06-15 来源：办公室", "2022年6月10日", "2022-06-15"),
        ("2022-06-15　字体：大 中 小", "", "2022-06-15"),
        ("原创 某局 2022-06-15 18:02 发表于重庆", "", "2022-06-15"),
        ("", "２０２２年５月２０日", "2022-05-20"),
        # other dates
        ("2021年9月6日至11月12日，县委第二巡察组对我局进行了巡察。", "2022年6月15日", "2022-06-15"),
        ("2021年9月6日，县委巡察组向我局反馈了意见。", "", None),
        ("（截至2022年5月31日）", "2022年6月15日", "2022-06-15"),
        ("填报单位：某局\t\t截止日期：2022年5月31日", "", None),
        ("1.1 于2022年5月3日召开党委会。", "", None),
        # under the signature
        ("", "中共桃源乡委员会　2021年7月26日\n【打印本页】　【关闭窗口】", "2021-07-26"),
        ("", "公示单位：某局党组 公示日期：2022年11月4日", "2022-11-04"),
        ("", "联系人：周老师。中共某县城关小学支部委员会2022年9月20日", "2022-09-20"),
        ("", "二〇二二年九月一日", "2022-09-01"),
    ],
)
def test_published(above: str, below: str, published: str | None) -> None:
    texts = [TITLE, *filter(None, [above, *BODY.split("\n"), *below.split("\n")])]
    assert read_published(texts, TITLE) == published


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("中 共 某 县 水 务 局 党 组\n关 于 巡 察 整 改 情 况 的 通 报\n" + BODY, TITLE),
        ("2021-12-30　字体：大 中 小\n按照要求，现将整改情况公开。\n" + BODY, None),
        (f"{TITLE}　根据县委部署，2022年5月，县委巡察组进行了巡察，反馈了意见。" * 3, TITLE),
        ("序号\t问题\t整改情况\n1\t学习不深入\t已学习。\n", None),
    ],
)
def test_title(text: str, title: str | None) -> None:
    assert parse(SourceText("a.txt", text)).title == title


@pytest.mark.parametrize(
    ("below", "unit"),
    [
        ("（江南省盐业集团有限责任公司党委）", "江南省盐业集团有限责任公司党委"),
        ("2022年3月，县委第三巡察组对县第二中学党委开展了巡察。", "县第二中学党委"),
        ("2022年3月，县委第三巡察组对我校党委开展了巡察。", None),
    ],
)
def test_unit_below_a_title_that_names_none(below: str, unit: str | None) -> None:
    text = f"关于巡察整改落实情况的公示\n{below}\n{BODY}"
    assert parse(SourceText("x.txt", text)).unit == unit
