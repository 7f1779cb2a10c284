"""Labels that are known by their place: unknown words that recur, labels within a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from zhenggai.notice import Item, SourceText, parse
from zhenggai.notice.reading import read

HEAD = "中共某县水务局党组关于巡察整改进展情况的通报\n2023年，县委巡察组对我局开展了巡察。\n"
PROBLEMS = ("学习不深入，走过场", "党费收缴不及时", "会议记录不规范", "公务接待超标准")
ANSWERS = ("组织学习3次", "补缴党费2万元", "补齐记录12份", "清退超标准费用3000元")


def items(write: Callable[[int, str, str], str]) -> tuple[Item, ...]:
    pairs = zip(PROBLEMS, ANSWERS, strict=True)
    lines = [write(number, problem, answer) for number, (problem, answer) in enumerate(pairs, 1)]
    return parse(SourceText("x.txt", HEAD + "\n".join(lines) + "\n")).items


@pytest.mark.parametrize(
    "form",
    [
        "{n}.{p}\n我们这样改：{a}。\n改后效果怎样：群众满意。",
        "【症结】{p}\n【处方】{a}。\n【疗效】群众满意。",
        "{n}、原问题：{p}\n现状况：{a}。",
        "A{n}  原问题：{p}\n改了什么：{a}。",
        "（{n}）巡察点题：{p}。\n支部答题：{a}。",
        "巡察点题：\n{p}。\n支部答题：\n{a}。",
        "{p}。\n我局怎么改的：\n{a}。\n持续用力方向：常抓不懈。",
        "问题{n}（对应反馈意见第{n}条）：{p}\n整改实绩：{a}。\n销号状态：已销号",
        "{n}.{p}。\n——牵头校领导：张三\n——推进动作：{a}。",
        "整改任务{n}：{p}。\n任务举措：{a}。\n完成标志：无新增问题。\n完成进度：100%",
    ],
)
def test_labels_that_recur(form: str) -> None:
    found = items(lambda n, p, a: form.format(n=n, p=p, a=a))
    assert [item.problem for item in found] == list(PROBLEMS)
    assert all(answer in item.outcome for answer, item in zip(ANSWERS, found, strict=True))
    assert not any(problem in item.outcome for problem, item in zip(PROBLEMS[1:], found, strict=False))


def test_number_before_an_unknown_label() -> None:
    found = items(lambda n, p, a: f"{n}.原问题：{p}\n改了什么：{a}。")
    assert [item.number for item in found] == ["1.", "2.", "3.", "4."]


@pytest.mark.parametrize(
    "form",
    [
        "{n}.问题：{p}；措施：{a}；成效：效果良好；时限：2023年3月；责任人：张三。",
        "（{n}）{p}；结果：{a}；时限：2023年3月；责任人：张三。",
    ],
)
def test_labels_within_a_line(form: str) -> None:
    found = items(lambda n, p, a: form.format(n=n, p=p, a=a))
    assert [item.problem for item in found] == list(PROBLEMS)
    assert all(answer in item.outcome for answer, item in zip(ANSWERS, found, strict=True))
    assert {(item.deadline, item.responsible) for item in found} == {("2023年3月", "张三")}
    assert not any("张三" in item.outcome for item in found)


@pytest.mark.parametrize(
    "form",
    [
        "{n}.{p}。\n(1)整改措施：{a}。\n(2)完成时限：2023年3月\n(3)责任人：张三\n(4)整改结果：效果良好。",
        "问题{n}\n{p}\n——责任领导：张三\n——完成时限：2023年3月\n——推进措施：{a}。",
    ],
)
def test_who_and_by_when_in_a_list(form: str) -> None:
    found = items(lambda n, p, a: form.format(n=n, p=p, a=a))
    assert [item.problem for item in found] == list(PROBLEMS)
    assert all(answer in item.outcome for answer, item in zip(ANSWERS, found, strict=True))
    assert {(item.deadline, item.responsible) for item in found} == {("2023年3月", "张三")}
    assert not any("张三" in item.outcome for item in found)


def test_labels_in_brackets_do_not_part_a_line() -> None:
    form = "{n}.{p}（责任领导：张三；完成情况：已完成）\n{a}。"
    found = items(lambda n, p, a: form.format(n=n, p=p, a=a))
    assert len(found) == len(PROBLEMS)
    assert all("责任领导" in item.problem or item.responsible is None for item in found)


@pytest.mark.parametrize(
    "form",
    [
        "{n}.{p}。（已完成，长期坚持）\n{a}。",
        "{n}.{p}（已完成，长期坚持）。\n{a}。",
        "{n}.{p}。（已完成，长期坚持）\n整改情况：{a}。",
        "{n}.{p}。【已完成，长期坚持】\n整改情况：{a}。",
    ],
)
def test_a_status_behind_the_stop_of_a_problem(form: str) -> None:
    found = items(lambda n, p, a: form.format(n=n, p=p, a=a))
    assert [item.problem for item in found] == list(PROBLEMS)
    assert all(item.outcome.startswith("已完成，长期坚持\n") for item in found)
    assert not any("）" in item.outcome for item in found)


@pytest.mark.parametrize("badge", ["立行立改", "已完成", "长期坚持", "限期整改"])
def test_a_status_in_a_box_of_its_own(badge: str) -> None:
    cards = "".join(
        f'<div><span class="badge bg-ok">{badge}</span><b>{p}</b></div><div><p>{a}，并组织2次检查。</p></div>'
        for p, a in zip(PROBLEMS, ANSWERS, strict=True)
    )
    page = f"<html><body><h1>中共某县水务局党组关于巡察整改进展情况的通报</h1>{cards}</body></html>"
    found = parse(read("x.html", page.encode())).items
    assert [item.problem for item in found] == list(PROBLEMS)
    assert all(item.outcome.startswith(badge + "\n") for item in found)


@pytest.mark.parametrize("label", ["整改成效：", "【整改成效】", "整改效果："])
def test_a_label_of_effects_behind_what_was_done(label: str) -> None:
    told = f"退款2万元，因经办人调离未能收回3000元。{label}2024年接待费下降30%。"
    body = f"1.公务接待不规范\n{told}\n2.理论学习不深入\n开展学习4次，但仍有2人未参加。{label}学习率达98%。\n"
    found = parse(SourceText("n.txt", f"某局党组关于巡察整改情况的通报\n二、整改情况\n{body}")).items
    assert [item.problem for item in found] == ["公务接待不规范", "理论学习不深入"]
    assert found[0].outcome == told
