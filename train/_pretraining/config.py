"""YAML → frozen dataclasses; an unknown key is an error that names the closest match."""

from __future__ import annotations

import dataclasses
import difflib
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import yaml

T = TypeVar("T")


def first_line(error: Exception) -> str:
    """What a library says, short enough to stand in a message of ours."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


class ConfigError(ValueError):
    """A configuration that cannot be used; the message (Chinese) says what to change."""


def load_config(path: Path, kind: type[T], overrides: Mapping[str, Any] | None = None) -> T:
    """Read one YAML file into ``kind``.

    Parameters
    ----------
    path : file to read.
    kind : a frozen dataclass; nested dataclasses are read from nested mappings.
    overrides : dotted name → value (``{"schedule.total_tokens": 1000}``), applied after the file.

    Raises
    ------
    ConfigError : the file is missing, a key is unknown, or a value has the wrong type.
    """
    if not path.is_file():
        raise ConfigError(f"需要配置文件 {path}，但没有找到。请检查 --config 的路径。")
    tree = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    for dotted, value in (overrides or {}).items():
        *parents, leaf = dotted.split(".")
        node = tree
        for parent in parents:
            node = node.setdefault(parent, {})
        node[leaf] = value
    return build(kind, tree, where=path.name)


def parse_override(text: str) -> tuple[str, Any]:
    """``"data.seed=3"`` → ``("data.seed", 3)``; the value is read as YAML."""
    name, equals, value = text.partition("=")
    if not equals:
        raise ConfigError(f"--set 需要 名称=值，得到 {text!r}。例：--set schedule.total_tokens=1000000")
    return name, yaml.safe_load(value)


def build(kind: type[T], tree: Any, where: str) -> T:
    """Make ``kind`` from a mapping, recursively."""
    if not isinstance(tree, Mapping):
        raise ConfigError(f"{where}：需要若干“键: 值”，得到 {type(tree).__name__}。")
    hints = get_type_hints(kind)
    known = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]
    for key in tree:
        if key not in known:
            near = difflib.get_close_matches(str(key), known, n=1)
            advice = f"您是否想写“{near[0]}”？" if near else f"可用的键：{'、'.join(known)}。"
            raise ConfigError(f"{where}：没有“{key}”这个键。{advice}")
    values = {key: _convert(hints[key], value, f"{where}:{key}") for key, value in tree.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise ConfigError(f"{where}：缺少必需的键（{error}）。") from error


def _convert(hint: Any, value: Any, where: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None:
            return None
        return _convert(next(a for a in arguments if a is not type(None)), value, where)
    if dataclasses.is_dataclass(hint):
        return build(hint, value, where)  # type: ignore[arg-type]
    if origin is tuple:
        if not isinstance(value, list):
            raise ConfigError(f"{where}：需要列表，得到 {value!r}。")
        return tuple(_convert(arguments[0], item, where) for item in value)
    if origin is dict:
        if not isinstance(value, Mapping):
            raise ConfigError(f"{where}：需要若干“键: 值”，得到 {value!r}。")
        return {str(k): _convert(arguments[1], v, f"{where}:{k}") for k, v in value.items()}
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if hint is Path and isinstance(value, str):
        return Path(value)
    if type(value) is not hint:
        raise ConfigError(f"{where}：需要 {getattr(hint, '__name__', hint)}，得到 {value!r}。")
    return value
