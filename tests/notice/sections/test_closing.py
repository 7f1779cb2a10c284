"""A general paragraph behind the last item, without a heading of its own, is no part of its answer."""

from __future__ import annotations

import pytest

from zhenggai.notice import SourceText, parse

NOTICE = """中共某县水利局党组关于巡察整改进展情况的通报
一、履行整改主体责任情况
局党组召开专题会议研究部署。
二、巡察反馈问题整改情况
（一）落实党的理论路线方针政策方面
1.理论学习不够深入。
整改情况：制定年度学习计划，组织集中学习12次。
（二）全面从严治党方面
2.党费收缴不规范。
整改情况：已补缴党费2300元。
{answer}{closing}
欢迎广大干部群众对巡察整改落实情况进行监督。联系方式：电话0000-1234567。
"""


def last_outcome(closing: str, answer: str = "") -> str:
    notice = parse(SourceText("n.txt", NOTICE.format(closing=closing, answer=answer)))
    assert [item.problem for item in notice.items] == ["理论学习不够深入", "党费收缴不规范"]
    return notice.items[-1].outcome


@pytest.mark.parametrize(
    "closing",
    [
        "下一步，县水利局党组将持续抓好巡察整改后续工作，确保按期完成。",
        "经过集中整改，我局巡察整改工作取得了阶段性成效。下一步，局党组将继续努力。",
        "通过三个月的努力，整改工作取得明显成效，但与县委要求相比仍有差距。",
        "下一步，县审计局将按照县委、县政府要求，持续跟踪督促整改。",
        "我们将以此次巡察整改为契机，持续抓好后续工作。",
        "县水利局党组将坚持以习近平新时代中国特色社会主义思想为指导，继续抓好巡察整改后续工作。",
        "巡察整改工作虽然取得了一定成效，但全面从严治党永远在路上。",
        "对照问题清单，我局还要持续发力，确保问题真改实改。",
        "对照反馈意见，我们还需进一步加大力度，把整改引向深入。下一步，局党组将压实责任。",
        "整改永远在路上，我局将以更高标准推进。",
        "总的来看，巡察整改取得了阶段性成果。\n一是持续强化理论武装。\n二是持续巩固整改成果。",
        "经过集中整改，各项工作有序推进，整改工作成效明显。\n（一）提高政治站位。\n（二）强化责任担当。",
    ],
)
def test_it_is_left_out(closing: str) -> None:
    assert last_outcome(closing) == "整改情况：已补缴党费2300元。"


@pytest.mark.parametrize(
    "answer",
    [
        "下一步，将严格按照规定收缴党费，每季度公示一次。",
        "我局将加强对党费收缴的日常监督。",
        "对照问题清单，我局将32名党员的党费逐一核算补缴。",
        "经过集中清理，全局32名党员的党费已全部补缴到位。",
        "局党组将党费收缴情况纳入年度考核。",
    ],
)
def test_what_answers_the_problem_stays(answer: str) -> None:
    assert last_outcome(answer).endswith(answer)


def test_points_of_the_answer_before_it_stay() -> None:
    answer = "一是建立台账。\n二是每季度公示。\n"
    outcome = last_outcome("下一步，我局将继续抓好巡察整改工作。", answer)
    assert outcome.endswith("二是每季度公示。")


@pytest.mark.parametrize(
    "closing",
    [
        "在今后工作中，我们将进一步巩固整改成果，推动各项事业高质量发展。特此报告。",
        "今后的工作中，局党组将持续用力。",
        "说明：本公示所列2个问题中，已完成1个，正在推进1个。",
        "巡察整改只有进行时，没有完成时。下一步，局党组将按照县委要求，驰而不息抓整改。",
        "整改工作永远在路上。下一步，局党组将持续抓好巡察整改后续工作。以上报告，请审示。",
    ],
)
def test_other_closings(closing: str) -> None:
    assert last_outcome(closing) == "整改情况：已补缴党费2300元。"


def test_a_closing_that_runs_on_in_the_paragraph_of_the_last_item() -> None:
    answers = "（一）关于“学习不够经常”问题。集中学习12次。"
    answers += "（二）关于“台账不实”问题。已补登台账36份。（三）关于“党费收缴不规范”问题。已补缴党费2300元。"
    closing = (
        "下一步，局党组将把巡察整改与工作紧密结合，坚决防止反弹。欢迎社会各界监督，联系电话0000-1234567。"
    )
    notice = parse(SourceText("n.txt", "某局关于巡察整改情况的通报\n" + answers + closing))
    assert notice.items[-1].outcome == "已补缴党费2300元。"


