"""Every kind of input gives the rows of the same texts in a folder."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from conftest import notice

pa = pytest.importorskip("pyarrow")

from zhenggai.cluster import storage  # noqa: E402
from zhenggai.cluster.listing import Format, pieces_of  # noqa: E402
from zhenggai.cluster.opening import sources_of  # noqa: E402
from zhenggai.cluster.pieces import Cut, Piece  # noqa: E402
from zhenggai.isolation import Isolation, read_notice  # noqa: E402
from zhenggai.notice.model import Notice  # noqa: E402
from zhenggai.notice.reading import Limits  # noqa: E402

LIMITS = Limits()


def pieces(paths: list[str], form: Format = Format.AUTO, inputs: int = 4) -> list[Piece]:
    return list(pieces_of(paths, form, Cut(inputs), LIMITS))


def outcomes(todo: list[Piece]) -> dict[str, object]:
    found = {}
    for piece in todo:
        sources = list(sources_of(Piece.from_json(piece.to_json()), LIMITS))
        assert len(sources) == piece.size
        for source in sources:
            assert source.name not in found
            found[source.name] = read_notice(source, Isolation().limits)
    return found


def titles(todo: list[Piece]) -> list[str | None]:
    return [o.title for o in outcomes(todo).values() if isinstance(o, Notice)]


TEXTS = [notice(f"第{n}") for n in range(11)]
TITLES = [text.splitlines()[0] for text in TEXTS]


@pytest.mark.parametrize("column", ["bytes", "text"])
def test_parquet(tmp_path: Path, column: str) -> None:
    import pyarrow.parquet

    content = TEXTS if column == "text" else [t.encode("gb18030") for t in TEXTS]
    table = pa.table({"path": [f"{n}.txt" for n in range(11)], column: content, "other": [1] * 11})
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet", row_group_size=7)
    todo = pieces([str(tmp_path / "a.parquet")], inputs=3)
    assert [(p.group, p.start, p.count) for p in todo] == [
        (0, 0, 3),
        (0, 3, 3),
        (0, 6, 1),
        (1, 0, 3),
        (1, 3, 1),
    ]
    assert titles(todo) == TITLES
    assert pieces([str(tmp_path)], Format.PARQUET, inputs=3) == todo


def test_parquet_rows_without_name_or_content_are_failures(tmp_path: Path) -> None:
    import pyarrow.parquet

    pyarrow.parquet.write_table(
        pa.table({"path": ["a", None, "c"], "text": [TEXTS[0], TEXTS[1], None]}), tmp_path / "a.parquet"
    )
    found = list(outcomes(pieces([str(tmp_path / "a.parquet")])).values())
    assert "path 应为文本" in str(found[1])
    assert "内容应为" in str(found[2])


def test_parquet_with_other_columns_is_refused(tmp_path: Path) -> None:
    import pyarrow.parquet

    pyarrow.parquet.write_table(pa.table({"url": ["a"], "text": ["b"]}), tmp_path / "a.parquet")
    with pytest.raises(storage.StorageError, match="应有列 path 和 bytes（或 text），实际有：url、text"):
        pieces([str(tmp_path / "a.parquet")])


def write_warc(path: Path, gzip: bool) -> None:
    pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    def add(writer: WARCWriter, address: str, status: str, kind: str, body: bytes) -> None:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=headers
        )
        writer.write_record(record)

    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gzip)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for number, text in enumerate(TEXTS):
            page = "<html><body>" + "".join(f"<p>{line}</p>" for line in text.splitlines()) + "</body></html>"
            add(writer, f"https://example.org/{number}.html", "200 OK", "text/html", page.encode())
            add(writer, f"https://example.org/{number}.png", "200 OK", "image/png", b"\x89PNG")
            add(writer, f"https://example.org/{number}.x", "404 Not Found", "text/html", b"<p>gone</p>")


@pytest.mark.parametrize("gzip", [True, False])
def test_warc(tmp_path: Path, gzip: bool) -> None:
    path = tmp_path / ("crawl.warc.gz" if gzip else "crawl.warc")
    write_warc(path, gzip)
    todo = pieces([str(tmp_path)], inputs=4)
    assert [p.count for p in todo] == [4, 4, 3]
    found = outcomes(todo)
    assert [name.rpartition("/")[2] for name in found] == [f"{n}.html" for n in range(11)]
    assert [o.title for o in found.values() if isinstance(o, Notice)] == TITLES


def test_a_torn_warc_gives_its_whole_pages_and_an_error(tmp_path: Path) -> None:
    write_warc(tmp_path / "crawl.warc.gz", gzip=True)
    data = (tmp_path / "crawl.warc.gz").read_bytes()
    (tmp_path / "crawl.warc.gz").write_bytes(data[: len(data) // 2])
    found = list(outcomes(pieces([str(tmp_path / "crawl.warc.gz")])).values())
    assert 3 <= sum(isinstance(o, Notice) for o in found) <= 7


def test_zip_and_folder_of_another_file_system(tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(6):
            archive.writestr(f"乡镇/{number}.txt", TEXTS[number])
        archive.writestr("乡镇/图.png", b"x")
    memory.pipe("/bucket/a.zip", buffer.getvalue())
    for number in range(6, 11):
        memory.pipe(f"/bucket/sub/{number}.txt", TEXTS[number].encode())
    try:
        todo = pieces(["memory://bucket"], inputs=3)
        found = outcomes(todo)
        assert sorted(titles(todo)) == sorted(TITLES)
        assert "memory://bucket/a.zip!/乡镇/0.txt" in found
        assert "memory://bucket/sub/6.txt" in found
    finally:
        memory.rm("/bucket", recursive=True)


def test_list_file(tmp_path: Path, notices: Path) -> None:
    names = [str(notices / f"{n:02}.txt") for n in (3, 1)] + [str(notices / "没有.txt")]
    (tmp_path / "清单.txt").write_text("\n".join(names) + "\n", encoding="utf-8-sig")
    found = outcomes(pieces([str(tmp_path / "清单.txt")], Format.LIST))
    assert list(found) == names
    assert "路径不存在" in str(found[names[2]])


def test_an_input_that_vanished_is_a_failure_and_not_lost(tmp_path: Path) -> None:
    write_warc(tmp_path / "crawl.warc.gz", gzip=True)
    todo = pieces([str(tmp_path / "crawl.warc.gz")], inputs=20)
    (tmp_path / "crawl.warc.gz").unlink()
    found = outcomes(todo)
    assert len(found) == 11
    assert all("实际失败" in str(o) for o in found.values())


def test_a_marked_input_is_not_tried(notices: Path) -> None:
    piece = pieces([str(notices)], inputs=1_000_000)[0].marked({1: "处理进程异常退出"})
    errors = [s.error for s in sources_of(piece, LIMITS)]
    assert errors[:3] == [None, "处理进程异常退出", None]


def test_unknown_scheme() -> None:
    with pytest.raises(storage.StorageError, match="nosuch://"):
        pieces(["nosuch://a/b"])


def test_storage_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "FIRST_WAIT", 0.001)
    attempts = []

    def action() -> str:
        attempts.append(1)
        if len(attempts) < 3:
            raise OSError("timeout")
        return "ok"

    assert storage.retried(action) == "ok"
    with pytest.raises(FileNotFoundError):
        storage.retried(lambda: storage.read("/nonexistent/file"))
