"""Lines that say there is nothing wrong, and such that only begin alike."""

from __future__ import annotations

import pytest

from zhenggai.notice.headings.placed import _DENIES


@pytest.mark.parametrize("line", ["未发现新的问题", "无违规吃喝现象", "没有发现违纪情况", "不存在违规问题"])
def test_nothing_is_wrong(line: str) -> None:
    assert _DENIES.match(line)


@pytest.mark.parametrize("line", ["没有建立采购制度", "无专人管理档案", "无证采砂", "未执行议事规则"])
def test_something_is_missing(line: str) -> None:
    assert not _DENIES.match(line)
