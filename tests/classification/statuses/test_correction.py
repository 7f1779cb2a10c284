"""What the models give, corrected by what outcomes count and name."""

from __future__ import annotations

import numpy as np
import pytest

from zhenggai.classification.statuses.correction import correct

LABELS = ("已完成", "基本完成", "正在整改", "未说明")


def corrected(outcome: str, given: str, share: float = 0.85) -> str:
    """The likeliest status after the correction, where the models give `share` to `given`."""
    rest = (1 - share) / (len(LABELS) - 1)
    row = np.log(np.array([share if label == given else rest for label in LABELS], dtype=np.float32))
    correct(row, LABELS, "", [outcome])
    assert np.exp(row).sum() == pytest.approx(1, abs=1e-3)
    return LABELS[int(row.argmax())]


@pytest.mark.parametrize(
    "outcome",
    [
        "欠款已偿还完毕。",
        "查出超标准办公用房26间，调整使用18间，隔断改造8间。",
        "截至2024年底，腾退公房12套。",
    ],
)
def test_nothing_is_unfinished_without_a_word_for_it(outcome: str) -> None:
    assert corrected(outcome, "正在整改") == "已完成"


@pytest.mark.parametrize(
    "outcome",
    [
        "欠款已偿还12万元，4户没还。",
        "欠款已偿还12万元，正在起诉2户。",
        "将积极沟通，尽快解决。",
        "办证5户，权属有争议。",
    ],
)
def test_words_of_open_matters_leave_it_to_the_models(outcome: str) -> None:
    assert corrected(outcome, "正在整改") == "正在整改"


def test_a_goal_missed_by_an_unknown_gap_is_unfinished() -> None:
    assert corrected("执结率51.6%，距考核目标60%仍有差距。", "已完成") in ("基本完成", "正在整改")


def test_a_goal_missed_by_little_is_nearly_done() -> None:
    assert corrected("负债率降至70.9%，距离70%的目标仍差0.9个百分点。", "已完成") == "基本完成"
