"""Pieces through the worker without Ray: the same rows as on one machine, failures, resuming."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import ledger_bytes, local_ledger, notice
from fake import FAULT, FakeLabeller

pytest.importorskip("pyarrow")

from zhenggai.cluster.listing import Format, pieces_of
from zhenggai.cluster.output import Output
from zhenggai.cluster.pieces import Cut, Piece
from zhenggai.cluster.worker import Task, Worker
from zhenggai.errors import LedgerError
from zhenggai.ledger.legend import About
from zhenggai.notice.reading import Limits
from zhenggai.pipeline import Settings

MANIFEST = {"模型": "测试"}


def pieces(paths: list[str], form: Format = Format.AUTO, inputs: int = 4) -> list[Piece]:
    return list(pieces_of(paths, form, Cut(inputs), Limits()))


def do(output: Output, todo: list[Piece]) -> list[dict[str, str]]:
    worker = Worker(Task(output, Settings(), "."), FakeLabeller)
    return [worker({"piece": piece.to_json()}) for piece in todo]


@pytest.fixture
def output(tmp_path: Path) -> Output:
    made = Output(str(tmp_path / "out"))
    made.open(MANIFEST, resume=False, overwrite=False)
    return made


def merged(output: Output, todo: list[Piece], ledger: Path) -> dict[str, bytes]:
    output.write_ledger([p.key for p in todo], ledger, About(), overwrite=True)
    return ledger_bytes(ledger)


def test_same_bytes_as_on_one_machine(notices: Path, tmp_path: Path, output: Output) -> None:
    todo = pieces([str(notices)])
    assert len(todo) > 1
    do(output, list(reversed(todo)))
    assert merged(output, todo, tmp_path / "a.jsonl") == local_ledger([str(notices)], tmp_path / "b.jsonl")


def test_a_piece_done_twice_counts_once(notices: Path, tmp_path: Path, output: Output) -> None:
    todo = pieces([str(notices)])
    do(output, [*todo, todo[0]])
    assert output.done() == {p.key for p in todo}
    assert len(list(Path(output.folder, "items").iterdir())) == len(todo)
    assert output.totals([p.key for p in todo]).notices == 12


def test_failures_have_a_table_of_their_own(notices: Path, output: Output) -> None:
    import pyarrow.parquet

    todo = pieces([str(notices)])
    do(output, todo)
    keys = [p.key for p in todo]
    output.finish(keys, output.totals(keys))
    errors = pyarrow.parquet.read_table(Path(output.folder, "errors.parquet")).to_pylist()
    assert [Path(row["notice"]).name for row in errors] == ["空.txt"]
    assert "0 字节" in errors[0]["error"]
    assert json.loads(Path(output.folder, "summary.json").read_text())["failed"] == 1
    assert output.failed() == {next(p.key for p in todo if any("空" in e.name for e in p.entries))}


def test_an_exception_of_the_model_costs_one_file(notices: Path, output: Output) -> None:
    (notices / "05.txt").write_text(notice("坏", problem=f"含有{FAULT}的情况"), encoding="utf-8")
    todo = pieces([str(notices)], inputs=50)
    do(output, todo)
    totals = output.totals([p.key for p in todo])
    assert (totals.notices, totals.failed) == (11, 2)


def test_partitions_without_their_mark_do_not_stay(notices: Path, output: Output) -> None:
    todo = pieces([str(notices)])
    do(output, todo)
    Path(output.folder, "done", f"{todo[0].key}.json").unlink()  # as if killed just before
    output.drop_uncommitted(output.done())
    names = {path.name for table in ("items", "notices") for path in Path(output.folder, table).iterdir()}
    assert names == {f"part-{p.key}.parquet" for p in todo[1:]}


def test_results_of_changed_inputs_are_set_aside_not_deleted(notices: Path, output: Output) -> None:
    todo = pieces([str(notices)])
    do(output, todo)
    assert output.set_aside([todo[0].key]) == 1
    assert todo[0].key not in output.done()
    assert Path(output.folder, "stale", "items", f"part-{todo[0].key}.parquet").is_file()


@pytest.mark.parametrize(
    ("manifest", "resume", "message"),
    [(MANIFEST, False, "加 --resume"), ({"模型": "另一个"}, True, "模型：原为 测试，现为 另一个")],
)
def test_an_earlier_run_is_not_mixed_up(
    output: Output, manifest: dict[str, str], resume: bool, message: str
) -> None:
    with pytest.raises(LedgerError, match=message):
        output.open(manifest, resume=resume, overwrite=False)


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "重要.txt").write_text("x")
    with pytest.raises(LedgerError, match="有其他文件"):
        Output(str(tmp_path)).open(MANIFEST, resume=False, overwrite=True)


def test_overwriting_deletes_what_a_run_wrote_and_nothing_else(notices: Path, output: Output) -> None:
    do(output, pieces([str(notices)]))
    other = Path(output.folder, "备注.txt")
    other.write_text("x")
    output.open(MANIFEST, resume=False, overwrite=True)
    assert output.done() == set()
    assert list(Path(output.folder, "items").iterdir()) == []
    assert other.exists()
