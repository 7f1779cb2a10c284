"""YAML into dataclasses: an unknown key is an error that names the closest match."""

from __future__ import annotations

import dataclasses
import types
import typing
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from zhenggai.errors import ConfigError
from zhenggai.patterns import store

T = TypeVar("T")


def load_config(path: Path | str, kind: type[T], keep: bool = False) -> T:
    """Read the YAML file `path` as a `kind` (a dataclass); `keep` what was parsed for the next process.

    Raises:
        ConfigError: the file is missing, not YAML, or does not fit `kind`.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
        values = store.derived(text, _parse) if keep else _parse(text)
    except FileNotFoundError as error:
        raise ConfigError(f"找不到配置文件 {path}。请检查路径。") from error
    except ValueError as error:
        raise ConfigError(f"{path} 不是有效的 YAML 文件：{error}") from error
    return from_mapping(values if values is not None else {}, kind, str(path))


def _parse(text: str) -> Any:
    """YAML → values, by the safe loader in C where PyYAML has it.

    Raises:
        ValueError: it is not YAML.
    """
    import yaml  # 15 ms at start; what is kept needs none of it

    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def from_mapping(values: object, kind: type[T], where: str) -> T:
    """Build the dataclass `kind` from nested mappings; `where` names the place in error messages.

    Raises:
        ConfigError: an unknown key, a missing key, or a value of another type.
    """
    if not isinstance(values, dict):
        raise ConfigError(f"{where}：应为键值对，实际为 {type(values).__name__}。")
    hints = _hints(kind)  # type: ignore[arg-type]
    known = {f.name: f for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    for key in values:
        if key not in known:
            import difflib  # 5 ms at start, for a rare case

            close = difflib.get_close_matches(str(key), known, n=1, cutoff=0.0)
            raise ConfigError(
                f"{where}：不认识的键“{key}”，是否想写“{close[0]}”？可用的键：{'、'.join(known)}。"
            )
    missing = [
        name
        for name, f in known.items()
        if name not in values
        and f.default is dataclasses.MISSING
        and f.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise ConfigError(f"{where}：缺少键 {'、'.join(missing)}。请在文件中补上。")
    return kind(**{key: _convert(value, hints[key], f"{where}.{key}") for key, value in values.items()})


_hints = cache(typing.get_type_hints)
"""Types of the fields of a class; each is a text that has to be compiled, so once for all its objects."""


def _convert(value: Any, hint: Any, where: str) -> Any:
    if hint is object:  # checked by whoever builds something from it
        return value
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        return _convert(value, next(a for a in arguments if a is not type(None)), where)
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return from_mapping(value, hint, where)
    if origin in (tuple, list):
        if not isinstance(value, list):
            raise ConfigError(f"{where}：应为列表，实际为 {value!r}。")
        if arguments[0] in (float, str) and set(map(type, value)) <= {arguments[0]}:
            return origin(value)  # thousands of weights
        return origin(_convert(v, arguments[0], f"{where}[{i}]") for i, v in enumerate(value))
    if origin is dict:
        if not isinstance(value, dict):
            raise ConfigError(f"{where}：应为键值对，实际为 {value!r}。")
        return {str(k): _convert(v, arguments[1], f"{where}.{k}") for k, v in value.items()}
    return _scalar(value, hint, where)


def _scalar(value: Any, hint: Any, where: str) -> Any:
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if hint is float and isinstance(value, str):  # YAML 1.1 reads 1e-4 as text
        try:
            return float(value)
        except ValueError:
            pass
    if hint is Path and isinstance(value, str):
        return Path(value)
    if hint is Any or (type(value) is hint):
        return value
    raise ConfigError(f"{where}：应为 {getattr(hint, '__name__', hint)}，实际为 {value!r}。")
