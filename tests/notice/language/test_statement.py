from __future__ import annotations

import pytest

from zhenggai.notice.language.statement import find_wrapped, is_generic, unwrap


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("关于“学习不深入”的问题", "学习不深入"),
        ("针对“班子成员‘四个意识’树得不够牢”的问题。", "班子成员‘四个意识’树得不够牢"),
        ("关于“学习不深入”问题的整改落实情况", "学习不深入"),
        ("关于学习不深入的问题", "学习不深入"),
        ("针对发展党员程序不规范的问题。", "发展党员程序不规范"),
        ("整改任务：维稳措施落实不力。", "维稳措施落实不力"),
        ("反馈问题：落实责任不到位", "落实责任不到位"),
        ("针对“关于‘一岗双责’落实不到位”的问题", "‘一岗双责’落实不到位"),
        ("“三会一课”制度落实不到位。", "“三会一课”制度落实不到位"),
        ("意识形态工作重视不够。", "意识形态工作重视不够"),
        ("关于“甲不深入。乙有差距”的问题", "甲不深入。乙有差距"),
        ("关于政治理论学习不实的整改情况。", "政治理论学习不实"),
        ("就“学习不深入”的问题", "学习不深入"),
        ("就履行主体责任不力的问题", "履行主体责任不力"),
        ("对于年轻干部培养不够的问题", "年轻干部培养不够"),
        ("针对巡视组指出的学习不深入的问题", "学习不深入"),
        ("关于第1个问题，即产教融合停留在协议层面。", "产教融合停留在协议层面"),
        ("针对反馈意见第3条“学习不深入”的问题", "学习不深入"),
        ("第2个问题即学习不深入。", "学习不深入"),
        ("解决食盐储备不足、应急保供能力弱问题。", "食盐储备不足、应急保供能力弱"),
        ("着力解决宿舍漏水的突出问题", "宿舍漏水"),
        ("解决群众诉求不及时", "解决群众诉求不及时"),
        # words that begin like a wrapper
        ("就医流程不优化，群众排队时间长。", "就医流程不优化，群众排队时间长"),
        ("就地解决矛盾能力不强。", "就地解决矛盾能力不强"),
        ("针对性不强，培训效果差。", "针对性不强，培训效果差"),
        ("对照检查材料撰写不认真。", "对照检查材料撰写不认真"),
        ("关于就业援助不精准，台账不实的问题。", "就业援助不精准，台账不实"),
        ("关于在建工程管理混乱的问题", "在建工程管理混乱"),
        ("关于巡察工作质量不高的问题", "巡察工作质量不高"),
        ("关于巡察发现问题整改不力的问题", "巡察发现问题整改不力"),
        ("关于发现培养年轻干部力度不够的问题", "发现培养年轻干部力度不够"),
        # a weak preposition without the tail of a wrapper
        ("对于年轻干部培养不够。", "对于年轻干部培养不够"),
    ],
)
def test_unwrap(text: str, stated: str) -> None:
    statement = unwrap(text)
    assert text[statement.start : statement.end] == stated


@pytest.mark.parametrize(
    ("text", "stated", "answer"),
    [
        ("针对制度不健全的问题。我中心于2021年6月制定", "制度不健全", "我中心于2021年6月制定"),
        ("关于“问题清单不实”的问题，已重新梳理", "问题清单不实", "已重新梳理"),
        ("关于理论学习标准不够高问题。一是紧扣要求", "理论学习标准不够高", "一是紧扣要求"),
        ("针对第1个问题“武装不扎实”，镇党委修订", "武装不扎实", "镇党委修订"),
        ("针对第7个问题“个别问题没改到位”，关于产权登记问题，因", "个别问题没改到位", "关于产权登记问题，因"),
        (
            "针对决策制度执行不严格，以会前沟通代替集体研究，一是修订清单，明确须经集体研究的事项。二是自查。",
            "决策制度执行不严格，以会前沟通代替集体研究",
            "一是修订清单，明确须经集体研究的事项。二是自查。",
        ),
    ],
)
def test_find_wrapped(text: str, stated: str, answer: str) -> None:
    found = find_wrapped(text)
    assert found is not None
    assert text[found.start : found.end] == stated
    assert text[found.whole_end :] == answer


def test_find_wrapped_wants_a_wrapper() -> None:
    assert find_wrapped("召开会议研究问题。") is None


@pytest.mark.parametrize("text", ["上述", "巡察组反馈的", "存在的", "这些"])
def test_generic(text: str) -> None:
    assert is_generic(text)


def test_a_stated_problem_is_not_generic() -> None:
    assert not is_generic("学习不深入")


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("关于企业改制遗留问题。继续与职工协商。", "企业改制遗留问题"),
        ("关于企业改制遗留问题。", "企业改制遗留问题"),
        ("关于企业改制遗留的问题。", "企业改制遗留"),
        ("关于“企业改制遗留问题多”的问题。", "企业改制遗留问题多"),
    ],
)
def test_a_legacy_problem_keeps_its_noun(text: str, stated: str) -> None:
    found = find_wrapped(text) or unwrap(text)
    assert text[found.start : found.end] == stated
    whole = unwrap(text.split("。")[0])
    assert text[whole.start : whole.end] == stated


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("记录不规范的问题", "记录不规范"),
        ("存在项目推进拖沓的问题。", "项目推进拖沓"),
        ("群众反映强烈的问题", "群众反映强烈的问题"),
        ("巡察反馈的问题", "巡察反馈的问题"),
    ],
)
def test_the_tail_of_a_wrapper_without_its_lead(text: str, stated: str) -> None:
    found = unwrap(text)
    assert text[found.start : found.end] == stated
