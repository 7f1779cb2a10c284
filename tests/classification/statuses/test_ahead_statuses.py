"""Statuses from another process: the same as here, whatever of them came."""

from __future__ import annotations

import marshal

from zhenggai.classification.classifier import load_classifier
from zhenggai.classification.model import Query
from zhenggai.classification.statuses.ahead import StatusesAhead, plain_statuses

QUERIES = [
    Query("学习不深入", ("一、政治建设方面",), "组织学习6次。", "2024-05-01"),
    Query("旧城改造缓慢", (), "12个项目已完成3个，其余9个正在推进。"),
    Query("账目不清", (), ""),
]


def test_what_came_is_taken_and_the_rest_worked_out() -> None:
    own = load_classifier("status")
    expected = own.classify(QUERIES)
    plain = marshal.loads(marshal.dumps(plain_statuses(QUERIES, None)))
    for known in (plain, plain[:1], plain[1:], [], None):
        made = iter([known])
        ahead = StatusesAhead(own.models, own.calibration, lambda made=made: next(made, None))
        assert ahead.classify(QUERIES) == expected
        assert ahead.classify(QUERIES[::-1]) == expected[::-1]
