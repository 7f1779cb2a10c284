"""The same notice as text, page, Word document and PDF gives the same lines and the same items."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import pytest

from zhenggai.notice import parse
from zhenggai.notice.model import CELL_BREAK, SourceText
from zhenggai.notice.reading import read

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))
import make_variants  # noqa: E402

NOTICES = sorted((ROOT / "data" / "notices").glob("*.txt"))
QUICK = NOTICES[::6]
"""PDF takes a second a notice to write and another to read: the rest of them is marked slow."""


def folded_lines(source: SourceText) -> list[str]:
    """Lines without white space, empty ones left out."""
    lines = re.split(rf"[\n\r{CELL_BREAK}]", source.text)
    return [folded for line in lines if (folded := re.sub(r"[\s\u200b]", "", line))]


def items(source: SourceText) -> list[tuple[str | None, str, str]]:
    fold = re.compile(r"\s")
    return [(i.number, fold.sub("", i.problem), fold.sub("", i.outcome)) for i in parse(source).items]


@cache
def original(path: Path) -> SourceText:
    return read(path)


def check(path: Path, ending: str, data: bytes) -> None:
    source = read(f"notice.{ending}", data)
    assert folded_lines(source) == folded_lines(original(path))
    assert items(source) == items(original(path))
    assert items(source)


@pytest.mark.parametrize("path", QUICK, ids=lambda path: path.stem)
def test_texts_pages_and_word_documents(path: Path) -> None:
    for ending, data in make_variants.variants(original(path).text, pdf=False).items():
        check(path, ending, data)


@pytest.mark.parametrize("path", QUICK[::2], ids=lambda path: path.stem)
def test_pdf(path: Path) -> None:
    check(path, "pdf", make_variants.pdf_file(make_variants.lines_of(original(path).text)))


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_every_notice_in_every_format(path: Path) -> None:
    for ending, data in make_variants.variants(original(path).text).items():
        check(path, ending, data)
