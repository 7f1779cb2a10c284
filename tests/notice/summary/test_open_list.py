"""What a notice names as still open, in a list of its own or in a sentence, and what only looks so."""

from __future__ import annotations

import pytest

from zhenggai.notice import parse
from zhenggai.notice.model import SourceText

MAIN = """某镇党委关于巡察整改进展情况的通报
一、组织情况
召开会议3次。
二、具体问题整改进展
1.禁捕退捕工作有漏洞，偷捕屡禁不止。
整改措施及成效：组建32人的护渔队，配备无人机2架。
2.耕地“非粮化”整治不力，复耕任务未完成。
整改措施及成效：应复耕2180亩，已复耕730亩，剩余地块工作组仍在做工作。
3.易地扶贫搬迁后续扶持不足，搬迁群众就业难。
整改措施及成效：引进扶贫车间2家，吸纳就业134人，剩余19户正在介绍外出务工。
4.干部走读现象严重，服务群众意识淡化。
整改措施及成效：进一步加强干部管理，严明工作纪律。
5.村级债务居高不下，违规举债问题仍然存在。
整改措施及成效：已化解485万元，其余债务将逐年消化。
"""


def read(closing: str) -> tuple[int, list[int]]:
    """How many items there are, and which of them are named as open."""
    items = parse(SourceText("a.txt", MAIN + closing)).items
    return len(items), [item.index for item in items if item.listed_open]


@pytest.mark.parametrize(
    "closing",
    [
        "三、尚未完成整改的问题\n1.耕地“非粮化”整治。\n2.易地搬迁后续扶持。\n3.村级债务化解。",
        "三、需长期坚持和尚未完成的整改事项\n1.耕地复耕任务问题。未完成原因：补偿要求高。下一步措施：做好工作。\n"
        "2.村级债务化解问题。未完成原因：收入少。下一步：逐年消化。\n3.易地搬迁后续扶持问题。",
        "三、尚未完成整改的问题\n1.耕地“非粮化”整治不力。滞后原因：要求高。下一步打算：加大力度。\n"
        "2.易地搬迁后续扶持不足。滞后原因：产业少。下一步打算：争取项目。\n3.村级债务居高不下。滞后原因：收入少。",
        "三、尚未完成的整改事项\n（一）耕地复耕\n1.原因：补偿要求高。\n2.下一步措施：做好工作。\n"
        "（二）易地搬迁后续扶持\n1.原因：产业少。\n（三）村级债务化解\n1.原因：收入少。",
        "三、正在推进整改的问题\n耕地“非粮化”整治不力：下一步将与农户签订协议。\n易地搬迁后续扶持不足：继续介绍务工。\n"
        "村级债务居高不下：逐年消化。",
        "三、需进一步整改的问题\n一是耕地“非粮化”整治不力问题，将于年底前完成；二是搬迁群众就业难的问题，继续介绍务工；"
        "三是村级债务居高不下的问题，逐年消化。",
        "三、努力方向\n尚未完成整改的问题：耕地“非粮化”整治；易地搬迁后续扶持；村级债务化解。",
        "三、努力方向\n尚未完成整改的问题：1.耕地“非粮化”整治不力的问题。2.易地搬迁后续扶持不足的问题。"
        "3.村级债务居高不下的问题。",
        "三、努力方向\n以下问题尚未完成整改，将继续加大力度：（1）耕地整治；（2）易地搬迁后续扶持；（3）村级债务化解。",
        "三、努力方向\n以下问题尚未完成整改：\n1.耕地“非粮化”整治；\n2.易地搬迁后续扶持；\n3.村级债务化解。",
        "三、努力方向\n仍有3个问题未整改到位，分别是：耕地“非粮化”整治、易地搬迁后续扶持、村级债务化解。",
        "三、下一步\n对村级债务化解、易地搬迁后续扶持、耕地复耕等尚未全面完成的任务，持续攻坚。",
        "三、下一步\n对耕地复耕、村级债务化解、易地搬迁后续扶持等需要较长时间整改的事项，紧盯不放。",
    ],
)
def test_open_matters_are_known_in_any_form(closing: str) -> None:
    assert read(closing) == (5, [2, 3, 5])


