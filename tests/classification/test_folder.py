"""Model folders that could carry code are refused before anything in them is loaded."""

from __future__ import annotations

import json
import pickle
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from zhenggai.classification.classifier import Classifier, load_classifier
from zhenggai.classification.folder import check_folder
from zhenggai.errors import ModelError
from zhenggai.resources import model_path


class Trap:
    """Loading its pickle would create a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return open, (str(self.path), "w")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(model_path("status"), tmp_path / "model"))


def refused(folder: Path, *words: str) -> None:
    with pytest.raises(ModelError) as caught:
        load_classifier("status", folder)
    for word in ("应只含数据", "safetensors", *words):
        assert word in str(caught.value)


def test_shipped_folders_are_data_alone() -> None:
    for task in ("category", "status"):
        check_folder(model_path(task))


@pytest.mark.parametrize(
    "name",
    ["pytorch_model.bin", "model.pt", "model.PTH", "a.pkl", "a.joblib", "a.ckpt", "a.h5", "a.npy", "own.py"],
)
def test_endings_of_executable_formats_are_refused(folder: Path, name: str) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / name).write_bytes(b"x")
    refused(folder, name)


@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
def test_a_pickle_under_another_name_is_refused_and_never_run(
    folder: Path, tmp_path: Path, protocol: int
) -> None:
    trap = tmp_path / "sprung"
    (folder / "notes.txt").write_bytes(pickle.dumps(Trap(trap), protocol))
    refused(folder, "notes.txt", "pickle")
    assert not trap.exists()


def test_a_torch_archive_under_another_name_is_refused(folder: Path) -> None:
    with zipfile.ZipFile(folder / "model.safetensors", "w") as archive:
        archive.writestr("archive/data.pkl", b"x")
    refused(folder, "model.safetensors")
    shutil.move(folder / "model.safetensors", folder / "text.npz")
    refused(folder, "text.npz")


def test_arrays_of_objects_are_never_unpickled(folder: Path, tmp_path: Path) -> None:
    trap = tmp_path / "sprung"
    np.savez(folder / "text.npz", bias=np.array([Trap(trap)], dtype=object), allow_pickle=True)
    with pytest.raises(ModelError, match=r"text\.npz"):
        load_classifier("status", folder)
    assert not trap.exists()


def test_a_configuration_that_asks_for_code_is_refused(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    config["auto_map"] = {"AutoModel": "modeling.Own"}
    text = json.dumps(config)
    for given in (text, text.replace("auto_map", "\\u0061uto_map")):
        (folder / "config.json").write_text(given, encoding="utf-8")
        refused(folder, "config.json", "auto_map")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"junk", None])
def test_damaged_arrays_are_a_model_error(folder: Path, data: bytes | None) -> None:
    whole = (folder / "text.npz").read_bytes()
    (folder / "text.npz").write_bytes(whole[: len(whole) // 2] if data is None else data)
    with pytest.raises(ModelError, match="线性模型不完整"):
        load_classifier("status", folder)


@pytest.mark.parametrize("name", ["model.int8.onnx", "tokenizer.json"])
def test_a_damaged_encoder_says_which_file(tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(model_path("category"), tmp_path / "model"))
    (folder / name).write_bytes(b"junk")
    encoder = Classifier.load(folder, None).category.encoder
    assert encoder is not None
    with pytest.raises(ModelError, match=f"{name} 应可载入"):
        encoder.scores([("学习不深入", "")])
