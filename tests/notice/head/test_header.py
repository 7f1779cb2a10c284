"""Title, body and date of a notice."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse
from zhenggai.notice.head.header import read_unit
from zhenggai.notice.head.published import read_published
from zhenggai.notice.reading import read

TITLE = "中共某县水务局党组关于巡察整改情况的通报"
BODY = "1.学习不深入。\n整改情况：已开展学习3次。"


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("某集团有限公司党委巡视反馈问题整改情况一览表", "某集团有限公司党委"),
        ("中共某大学委员会省委巡视反馈意见整改情况公开台账", "某大学委员会"),
        ("【公示】清河社区党委关于巡察整改进展情况的公示", "清河社区党委"),
        ("整改进行时｜双桥街道党工委巡察整改进展情况公示", "双桥街道党工委"),
        ("关于市委第二巡察组巡察某台党委反馈意见整改落实情况的通报", "某台党委"),
        ("市委巡察三组对中共某局党组反馈意见整改情况的通报", "某局党组"),
        ("关于县委第一巡察组对我局反馈意见整改情况的通报", None),
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
        ("公示期：2022年6月15日—2022年6月21日", "", None),
        ("公示时间：2022年6月15日至6月21日，共5个工作日", "2022年6月14日", "2022-06-14"),
        ("", "公示时间：2022.06.15-2022.06.21", None),
        ("", "公示日期：2022/6/15～2022/6/21", None),
        ("公示时间：2022年6月15日", "", "2022-06-15"),
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


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("关于市委第四巡察组反馈意见整改落实情况的通报\n——中共云澜市中医医院委员会", "云澜市中医医院委员会"),
        (
            "关于市委第四巡察组反馈意见整改落实情况的通报\n（中共云澜市中医医院委员会）",
            "云澜市中医医院委员会",
        ),
        ("关于市委第九巡察组巡察反馈意见整改落实情况的公示", None),
        (
            "关于省委巡视组反馈意见整改情况的报告\n根据安排，省委第二巡视组对省粮食局党组开展了巡视。",
            "省粮食局党组",
        ),
        ("党的领导方面问题整改清单", None),
        ("中共某县县委关于县委第二巡察组反馈意见整改情况的通报", "某县县委"),
    ],
)
def test_the_body_that_inspected_published_nothing(head: str, unit: str | None) -> None:
    notice = parse(SourceText("n.txt", f"{head}\n1.学习不深入。\n整改情况：集中学习12次。"))
    assert notice.unit == unit


@pytest.mark.parametrize(
    "head", ["内部资料　注意保存", "内部文件 请勿外传", "红旗林场工作简报　2023年第12期"]
)
@pytest.mark.parametrize(
    "body",
    ["1.学习不深入。\n整改情况：集中学习12次。", "序号\t反馈问题\t整改措施\n1\t学习不深入\t集中学习12次。"],
)
def test_the_head_of_a_page_is_neither_title_nor_problem(head: str, body: str) -> None:
    title = "中共石桥镇委员会巡察反馈问题整改情况一览表"
    notice = parse(SourceText("n.txt", f"{head}\n{title}\n{body}"))
    assert notice.title == title
    assert notice.unit == "石桥镇委员会"
    assert [item.problem for item in notice.items] == ["学习不深入"]


def test_answers_by_field_have_their_field_above_them() -> None:
    text = (
        "江北理工职业学院党委关于省委巡视整改进展情况的报告\n一、关于落实立德树人根本任务方面的整改情况\n"
        "（1）思政课教师配备不足。\n整改落实情况：招聘专职教师7名。\n二、关于落实全面从严治党责任方面的整改情况\n"
        "（1）学生食堂招标监管缺位。\n整改落实情况：重新组织公开招标，3家企业中标。\n"
    )
    assert [item.path for item in parse(SourceText("n.txt", text)).items] == [
        ("一、关于落实立德树人根本任务方面的整改情况",),
        ("二、关于落实全面从严治党责任方面的整改情况",),
    ]


def test_the_title_of_the_only_main_part_is_above_nothing() -> None:
    text = (
        "某局党组关于巡察整改进展情况的通报\n一、关于组织领导方面的情况\n召开会议3次。\n"
        "二、关于巡察反馈问题方面的整改情况\n（1）学习不深入。\n整改情况：集中学习12次。\n"
    )
    assert [item.path for item in parse(SourceText("n.txt", text)).items] == [()]


def test_navigation_is_no_title() -> None:
    title = "中共某财经大学委员会关于巡视整改情况的通报"
    text = f"某财经大学\n本站首页 | 学校概况 | 院系设置 | 信息公开\n{title}\n正文。"
    assert parse(SourceText("n.txt", text)).title == title


def test_title_before_a_space_in_one_paragraph() -> None:
    text = (
        "中共某市司法局党组关于巡察整改阶段性情况的通报  发布日期：2022-10-18 来源：市司法局 【打印】 "
        "根据市委巡察工作安排，市委巡察组对局党组进行了巡察。"
    )
    assert parse(SourceText("n.txt", text)).title == "中共某市司法局党组关于巡察整改阶段性情况的通报"


@pytest.mark.parametrize(
    ("title", "below", "unit"),
    [
        ("关于市委提级巡察反馈问题整改情况的通报", "（某城投有限责任公司党委）", "某城投有限责任公司党委"),
        ("关于党委巡视反馈意见整改情况的公告", "（某职业技术学院党委  2021年3月）", "某职业技术学院党委"),
        ("关于省委第五轮巡视整改情况的通报", "（中共某县委员会）", "某县委员会"),
        ("关于县委常规巡察整改情况的通报", "正文。", None),
        ("中共某县委关于巡视整改情况的通报", "正文。", "某县委"),
    ],
)
def test_kinds_of_inspection_are_no_units(title: str, below: str, unit: str | None) -> None:
    assert parse(SourceText("n.txt", f"{title}\n{below}\n")).unit == unit


@pytest.mark.parametrize("head", ["某县水务局信息公开", "清河镇党务公开", "某县政务公开\n公告公示"])
def test_the_name_of_a_site_is_no_title(head: str) -> None:
    assert parse(SourceText("x.txt", f"{head}\n{TITLE}\n{BODY}")).title == TITLE


@pytest.mark.parametrize("running", ["某县水务局巡察整改通报", "某县水务局 巡察整改情况汇编材料"])
def test_the_head_of_every_page_is_neither_title_nor_answer(running: str) -> None:
    body = "".join(f"{n}.问题{n}落实不到位。\n整改情况：已学习{n}次。\n{running}\n" for n in range(1, 5))
    notice = parse(SourceText("x.txt", f"{running}\n{TITLE}\n{body}"))
    assert notice.title == TITLE
    assert [item.outcome for item in notice.items] == [f"整改情况：已学习{n}次。" for n in range(1, 5)]


def test_a_title_that_is_the_head_of_every_page_stays() -> None:
    body = "".join(f"{n}.问题{n}落实不到位。\n整改情况：已学习{n}次。\n{TITLE}\n" for n in range(1, 5))
    notice = parse(SourceText("x.txt", f"{TITLE}\n{body}"))
    assert notice.title == TITLE
    assert notice.items[0].outcome == "整改情况：已学习1次。"


@pytest.mark.parametrize("day", ["2022-06-15 10:22", "发布时间：2022年6月15日", "（2022年6月15日）"])
def test_title_and_day_are_no_headings(day: str) -> None:
    lines = ["1.学习不深入", "已学习12次。", "2.党费收缴不规范", "已补缴。"]
    page = f"<h2>{TITLE}</h2><h2>{day}</h2>" + "".join(f"<p>{line}</p>" for line in lines)
    notice = parse(read("x.html", f"<html><body><div>{page}</div></body></html>".encode()))
    assert [item.path for item in notice.items] == [(), ()]


@pytest.mark.parametrize(
    ("broken", "unit"),
    [
        ("中共某县林业局党组关于县委巡察整改进展情况\n的通报", "某县林业局党组"),
        (
            "中共某县农村商业银行股份有限公司委员会关于巡\n察整改进展情况的通报",
            "某县农村商业银行股份有限公司委员会",
        ),
        ("中共某县林业局党组\n关于县委巡察整改进展情况\n的通报", "某县林业局党组"),
        ("中共某县林业局党组关于落实县委第二\n巡察组反馈意见整改进展情况的\n通报", "某县林业局党组"),
        ("某县林业局党组关于落实县委巡察组\n反馈意见整改情况的公示", "某县林业局党组"),
    ],
)
def test_a_title_over_several_lines(broken: str, unit: str) -> None:
    body = "2024年2月，县委巡察组开展了巡察，现公布如下。\n一、整改情况\n1.学习不深入\n整改情况：学习3次。\n"
    text = f"{broken}\n{body}"
    notice = parse(SourceText("n.txt", text))
    assert (notice.title, notice.unit) == (broken.replace("\n", ""), unit)
    assert [item.problem for item in notice.items] == ["学习不深入"]
