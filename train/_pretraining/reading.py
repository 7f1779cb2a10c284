"""Text files, folders and tar archives → documents, streaming."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from train._pretraining.config import ConfigError

_ARCHIVES = (".tar", ".tar.xz", ".tar.gz", ".tar.bz2", ".tgz")


@dataclass(frozen=True)
class Document:
    """Paragraphs of one document and the name of the file (without suffix) that held it."""

    source: str
    paragraphs: tuple[str, ...]


def read_documents(inputs: list[Path], sources: tuple[str, ...]) -> Iterator[Document]:
    """Documents in the order of the inputs; files of a folder in the order of their names.

    Raises
    ------
    ConfigError : an input does not exist.
    """
    for path in inputs:
        if not path.exists():
            raise ConfigError(f"找不到输入 {path}。请给出文本文件、文件夹或 tar 包。")
        files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
        for file in files:
            yield from _read_file(file, sources)


def _read_file(path: Path, sources: tuple[str, ...]) -> Iterator[Document]:
    if path.name.endswith(_ARCHIVES):
        with tarfile.open(path, "r:*") as archive:  # members are read in order, never extracted
            for member in archive:
                stream = (
                    archive.extractfile(member) if member.isfile() and member.name.endswith(".txt") else None
                )
                if stream is not None and _wanted(member.name, sources):
                    yield from split(io.TextIOWrapper(stream, encoding="utf-8"), Path(member.name).stem)
    elif _wanted(path.name, sources):
        with path.open(encoding="utf-8") as lines:
            yield from split(lines, path.stem)


def _wanted(name: str, sources: tuple[str, ...]) -> bool:
    return not sources or Path(name).stem in sources


def split(lines: Iterable[str], source: str) -> Iterator[Document]:
    """Documents between blank lines."""
    paragraphs: list[str] = []
    for line in lines:
        if line.strip():
            paragraphs.append(line.strip())
        elif paragraphs:
            yield Document(source, tuple(paragraphs))
            paragraphs = []
    if paragraphs:
        yield Document(source, tuple(paragraphs))


def batches(documents: Iterable[Document], characters: int) -> Iterator[list[Document]]:
    """Lists of documents of about ``characters`` characters together."""
    batch: list[Document] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += sum(map(len, document.paragraphs))
        if size >= characters:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
