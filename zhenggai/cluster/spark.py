"""The pipeline for Spark: a function for `DataFrame.mapInPandas`, and the tables taken apart again.

    from zhenggai.cluster import spark as zs
    pages = session.read.parquet("pages")                        # columns path, and bytes or text
    done = zs.classified(pages, load)                            # one row per notice, its items nested
    zs.items(done).write.parquet("ledger/items")                 # the rows of `zhenggai classify`
    zs.notices(done).write.parquet("ledger/notices")             # the rows of its second table

`load` makes the labeller; it is called once per task, so it has to be importable on the executors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from zhenggai.ledger.columns import NOTICE_COLUMNS, RECORD_COLUMNS, Column, Kind
from zhenggai.ledger.rows import Row, notice_row, record_row
from zhenggai.notice.reading import Source
from zhenggai.pipeline import Labeller, Result, Settings, process

if TYPE_CHECKING:
    import pandas

_ITEMS = "records"
_TYPES = {
    Kind.TEXT: "string",
    Kind.INT: "bigint",
    Kind.FLOAT: "double",
    Kind.BOOL: "boolean",
    Kind.SPAN: "array<bigint>",
    Kind.SPANS: "array<array<bigint>>",
    Kind.TEXTS: "array<string>",
    Kind.SCORED: "array<struct<label:string,score:double>>",
    Kind.COUNTS: "map<string,bigint>",
    Kind.DECLARED: "struct<figures:map<string,bigint>,texts:map<string,string>>",
}
"""As in the Parquet ledger."""


def schema() -> str:
    """Of the rows that `mapper` gives: the columns of a notice, and `records`, an array of items."""
    record = ",".join(f"{c.name}:{_TYPES[c.kind]}" for c in RECORD_COLUMNS)
    notice = ", ".join(f"`{c.name}` {_TYPES[c.kind]}" for c in NOTICE_COLUMNS)
    return f"{notice}, `{_ITEMS}` array<struct<{record}>>"


def mapper(
    load: Callable[[], Labeller | None], settings: Settings | None = None
) -> Callable[[Iterator[pandas.DataFrame]], Iterator[pandas.DataFrame]]:
    """The function for `mapInPandas(mapper(load), schema())`.

    Takes frames with a column `path` and one of `bytes`, `content` (Spark's `binaryFile` source), `text`.
    """

    def classify(frames: Iterator[pandas.DataFrame]) -> Iterator[pandas.DataFrame]:
        import pandas

        labeller = load()
        for frame in frames:
            rows = [_row(result) for result in process(_sources(frame), labeller, settings)]
            columns = [*(c.name for c in NOTICE_COLUMNS), _ITEMS]
            yield pandas.DataFrame(
                {name: pandas.Series([r[name] for r in rows], dtype=object) for name in columns}
            )

    return classify


def classified(pages: Any, load: Callable[[], Labeller | None], settings: Settings | None = None) -> Any:
    """A Spark frame with one row per notice, its items nested in `records`."""
    return pages.mapInPandas(mapper(load, settings), schema())


def items(done: Any) -> Any:
    """The table of items of what `classified` gave."""
    from pyspark.sql.functions import explode

    return done.select(explode(_ITEMS).alias("record")).select("record.*")


def notices(done: Any) -> Any:
    """The table of notices of what `classified` gave."""
    return done.drop(_ITEMS)


def _sources(frame: pandas.DataFrame) -> Iterator[Source]:
    content = next((name for name in ("bytes", "content", "text") if name in frame.columns), None)
    if content is None or "path" not in frame.columns:
        raise ValueError(
            f"应有列 path 和 bytes、content 或 text，实际有：{'、'.join(frame.columns)}。请改列名。"
        )
    for path, value in zip(frame["path"], frame[content], strict=True):
        data = value.encode("utf-8", "replace") if isinstance(value, str) else value
        if isinstance(data, (bytes, bytearray)):
            yield Source(str(path), bytes(data))
        else:
            yield Source(
                str(path), error="表中的一行：内容应为文本或字节，实际为空。请补上内容，或删去这一行。"
            )


def _row(result: Result) -> Row:
    records = [_packed(record_row(r), RECORD_COLUMNS) for r in result.records]
    return {**_packed(notice_row(result.notice), NOTICE_COLUMNS), _ITEMS: records}


def _packed(row: Row, columns: tuple[Column, ...]) -> Row:
    """Mappings of several types are taken apart, as in the Parquet ledger."""
    packed = dict(row)
    for column in columns:
        value = row[column.name]
        if column.kind is Kind.DECLARED and value is not None:
            packed[column.name] = {
                "figures": {k: v for k, v in value.items() if not isinstance(v, str)},
                "texts": {k: v for k, v in value.items() if isinstance(v, str)},
            }
    return packed
