"""Dumps of web pages: one notice a record, with title and date of the record."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from pathlib import Path

import pytest
from cases.broken import make_zip

from zhenggai.errors import ReadingError
from zhenggai.notice import parse
from zhenggai.notice.reading import Limits, Source, expand, read, read_many, read_source

TITLE = "某区残联党组关于巡察整改进展情况的通报"
ITEMS = [
    (f"第{n}项学习不够深入，检查不够严格", f"组织学习{n}次，开展检查{n}次，完成整改。") for n in range(1, 6)
]
PAGE = "<p>一、整改情况</p>" + "".join(
    f"<p>{n}.{problem}。</p><p>整改情况：{outcome}</p>" for n, (problem, outcome) in enumerate(ITEMS, 1)
)
TEXT = "一、整改情况\n" + "".join(
    f"{n}.{problem}。\n整改情况：{outcome}\n" for n, (problem, outcome) in enumerate(ITEMS, 1)
)
RECORD = {"url": "http://x/1", "title": TITLE, "pubtime": "2022-09-09 09:00:00", "content": PAGE}
NEWS = {"url": "http://x/2", "title": "文艺汇演", "content": "<p>5月15日举办文艺汇演。</p>"}


def lines(*records: object, ascii_only: bool = False) -> bytes:
    return "".join(json.dumps(r, ensure_ascii=ascii_only) + "\n" for r in records).encode()


def xml(encoding: str = "utf-8", content: str = f"<![CDATA[{PAGE}]]>") -> bytes:
    record = f"<ITEM><TITLE>{TITLE}</TITLE><PUBDATE>2022-09-09</PUBDATE><CONTENT>{content}</CONTENT></ITEM>"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    return f"{head}<RECORDS>{record}<ITEM><TITLE>短讯</TITLE></ITEM>{record}</RECORDS>".encode(encoding)


def names(path: Path, passed: list[str] | None = None) -> list[str]:
    on_passed_over = None if passed is None else passed.append
    return [s.name.removeprefix(str(path)) for s in expand([path], on_passed_over=on_passed_over)]


def check(source: Source) -> None:
    notice = parse(read_source(source))
    assert (notice.title, notice.published) == (TITLE, "2022-09-09")
    assert [(item.problem, item.outcome.removeprefix("整改情况：")) for item in notice.items] == ITEMS


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.jsonl", lines(NEWS, RECORD, RECORD), ["!/2", "!/3"]),
        ("a.ndjson", b"\n" + lines(RECORD, ascii_only=True), ["!/2"]),
        ("a.json", lines(RECORD, NEWS, RECORD), ["!/1", "!/3"]),
        ("a.json", json.dumps([NEWS, RECORD, RECORD], ensure_ascii=False, indent=1).encode(), ["!/1", "!/2"]),
        ("a.json", json.dumps({"code": 0, "data": {"list": [RECORD, NEWS]}}).encode(), ["!/1"]),
        ("a.json", json.dumps(RECORD, ensure_ascii=False, indent=2).encode("gb18030"), ["!/1"]),
        (
            "a.json",
            b"\xef\xbb\xbf" + json.dumps({"x": {"data": RECORD}}, ensure_ascii=False).encode(),
            ["!/1"],
        ),
        ("a.json", json.dumps({"1": RECORD, "2": RECORD}, ensure_ascii=False).encode(), ["!/1", "!/2"]),
        ("a.jsonl.gz", gzip.compress(lines(NEWS, RECORD)), ["!/2"]),
        ("a.xml", xml(), ["!/1", "!/2"]),
        ("a.xml", xml("gb18030", PAGE.replace("<", "&lt;")), ["!/1", "!/2"]),
        ("a.xml", xml(content=PAGE), ["!/1", "!/2"]),
    ],
)
def test_records_are_notices(tmp_path: Path, name: str, data: bytes, found: list[str]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert names(path) == found
    for source in expand([tmp_path]):
        check(source)
        check(Source(source.name, None))  # read again by its name


@pytest.mark.parametrize(
    "record",
    [
        {"标题": TITLE, "发布日期": "2022年9月9日", "正文": TEXT},
        {"headline": TITLE, "publish_time": 1662685200000, "text": TEXT.replace("\n", "\r\n")},
        {"title": "通报", "content": f"{TITLE}\n2022年9月9日\n{TEXT}", "date": "2023-01-01"},
        {"biaoti": TITLE, "date": "2023-01-01", "body": f"{TEXT}某区残联党组\n2022年9月9日\n"},
        {"title": TITLE, "pubDate": "20220909", "html": f"<html><body><h1>{TITLE}</h1>{PAGE}</body></html>"},
    ],
)
def test_title_and_date_of_a_record_stand_in_where_the_notice_has_none(
    tmp_path: Path, record: dict[str, object]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(record))
    [source] = expand([path])
    check(source)


def test_fields_that_say_what_they_are(tmp_path: Path) -> None:
    row = "".join(f'<field name="{n}">{v}</field>' for n, v in (("title", TITLE), ("date", "2022-09-09")))
    content = PAGE.replace("<", "&lt;")
    path = tmp_path / "a.xml"
    path.write_text(f'<?xml version="1.0"?><t><row>{row}<field name="content">{content}</field></row></t>')
    [source] = expand([path])
    check(source)


def test_dumps_in_archives(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(make_zip({"b.jsonl": lines(NEWS, RECORD), "c.xml": xml(), "d.json": b'{"a": 1}'}))
    passed: list[str] = []
    assert names(path, passed) == ["!/b.jsonl!/2", "!/c.xml!/1", "!/c.xml!/2"]
    assert passed == [f"{path}!/d.json", f"{path}!/b.jsonl!/1"]
    for source in expand([path]):
        check(source)
        check(Source(source.name, None))


def test_data_without_articles_is_passed_over_or_named(tmp_path: Path) -> None:
    data = lines({"name": "党务公开" * 100, "id": 1})
    items = lines({"notice": "a", "problem": "学习不深", "outcome": TEXT, "clauses": [{"text": TEXT}]})
    for name, content in (
        ("a.jsonl", data),
        ("b.json", b'{"a": 1}'),
        ("c.jsonl", items),
        ("d.xml", b"<a>1</a>"),
    ):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "e.txt").write_text(TEXT, encoding="utf-8")
    passed: list[str] = []
    assert [s.name for s in expand([tmp_path], on_passed_over=passed.append)] == [str(tmp_path / "e.txt")]
    assert sorted(Path(name).name for name in passed) == ["a.jsonl", "b.json", "c.jsonl", "d.xml"]
    for name in ("a.jsonl", "b.json", "c.jsonl"):
        [source] = expand([tmp_path / name])
        assert "没有一条记录有正文" in str(source.error)


def test_a_ledger_of_our_own_is_no_dump(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(b'{"notice": "a", "problem_span": [1, 2], "text": "' + TEXT.encode() + b'"}\n')
    [source] = expand([path])
    assert "本软件写出的台账" in str(source.error)
    left_out: list[str] = []
    assert "台账" in str(next(iter(expand([tmp_path], on_left_out=left_out.append))).error)
    assert left_out == [str(path)]


def test_a_record_that_is_not_there(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(NEWS, RECORD))
    for number in ("1", "3", "x"):
        with pytest.raises(ReadingError, match=f"第 {number} 条"):
            read(f"{path}!/{number}")
    with pytest.raises(ReadingError, match="多条记录"):
        read("a.json", lines(RECORD, RECORD))
    assert read("a.json", lines(RECORD)).kind == "json"


def test_a_damaged_record_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    deep = b'{"a":' * 3000 + b"\n"
    path.write_bytes(lines(RECORD) + deep + b'{"content": "' + TEXT.encode()[:18] + b"\n" + lines(RECORD))
    results = {source.name[-1]: result for source, result in read_many([path])}
    assert list(results) == ["1", "2", "4"]
    assert "嵌套" in str(results["2"])


def test_limits_hold(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(lines(*[RECORD] * 9))
    assert "5 条" in str(list(expand([path], Limits(records=5)))[-1].error)
    assert "MiB" in str(list(expand([path], Limits(file_bytes=300)))[-1].error)
    (tmp_path / "b.json").write_bytes(json.dumps([RECORD] * 9).encode())
    [source] = expand([tmp_path / "b.json"], Limits(file_bytes=3000))
    assert "jsonl" in str(source.error)
    (tmp_path / "c.json").write_bytes(b"[" * 100_000 + "学".encode() * 99)
    [source] = expand([tmp_path / "c.json"])
    assert "嵌套" in str(source.error)


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        for _ in range(100):
            stream.write(lines({**RECORD, "content": PAGE * 20}))
    size = path.stat().st_size
    tracemalloc.start()
    assert len(list(expand([path]))) == 100
    assert tracemalloc.get_traced_memory()[1] < size / 3
    tracemalloc.stop()


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY a{n} "{"&a0;" * 10}">' for n in range(1, 9))
    data = f'<?xml version="1.0"?><!DOCTYPE x [{entities}]><x><content>{TEXT}&a8;</content></x>'.encode()
    assert "&a8;" in read("a.xml", data).text


def test_other_xml_is_read_as_a_page() -> None:
    page = b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>' + TEXT.encode()
    assert read("a.xml", page).kind == "html"


def test_a_dump_on_standard_input_is_read_as_its_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines(RECORD))))
    [source] = expand(["-"])
    check(source)