def test_a_new_telephone_in_an_answer_stays() -> None:
    answer = "已补缴党费2300元。向社会公布监督电话0000-7654321，安排专人接听。"
    notice = parse(
        SourceText("n.txt", NOTICE.format(closing="", answer="").replace("已补缴党费2300元。", answer))
    )
    assert notice.items[-1].outcome == f"整改情况：{answer}"


@pytest.mark.parametrize("line", ["。", "。。", "！", "？。"])
def test_a_stop_on_a_line_of_its_own_is_read(line: str) -> None:
    """As where each printed line is a line."""
    assert last_outcome(line, "已建立台账\n").startswith("整改情况：已补缴党费2300元。")


PLAIN_HEAD = "某村党总支关于巡察整改情况的通报\n一、问题整改情况\n1、学习不经常。整改情况：组织学习9次。\n"
PLAIN_HEAD += "2、账目不公开。整改情况：公开账目12期。\n3、低保评定不严。整改情况：清退13户31人。"


@pytest.mark.parametrize("between", ["\n", ""])
@pytest.mark.parametrize(
    "plain",
    [
        "对以上整改情况有意见的，可以直接到村委会反映，也可以打镇纪委电话：0870-632××××。",
        "大家还有什么看法，打0870-6321234找老李，或者到村部来说。",
        "乡亲们对整改不满意的，请联系李书记，手机138××××1234。",
        "以上情况请全体村民监督，电话0870-632××××。",
        "村民如对整改结果有异议，可到镇纪委反映（电话：0870-6321234）。",
        "镇纪委电话：0870-6321234",
    ],
)
def test_readers_are_spoken_to_in_plain_words(plain: str, between: str) -> None:
    text = f"{PLAIN_HEAD}{between}{plain}\n大坪村党总支\n2023年3月28日"
    items = parse(SourceText("a.txt", text)).items
    assert len(items) == 3
    assert items[-1].outcome == "整改情况：清退13户31人。"


@pytest.mark.parametrize("between", ["\n", ""])
@pytest.mark.parametrize(
    "measure",
    [
        "开通举报热线0870-6321234，有问题的请群众拨打，受理来电9件。",
        "设立意见箱，群众有意见可以打电话0870-6321234反映。",
        "对群众有意见的3户，打电话0870-6321234联系核实并清退。",
        "公布了村监委会电话：0870-6321234。",
    ],
)
def test_a_measure_with_a_telephone_number_stays(measure: str, between: str) -> None:
    text = f"{PLAIN_HEAD}{between}{measure}\n大坪村党总支\n2023年3月28日"
    assert parse(SourceText("a.txt", text)).items[-1].outcome.endswith(measure)


@pytest.mark.parametrize("between", ["\n", ""])
@pytest.mark.parametrize(
    "closing",
    [
        "党工委将以此次整改为新起点，不断提升景区管理水平。",
        "学校党委将把巡视整改与推动学校升本工作结合起来，一体推进。",
        "公司将以此为新的起点，持续提升治理效能。",
        "镇党委将把整改成果转化为推动发展的动力，奋力开创新局面。",
        "以上通报，欢迎监督。",
        "以上情况特此通报，敬请广大群众监督。",
    ],
)
def test_the_publisher_goes_on_from_the_rectification(closing: str, between: str) -> None:
    text = NOTICE.format(closing="{closing}", answer="").replace("\n{closing}", between + closing)
    assert closing in text
    notice = parse(SourceText("n.txt", text))
    assert notice.items[-1].outcome == "整改情况：已补缴党费2300元。"


@pytest.mark.parametrize(
    "sentence",
    [
        "局党组将以此为契机，健全党费收缴台账。",
        "镇党委将把12户欠费党员纳入台账，逐户催缴。",
        "局党委将以党费整改为切入点，每季度核对账目。",
    ],
)
def test_the_publisher_goes_on_with_the_matter_itself(sentence: str) -> None:
    assert last_outcome(sentence).endswith(sentence)


def test_contact_data_behind_general_words_in_the_paragraph_of_the_last_answer() -> None:
    ending = "下一步，县水利局党组将持续抓好整改落实，巩固整改成果。联系电话：024-86120557。"
    text = NOTICE.format(closing="", answer="")
    text = text[: text.index("\n\n欢迎")] + ending
    assert parse(SourceText("n.txt", text)).items[-1].outcome == "整改情况：已补缴党费2300元。"


