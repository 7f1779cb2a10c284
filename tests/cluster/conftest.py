"""Notices for the tests of the cluster, and the rows that the command on one machine makes of them."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake import FakeLabeller

from zhenggai.commands.running import Job, run

NOTICE = """中共某县{name}局党组关于巡察整改进展情况的通报
2021年3月15日
根据统一部署，县委巡察组对我局党组进行了巡察。现将整改进展情况予以公布。
一、党的领导方面
1.关于“{problem}”的问题。
整改情况：一是召开会议{number}次。二是修订制度{number}项。已完成整改。
2.关于“会议记录不规范”的问题。
整改情况：已建立台账，正在推进，预计年底完成。
"""


def notice(name: str, problem: str = "理论学习不深入", number: int = 3) -> str:
    """A small notice with two items."""
    return NOTICE.format(name=name, problem=problem, number=number)


@pytest.fixture
def notices(tmp_path: Path) -> Path:
    """A folder with twelve notices, one of them in GB 18030, and an empty file that cannot be read."""
    folder = tmp_path / "通报"
    (folder / "乡镇").mkdir(parents=True)
    for number in range(10):
        (folder / f"{number:02}.txt").write_text(notice(f"第{number}", number=number + 2), encoding="utf-8")
    (folder / "乡镇" / "甲.txt").write_text(notice("甲"), encoding="gb18030")
    (folder / "乡镇" / "乙.html").write_text(
        "<html><body>" + "".join(f"<p>{line}</p>" for line in notice("乙").splitlines()) + "</body></html>",
        encoding="utf-8",
    )
    (folder / "空.txt").write_bytes(b"")
    return folder


def local_ledger(paths: list[str], ledger: Path) -> dict[str, bytes]:
    """Both tables as `zhenggai classify` writes them on one machine."""
    job = Job(
        paths=paths,
        output=ledger,
        manifest={"模型": "测试"},
        resume=False,
        overwrite=True,
        workers=1,
        file_seconds=120,
        max_mib=64,
        quiet=True,
    )
    run(job, lambda _: nullcontext(FakeLabeller()))
    return ledger_bytes(ledger)


def ledger_bytes(ledger: Path) -> dict[str, bytes]:
    """The two files of a ledger."""
    notices = ledger.with_name(f"{ledger.stem}.notices{ledger.suffix}")
    return {"items": ledger.read_bytes(), "notices": notices.read_bytes()}
