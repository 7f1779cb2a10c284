"""Arrays mapped into memory are those that numpy reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from zhenggai.classification.linear_models.arrays import read_arrays

ROOT = Path(__file__).resolve().parents[3]
ARRAYS = {
    "a": np.arange(6, dtype="<f4").reshape(2, 3),
    "b": np.array(7, dtype="<u8"),
    "empty": np.empty((0, 5), dtype="<f2"),
    "turned": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
}


def same(found: dict, path: Path) -> None:
    with np.load(path) as wanted:
        assert list(found) == wanted.files
        for name, array in wanted.items():
            assert found[name].dtype == array.dtype
            assert found[name].shape == array.shape
            assert found[name].tobytes() == array.tobytes()


@pytest.mark.parametrize("name", ["category/linear", "status/roles", "status/text"])
def test_models_are_read_as_numpy_reads_them(name: str) -> None:
    path = ROOT / "models" / f"{name}.npz"
    found = dict(read_arrays(path))
    same(found, path)
    assert not any(array.flags.owndata or array.flags.writeable for array in found.values())  # mapped


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed], ids=lambda save: save.__name__)
def test_other_files_go_to_numpy(tmp_path: Path, save) -> None:  # type: ignore[no-untyped-def]
    save(tmp_path / "x.npz", **ARRAYS)
    same(dict(read_arrays(tmp_path / "x.npz")), tmp_path / "x.npz")


def test_damaged_files_are_a_value_error(tmp_path: Path) -> None:
    path = tmp_path / "x.npz"
    np.savez(path, **ARRAYS)
    whole = path.read_bytes()
    for damaged in (b"", b"PK", whole[:-1], whole[: len(whole) // 2], b"x" * 200):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r".+"):
            read_arrays(path)
    np.save(tmp_path / "y.npy", ARRAYS["a"])
    with pytest.raises(ValueError, match=r".+"):
        read_arrays(tmp_path / "y.npy")


def test_objects_are_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "x.npz", a=np.array([{}, 1], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        read_arrays(tmp_path / "x.npz")
