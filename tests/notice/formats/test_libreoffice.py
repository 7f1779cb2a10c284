"""Old formats made by the real LibreOffice, where it is installed (about 4 s a document, so mostly slow)."""

from __future__ import annotations

import http.server
import io
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document

from zhenggai.notice import parse
from zhenggai.notice.formats import libreoffice
from zhenggai.notice.formats.base import Limits
from zhenggai.notice.reading import read

PROGRAM = libreoffice.find_program()
pytestmark = pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")

LINES = (
    "中共某县水务局党组关于巡察整改进展情况的通报",
    "一、聚焦主责主业方面",
    "1.关于“河道巡查频次不足”的问题",
    "整改情况：新聘巡河员26名，已整改到位。",
    "2.关于“水费收缴不规范”的问题",
    "整改情况：正在清欠，已追缴4.6万元。",
)


def documents(folder: Path, *endings: str) -> dict[str, bytes]:
    """The notice in old formats, made by LibreOffice itself."""
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=3)
    for row in (("序号", "问题", "整改情况"), ("3", "档案管理不规范", "补齐档案31卷。")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("2023年5月10日")  # Word has a paragraph after every table
    document.save(str(folder / "a.docx"))
    made = {}
    for ending in endings:
        command = [str(PROGRAM), f"-env:UserInstallation={(folder / 'own').as_uri()}", "--headless"]
        command += ["--convert-to", ending, "--outdir", str(folder), str(folder / "a.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        made[ending] = (folder / f"a.{ending}").read_bytes()
    return made


@pytest.mark.slow
def test_old_documents_give_the_items(tmp_path: Path) -> None:
    made = documents(tmp_path, "doc", "rtf", "odt")
    names = {"a.doc": "doc", "a.wps": "doc", "a.docx": "doc", "a.rtf": "rtf", "b.doc": "rtf", "a.odt": "odt"}
    for name, ending in names.items():  # a .wps or .docx that is an old Word file, a .doc that is RTF
        notice = parse(read(name, made[ending]))
        assert notice.source.kind == "doc"
        assert [item.problem for item in notice.items] == [
            "河道巡查频次不足",
            "水费收缴不规范",
            "档案管理不规范",
        ], name
        assert notice.items[1].outcome == "整改情况：正在清欠，已追缴4.6万元。"


class Listener(http.server.BaseHTTPRequestHandler):
    """Notes every request."""

    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[http.server.ThreadingHTTPServer]:
    Listener.asked = []
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield listening
        listening.shutdown()


def open_document(body: str) -> bytes:
    spaces = {
        "text": "text",
        "draw": "drawing",
        "svg": "svg-compatible",
        "office": "office",
    }
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for short, name in spaces.items()
    )
    content = (
        f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>'
    )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return buffer.getvalue()


def test_a_document_fetches_nothing_and_reads_no_other_file(
    server: http.server.ThreadingHTTPServer, tmp_path: Path
) -> None:
    """Without our settings LibreOffice asks for the picture three times (found 2026-11)."""
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    address = f"http://127.0.0.1:{server.server_port}"
    body = (
        "<text:p>整改通报正文</text:p><text:p><draw:frame svg:width='3cm' svg:height='3cm' "
        f"text:anchor-type='as-char'><draw:image xlink:href='{address}/a.png' xlink:type='simple' "
        "xlink:show='embed' xlink:actuate='onLoad'/></draw:frame></text:p>"
    )
    for number, place in enumerate((secret.as_uri(), f"{address}/b.txt")):
        body += (
            f"<text:section text:name='s{number}'><text:section-source xlink:href='{place}' "
            "xlink:type='simple' text:filter-name='Text'/><text:p>旧文</text:p></text:section>"
        )
    data = open_document(body)
    given = libreoffice.Given(data, "odt")
    made = libreoffice.convert(given, libreoffice.Target("docx", "MS Word 2007 XML", "odt"), Limits())
    for text in (read("a.docx", made).text, read("a.odt", data).text):
        assert "整改通报正文" in text
        assert "SECRET" not in text
    assert Listener.asked == []
