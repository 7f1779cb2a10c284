"""The pipeline as a function of Spark, on a local Spark where there is one."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from conftest import local_ledger, notice
from fake import FakeLabeller

pandas = pytest.importorskip("pandas")

from zhenggai.cluster import spark  # noqa: E402
from zhenggai.ledger.columns import NOTICE_COLUMNS, RECORD_COLUMNS  # noqa: E402
from zhenggai.ledger.files import iter_notices, iter_records  # noqa: E402

HERE = Path(__file__).resolve().parent
TEXTS = {f"{n}.txt": notice(f"第{n}", number=n + 2) for n in range(5)}


def test_mapper_without_spark() -> None:
    frame = pandas.DataFrame({"path": list(TEXTS), "text": list(TEXTS.values())})
    (done,) = list(spark.mapper(FakeLabeller)(iter([frame])))
    assert list(done["notice"]) == list(TEXTS)
    assert [len(records) for records in done["records"]] == [2] * 5
    assert {r["notice"] for records in done["records"] for r in records} == set(TEXTS)


def test_rows_without_content_are_failures() -> None:
    frame = pandas.DataFrame({"path": ["a.txt", "b.txt"], "text": [TEXTS["0.txt"], None]})
    (done,) = list(spark.mapper(FakeLabeller)(iter([frame])))
    assert done["error"][0] is None
    assert "实际为空" in done["error"][1]


def test_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="实际有：url、text"):
        list(spark.mapper(FakeLabeller)(iter([pandas.DataFrame({"url": ["a"], "text": ["b"]})])))


@pytest.mark.slow
def test_local_spark_gives_the_rows_of_the_command(
    notices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sql = pytest.importorskip("pyspark.sql", reason='needs pyspark: pip install "zhenggai[spark]"')
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        pytest.skip("needs a Java runtime")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(HERE.parents[1]), str(HERE)]))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    try:
        names = sorted(str(path) for path in notices.rglob("*") if path.is_file())
        pages = [(name, bytearray(Path(name).read_bytes())) for name in names]
        frame = session.createDataFrame(pages, "path string, bytes binary").repartition(3)
        done = spark.classified(frame, FakeLabeller).persist()
        spark.items(done).write.parquet(str(tmp_path / "items"))
        spark.notices(done).write.parquet(str(tmp_path / "notices"))
    finally:
        session.stop()
    local_ledger([str(notices)], tmp_path / "a.parquet")
    expected = (list(iter_records(tmp_path / "a.parquet")), list(iter_notices(tmp_path / "a.parquet")))
    assert written(tmp_path) == expected


def written(folder: Path) -> tuple[list[object], list[object]]:
    """Items and notices of the Parquet files that Spark wrote, in the order of the ledger."""
    from zhenggai.ledger.parquet import read_parquet
    from zhenggai.ledger.rows import notice_from, record_from

    records = [
        record_from(row, where)
        for path in (folder / "items").glob("*.parquet")
        for row, where in read_parquet(path, RECORD_COLUMNS)
    ]
    found = [
        notice_from(row, where)
        for path in (folder / "notices").glob("*.parquet")
        for row, where in read_parquet(path, NOTICE_COLUMNS)
    ]
    order = {name: i for i, name in enumerate(n.notice for n in iter_notices(folder / "a.parquet"))}
    records.sort(key=lambda r: (order[r.notice], r.item))
    return records, sorted(found, key=lambda n: order[n.notice])
