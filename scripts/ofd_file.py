"""Writes OFD files (GB/T 33190) for tests and scripts: text at given places, with or without templates."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

NAMESPACE = "http://www.ofdspec.org/2016"
WIDTH, HEIGHT = 210.0, 297.0
SIZE = 5.5
"""Millimetres of a character; 28 of them make a line."""
LEFT, TOP, PITCH, IN_LINE, ON_PAGE = 28.0, 40.0, 9.8, 28, 22


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text, its left end and baseline in millimetres."""

    x: float
    y: float
    text: str
    size: float = SIZE


def advance(char: str, size: float = SIZE) -> float:
    """Width of a character."""
    return size * (0.5 if char < "\x7f" else 1.0)


def line_objects(line: Text) -> str:
    """A text object for the whole line, with the distances of its characters."""
    steps = " ".join(f"{advance(char, line.size):g}" for char in line.text[:-1])
    if len(set(steps.split())) == 1:
        steps = f"g {len(line.text) - 1} {steps.split()[0]}"
    return _object(line.x, line.y, sum(advance(c, line.size) for c in line.text), line.size, line.text, steps)


def glyph_objects(line: Text) -> str:
    """A text object for every character, last one first: the order in the file says nothing."""
    objects, x = [], line.x
    for char in line.text:
        objects.append(_object(x, line.y, advance(char, line.size), line.size, char, ""))
        x += advance(char, line.size)
    return "".join(reversed(objects))


def _object(x: float, y: float, width: float, size: float, text: str, steps: str) -> str:
    delta = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x:g} {y - size:g} {width:g} {1.3 * size:g}" Font="1" '
        f'Size="{size:g}"><ofd:TextCode X="0" Y="{size:g}"{delta}>{escape(text)}</ofd:TextCode>'
        "</ofd:TextObject>"
    )


def page(objects: str, area: str = "", template: str = "", namespace: str = NAMESPACE) -> str:
    """The part of a page, of its objects."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="{namespace}">{area}{template}'
        f'<ofd:Content><ofd:Layer ID="1" Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def package(
    pages: Sequence[str], templates: Sequence[str] = (), base: str = "", namespace: str = NAMESPACE
) -> dict[str, str]:
    """The parts of a file, by name; `base` stands before the locations in the document's part."""
    xmlns = f'xmlns:ofd="{namespace}"'
    kept = "".join(
        f'<ofd:TemplatePage ID="{n}" BaseLoc="{base}Tpls/Tpl_{n}/Content.xml"/>'
        for n in range(len(templates))
    )
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="{base}Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    return {
        "OFD.xml": f'<ofd:OFD {xmlns} Version="1.0" DocType="OFD"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {xmlns}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>"
        f"0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox></ofd:PageArea>{kept}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Tpls/Tpl_{n}/Content.xml": part for n, part in enumerate(templates)},
        **{f"Doc_0/Pages/Page_{n}/Content.xml": part for n, part in enumerate(pages)},
    }


def packed(parts: dict[str, str]) -> bytes:
    """The zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def wrapped(paragraph: str, indent: int) -> list[Text]:
    """The lines of a paragraph, all at height 0; the first is indented, none begins with a closing mark."""
    lines, text, room = [], "", IN_LINE - indent
    for char in paragraph:
        if (
            sum(advance(c, 1.0) for c in text) + advance(char, 1.0) > room
            and char not in "，。；：、！？）》”"
        ):
            lines.append(text)
            text, room = "", IN_LINE
        text += char
    starts = [LEFT + indent * SIZE, *[LEFT] * len(lines)]
    return [Text(x, 0, part) for x, part in zip(starts, [*lines, text], strict=True)]


def laid_out(paragraphs: Iterable[str], centred: int = 0) -> list[list[Text]]:
    """Pages with a running head and a page number; the first `centred` paragraphs are titles."""
    lines: list[Text] = []
    for number, paragraph in enumerate(paragraphs):
        lines += [
            Text(_centre(line.text), 0, line.text) if number < centred else line
            for line in wrapped(paragraph, 0 if number < centred else 2)
        ]
    pages = []
    for start in range(0, len(lines), ON_PAGE):
        foot = f"- {start // ON_PAGE + 1} -"
        body = [
            Text(line.x, TOP + n * PITCH, line.text) for n, line in enumerate(lines[start : start + ON_PAGE])
        ]
        head = Text(LEFT, 15, "党务公开", 3.5)
        pages.append([head, *body, Text(_centre(foot), HEIGHT - 12, foot)])
    return pages


def _centre(text: str) -> float:
    return LEFT + (IN_LINE * SIZE - sum(advance(char) for char in text)) / 2


def ofd_file(paragraphs: Iterable[str], centred: int = 2, by_glyph: bool = False, base: str = "") -> bytes:
    """An OFD file of A4 pages: wrapped lines, first-line indent, running head, page numbers."""
    draw = glyph_objects if by_glyph else line_objects
    pages = [page("".join(map(draw, lines))) for lines in laid_out(paragraphs, centred)]
    return packed(package(pages, base=base))
