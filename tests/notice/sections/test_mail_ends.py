"""What stands below a mail or an article of a public account is no part of the last answer."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

NOTICE = """中共某县水务局党组关于巡察整改情况的通报
一、整改情况
1.理论学习不够深入。
整改情况：制定年度学习计划，组织集中学习12次。
2.党费收缴不规范。
整改情况：已补缴党费2300元，建立台账1本。
"""
LAST = "整改情况：已补缴党费2300元，建立台账1本。"
HEADERS = "发件人: 李某 <li@x.cn>\n发送时间: 2022年6月1日(星期三)\n收件人: 张某\n主题: 整改通报"


def last_outcome(below: str) -> str:
    items = parse(SourceText("n.txt", NOTICE + below + "\n")).items
    assert len(items) == 2
    return items[-1].outcome


@pytest.mark.parametrize(
    "below",
    [
        "发自我的iPhone",
        "发自我的华为手机",
        "从 Windows 版邮件发送",
        "Sent from my iPhone",
        "--\n张某\n某县水务局办公室",
        "此致\n敬礼",
        "------------------ 原始邮件 ------------------\n" + HEADERS,
        HEADERS + "\n请将整改通报发我。",
        "On 2022-06-01, Li wrote:\n> 请将整改通报发我。",
        "发自我的iPhone\n\n> 在 2022年6月1日，李某写道：\n> 请发我。",
    ],
)
def test_mails(below: str) -> None:
    assert last_outcome(below) == LAST


@pytest.mark.parametrize(
    "below",
    [
        "阅读原文",
        "在看",
        "分享 收藏 点赞 在看",
        "喜欢此内容的人还喜欢",
        "编辑｜王某",
        "编辑 | 王某\n审核 | 赵某",
        "图文：王某  编辑：赵某",
        "初审：张某 复审：李某 终审：王某",
        "来源：某县水务局",
        "扫码关注我们",
        "长按识别二维码关注",
        "微信扫一扫\n关注该公众号",
        "上一篇：关于开展节水宣传的通知\n下一篇：关于停水的公告",
    ],
)
def test_articles_of_public_accounts(below: str) -> None:
    assert last_outcome(below) == LAST


@pytest.mark.parametrize(
    "answer",
    [
        "审核：发现问题12个，全部退回。",
        "扫码关注人数由120人增至860人。",
        "在看守所设立党小组1个。",
        "从县财政局协调资金后发出补助12万元。",
    ],
)
def test_answers_stay(answer: str) -> None:
    assert last_outcome(answer).endswith(answer)


def test_a_notice_below_the_header_of_a_mail_is_read() -> None:
    notice = parse(SourceText("n.txt", f"请查收。\n{HEADERS}\n{NOTICE}"))
    assert [item.problem for item in notice.items] == ["理论学习不够深入", "党费收缴不规范"]
