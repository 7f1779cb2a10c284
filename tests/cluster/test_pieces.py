from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhenggai.cluster.pieces import Cut, Entry, Kind, Piece

names = st.lists(st.text(min_size=1, max_size=8), unique=True, max_size=60)


def entries(found: list[str]) -> list[Entry]:
    return [Entry(name, size=len(name)) for name in found]


@given(names, st.integers(1, 7), st.integers(1, 30))
def test_cutting_keeps_every_entry_in_order_and_within_bounds(
    found: list[str], inputs: int, size: int
) -> None:
    groups = list(Cut(inputs, size).groups(entries(found)))
    assert [e.name for g in groups for e in g] == found
    assert all(0 < len(g) <= 2 * inputs for g in groups)
    assert all(len(g) == 1 or sum(e.size for e in g) <= size for g in groups)


def test_a_new_file_changes_few_pieces() -> None:
    found = [f"通报/{n:04}.txt" for n in range(2000)]
    more = sorted([*found, "通报/1000a.txt"])
    before, after = (
        {Piece(Kind.FILES, group).key for group in Cut(20).groups(entries(some))} for some in (found, more)
    )
    assert len(before) > 60
    assert len(after - before) <= 2


def test_key_depends_on_state_and_place_but_not_on_marks() -> None:
    piece = Piece(Kind.FILES, (Entry("a.txt", "1-1", 3),))
    assert piece.marked({0: "错误"}).key == piece.key
    assert Piece(Kind.FILES, (Entry("a.txt", "1-2", 3),)).key != piece.key
    rows = [Piece(Kind.PARQUET, container="t.parquet", start=start, count=5) for start in (0, 5)]
    assert rows[0].key != rows[1].key


def test_json_round_trip() -> None:
    piece = Piece(Kind.ZIP, (Entry("甲/乙.txt"), Entry("\udc80.txt", error="坏")), "a.zip", "7-7").marked(
        {1: "崩溃"}
    )
    assert Piece.from_json(piece.to_json()) == piece