@pytest.mark.parametrize(
    "closing",
    [
        "三、下一步\n对尚未完成整改的问题，做到“三个到位”：一是思想认识到位；二是责任落实到位。",
        "三、下一步\n对尚未整改到位的问题：一是加大耕地整治力度；二是做好后续扶持工作。",
        "三、下一步\n对已完成的村级债务化解任务开展“回头看”；对需要长期整改的，持续跟踪问效。",
    ],
)
def test_what_is_to_be_done_names_no_open_matter(closing: str) -> None:
    assert read(closing) == (5, [])


def test_open_problems_of_a_part_of_their_own_stay_items() -> None:
    """They were not stated before, though nothing but reasons and plans follows them."""
    part = "三、尚未完成整改的问题\n1.集镇污水管网建设滞后。\n原因：资金不足。\n下一步措施：年内完工。\n"
    part += "2.撂荒地治理不力。\n原因：劳力外出。\n下一步措施：流转土地。"
    assert read(part) == (7, [])


def test_a_short_name_is_found_in_the_one_outcome_that_has_its_words() -> None:
    assert read("三、下一步\n对引进扶贫车间等尚在推进的任务，加大力度。") == (5, [3])
    assert read("三、下一步\n对整改措施落实等尚在推进的任务，加大力度。") == (5, [])


SHORTENED = """三、需要进一步整改的事项及措施
（一）关于耕地整治不力的问题。下一步将与农户签订协议，于年底前完成剩余复耕。
（二）关于搬迁群众就业难的问题。继续介绍剩余19户外出务工。
（三）关于村级债务居高不下的问题。配合财政所抓好逐年消化。
"""


def test_open_matters_in_fewer_words_than_before_are_no_new_items() -> None:
    assert read(SHORTENED) == (5, [2, 3, 5])
    assert read(SHORTENED.replace("）关于", "）")) == (5, [2, 3, 5])


def test_problems_of_an_open_part_in_words_of_their_own_stay_items() -> None:
    part = SHORTENED.replace("耕地整治不力", "集镇污水管网建设滞后")
    part = part.replace("搬迁群众就业难", "撂荒地治理不力").replace("村级债务居高不下", "农贸市场环境脏乱")
    assert read(part) == (8, [])


THREE = (
    "关于巡察整改进展情况的通报\n二、巡察反馈问题整改情况\n1.耕地“非农化”问题整治不力\n整改217个。\n"
    "2.历史遗留矿山生态修复进展迟缓\n修复图斑14个。\n3.违规提供担保\n解除担保5笔。\n"
)


def open_items(text: str) -> list[int]:
    return [item.index for item in parse(SourceText("", THREE + text)).items if item.listed_open]


def test_a_table_of_open_matters_names_them_in_its_first_column_of_words() -> None:
    table = (
        "三、尚未完成整改的事项及下一步措施\n序号\t尚未完成整改事项\t下一步措施\t完成时限\n"
        "1\t耕地“非农化”问题整治\t对剩余46个问题逐宗销号\t2023年6月\n"
        "2\t历史遗留矿山生态修复\t加快施工进度\t2025年12月\n"
    )
    assert open_items(table) == [1, 2]
    assert parse(SourceText("", THREE + table)).warnings == ()
    assert open_items(table.replace("尚未完成整改", "已完成整改")) == []


def test_a_sentence_of_the_closing_list_calls_several_matters_problems() -> None:
    title = "三、需长期整改和持续推进的问题\n"
    named = "“非农化”整治问题，历史遗留矿山生态修复问题，以及违规提供担保问题，"
    assert open_items(f"{title}{named}将一抓到底，确保如期完成整改。\n") == [1, 2, 3]
    assert open_items(f"{title}{named}已全部完成整改。\n") == []
