"""The cases: files as they stand, and what is made from them or for them (encodings, Word, PDF)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cases.build_docx import docx_cases
from cases.build_pdf import pdf_cases
from cases.case import Case, item


def all_cases(folder: Path) -> list[Case]:
    """Every case, sorted by name."""
    cases = [
        *file_cases(folder / "text", "txt"),
        *file_cases(folder / "html", "html"),
        *table_cases(folder),
        *saved_cases(folder / "saved"),
        *encoding_cases(folder),
        *spoilt_cases(folder),
        *renamed_cases(folder),
        *docx_cases(),
        *pdf_cases(),
    ]
    return sorted(cases, key=lambda case: case.name)


def file_cases(folder: Path, ending: str) -> Iterator[Case]:
    """`NAME.txt` or `NAME.html` with `NAME.json`."""
    for path in folder.glob("*.json"):
        yield Case(f"{path.stem}.{ending}", *_parts(folder, path.stem, ending))


def table_cases(folder: Path) -> Iterator[Case]:
    """Notices in table layout, texts and pages."""
    for ending in ("txt", "html"):
        for path in (folder / "tables").glob(f"*.{ending}"):
            yield Case(path.name, *_parts(folder / "tables", path.stem, ending))


def saved_cases(folder: Path) -> Iterator[Case]:
    """Invented notices as a browser or an office program saves them, in any format."""
    for path in folder.iterdir():
        if path.suffix != ".json":
            yield Case(path.name, *_parts(folder, path.stem, path.suffix[1:]))


def encoding_cases(folder: Path) -> Iterator[Case]:
    """The same notices in other encodings; pages whose meta tag lies."""
    encodings = {
        "county-office": ("gb18030", "gbk", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"),
        "circled-digits": ("gb18030",),
        "one-paragraph": ("gb18030", "utf-16-le"),
        "traditional": ("big5", "gb18030", "utf-16"),
        "english-page": ("utf-16",),
    }
    for stem, names in encodings.items():
        data, expected = _parts(folder / "text", stem, "txt")
        for name in names:
            yield Case(f"{stem}.{name}.txt", data.decode().encode(name), expected)
    for stem in ("page-modern", "page-layout-tables"):
        data, expected = _parts(folder / "html", stem, "html")
        yield Case(f"{stem}.gb18030.html", data.decode().replace("&emsp;", "　").encode("gb18030"), expected)


def spoilt_cases(folder: Path) -> Iterator[Case]:
    """Line ends of three kinds, zero-width characters, empty lines, a file cut off in a character."""
    data, expected = _parts(folder / "text", "mixed-depth", "txt")
    text = data.decode()
    ends = ("\r\n", "\r", "\n", "\n\n", "\u2028")
    lines = text.split("\n")
    mixed = "".join(line + ends[number % len(ends)] for number, line in enumerate(lines))
    yield Case("mixed-line-ends.txt", mixed.encode(), expected)
    yield Case("carriage-returns.txt", text.replace("\n", "\r").encode(), expected)
    yield Case("gbk-crlf.txt", text.replace("\n", "\r\n").encode("gbk"), expected)
    joined = "\u200b".join(text[i : i + 3] for i in range(0, len(text), 3))
    yield Case("zero-width.txt", ("\ufeff" + joined).encode(), expected)
    yield Case("indented-blank-lines.txt", text.replace("\n", "\n　　\n　　").encode(), expected)
    yield Case("cut-off.txt", data.rstrip() + "本".encode()[:2], expected)


def renamed_cases(folder: Path) -> Iterator[Case]:
    """Files whose ending says something else than their content."""
    data, expected = _parts(folder / "html", "page-sections", "html")
    yield Case("page-renamed.txt", data, expected)
    yield Case("page-renamed.doc", data, expected)
    data, expected = _parts(folder / "text", "tab-table", "txt")
    yield Case("text-renamed.html", data, expected)
    yield Case("text-renamed.pdf", data, expected)


def _parts(folder: Path, stem: str, ending: str) -> tuple[bytes, dict[str, Any]]:
    expected = json.loads((folder / f"{stem}.json").read_text(encoding="utf-8"))
    return (folder / f"{stem}.{ending}").read_bytes(), expected


def long_notice(items: int) -> Case:
    """A notice of many items, about 115 characters each, numbered from 1 to 500 again and again."""
    lines = ["关于某集团党委巡视整改进展情况的通报"]
    expected = []
    for place in range(items):
        number = place % 500 + 1
        problem, outcome = f"第{place}项制度执行不到位", f"修订第{place}项制度，组织培训{place % 9 + 1}次，"
        lines += [
            f"问题{number}：{problem}。",
            f"整改情况：{outcome}{'完成自查自纠并形成报告，' * 5}已整改到位。",
        ]
        expected.append(item(str(number), problem, outcome))
    return Case("long.txt", "\n".join(lines).encode(), {"about": "a very long notice", "items": expected})
