"""Is a model folder data alone? Formats that can carry code are refused before anything in it is read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from zhenggai.classification.linear_models.arrays import member_names
from zhenggai.errors import ModelError

_ENDINGS = (
    "bin pt pth pkl pickle joblib dill ckpt h5 hdf5 keras pb msgpack npy mar py pyc pyd so dll dylib exe sh"
)
_CODE_ENDINGS = frozenset(f".{ending}" for ending in _ENDINGS.split())
"""Weights that are pickles, graphs that call functions, programs. Ours are safetensors, ONNX, npz, JSON."""
_CODE_BEGINNINGS = (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05", b"\x7fELF", b"MZ\x90\0", b"#!")
_ZIP = b"PK\x03\x04"
_MARK = "auto_map"
_ADVICE = "请只使用来源可靠的模型，权重存为 safetensors，并从文件夹中删去该文件。"


def check_folder(folder: Path) -> None:
    """Raises ModelError: a file below `folder` could carry code, or its configuration asks for some."""
    for path in _files(folder):
        if path.suffix.lower() in _CODE_ENDINGS:
            raise _refusal(path, f"{path.suffix} 文件可以携带代码")
        with path.open("rb") as file:
            beginning = file.read(4)
        if beginning.startswith(_CODE_BEGINNINGS):
            raise _refusal(path, "内容是 pickle 或程序，可以携带代码")
        if (beginning == _ZIP and path.suffix != ".npz") or _holds_pickle(path, beginning):
            raise _refusal(path, "内容是压缩包或含有 pickle，可以携带代码")
        if path.suffix == ".json" and _asks_for_code(path):
            raise _refusal(path, "其中的 auto_map 要求运行模型自带的代码")


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _holds_pickle(path: Path, beginning: bytes) -> bool:
    """Whether it is a zip file (npz) with members other than plain arrays."""
    if beginning != _ZIP:
        return False
    names = member_names(path)
    if names is None:
        import zipfile  # 5 ms at start, for what numpy has not written

        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
        except zipfile.BadZipFile:
            return False  # reading it will say that it is damaged
    return not all(name.endswith(".npy") for name in names)


def _asks_for_code(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8")
        if _MARK not in text and "\\u" not in text:  # parsing a vocabulary takes 2 ms, looking none
            return False
        values = json.loads(text)
    except (ValueError, RecursionError):
        return False  # reading it will say that it is damaged
    return isinstance(values, dict) and _MARK in values


def _refusal(path: Path, found: str) -> ModelError:
    return ModelError(
        f"模型文件夹应只含数据（safetensors、onnx、npz、json），实际有 {path}：{found}。{_ADVICE}"
    )