@pytest.mark.parametrize(
    "closing",
    [
        "今后，我局将按照县委的要求，建立长效机制，防止问题反弹。",
        "局党组将以踏石留印、抓铁有痕的劲头，抓好后续整改，为召开党代会营造良好氛围。",
        "公司党委将持续抓好整改，努力推动高质量发展。",
        "下一步，我镇将按照县委的要求，建立长效机制，巩固成果。",
        "以上报告，如有不妥，请批评指正。",
        "以上汇报当否，请指示。",
    ],
)
def test_what_the_whole_body_will_do(closing: str) -> None:
    assert last_outcome(closing) == "整改情况：已补缴党费2300元。"


@pytest.mark.parametrize(
    "said",
    [
        "今后，我局将加强党费收缴管理。",
        "局党组将于9月底前完成该问题的整改。",
        "下一步，我局将对剩余3个支部抓好整改。",
    ],
)
def test_what_is_said_of_the_one_matter_stays(said: str) -> None:
    assert last_outcome(said).endswith(said)


@pytest.mark.parametrize("body", ["党总支", "我校", "学校", "局党组", ""])
@pytest.mark.parametrize(
    "said",
    [
        "下一步，{}将以钉钉子精神抓好剩余问题的整改，办好人民满意的教育。",
        "下一步，{}将继续抓好未完成整改事项的整改，确保全部清零。",
        "下一阶段，{}将紧盯未销号问题，确保整改到位。",
    ],
)
def test_what_the_notice_has_left_is_no_answer(body: str, said: str) -> None:
    assert last_outcome(said.format(body)) == "整改情况：已补缴党费2300元。"


def test_a_rest_of_the_last_matter_stays() -> None:
    text = (
        "某局关于巡察整改情况的通报\n1.学习不深入\n整改情况：学习3次。\n2.支部换届不及时\n"
        "整改情况：8个支部已完成换届5个，其余3个尚未换届。\n下一步，我局将抓好剩余问题的整改。\n"
    )
    assert parse(SourceText("", text)).items[-1].outcome.endswith("剩余问题的整改。")


@pytest.mark.parametrize(
    "title",
    [
        "叁、下步工作",
        "第三部分 下步工作",
        "第三部分：下一步工作安排",
        "叁 今后努力方向",
        "参、下一步打算",
        "下步工作",
        "【下一步工作】",
    ],
)
@pytest.mark.parametrize("numbers", ["一二三", "123"])
def test_the_title_of_what_comes_next_ends_the_last_answer(title: str, numbers: str) -> None:
    problems = ["学习不深入", "会议记录不规范", "党费核定不准"]
    mark = "、" if numbers[0] == "一" else "."
    body = "\n".join(
        f"{n}{mark}{p}\n召开党委会{i}次。" for i, (n, p) in enumerate(zip(numbers, problems, strict=True))
    )
    text = f"某校关于巡察整改情况的通报\n{body}\n{title}\n继续巩固整改成果，健全长效机制。\n"
    items = parse(SourceText("", text)).items
    assert [item.outcome for item in items] == [f"召开党委会{i}次。" for i in range(3)]


def test_parts_may_be_counted_in_formal_numerals() -> None:
    text = (
        "某监狱关于巡察整改情况的通报\n壹、组织情况\n党委高度重视。\n贰、反馈问题整改情况\n一、政治建设方面\n"
        "1.学习不深入的问题\n召开党委会3次。\n2.记录不规范的问题\n开展培训2次。\n叁、下步工作\n继续抓好整改。\n"
    )
    items = parse(SourceText("", text)).items
    assert [item.outcome for item in items] == ["召开党委会3次。", "开展培训2次。"]
    assert {item.path for item in items} == {("一、政治建设方面",)}


def test_a_label_of_each_answer_is_no_title() -> None:
    answers = "整改情况：学习3次。\n下一步工作：\n每月学习1次。\n"
    text = f"某局关于巡察整改情况的通报\n1.学习不深入\n{answers}2.支部换届不及时\n{answers}"
    assert parse(SourceText("", text)).items[-1].outcome == answers.strip()


def test_problems_above_a_title_that_goes_on_counting_are_read() -> None:
    body = "1.学习不深入\n召开党委会3次。\n2.记录不规范\n开展培训2次。\n三、下步工作\n抓好整改。\n"
    text = f"某局整改情况的通报\n{body}"
    assert len(parse(SourceText("", text)).items) == 2
