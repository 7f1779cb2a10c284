"""Unlabelled texts for a student: parts of training statements, and lines of a file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from zhenggai.errors import ConfigError

_PAUSE = re.compile(r"[，,；;。]")
_SHORTEST, _LONGEST = 6, 80  # characters of a text that says one thing


def fragments(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each statement without its headings, and each of its clauses with and without them."""
    for statement, path in pairs:
        clauses = [clause.strip() for clause in _PAUSE.split(statement)]
        parts = [clause for clause in clauses if len(clause) >= _SHORTEST] if len(clauses) > 1 else []
        for text in (statement, *parts):
            if text != statement:
                yield text, path
            if path:
                yield text, ""


def read_texts(path: Path) -> Iterator[tuple[str, str]]:
    """One text a line, of a length that a statement has; no headings.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                if _SHORTEST <= len(line.strip()) <= _LONGEST:
                    yield line.strip(), ""
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"texts 应为 UTF-8 文本文件，每行一句；读取 {path} 时出错：{error}。") from error
