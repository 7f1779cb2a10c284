"""A Word document in one XML file (Flat OPC, "Word XML document") → the zip file that it stands for."""

from __future__ import annotations

import base64
import binascii
import io
import zipfile
from xml.etree.ElementTree import Element, tostring

from zhenggai.notice.formats.office_xml import attribute, child, children, parse


def as_zip(data: bytes) -> bytes:
    """The parts of the package as members of a zip file. Raises ReadingError: damaged."""
    root = parse(data, "Word XML 文档", "用 Word 或 WPS 打开后另存为 docx")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for part in children(root, "part"):
            archive.writestr(attribute(part, "name").lstrip("/"), _content(part))
    return packed.getvalue()


def _content(part: Element) -> bytes:
    xml = child(part, "xmlData")
    if xml is not None:
        return b"".join(tostring(element) for element in xml)
    binary = child(part, "binaryData")
    try:
        return base64.b64decode("".join((binary.text or "").split())) if binary is not None else b""
    except (binascii.Error, ValueError):  # pictures, which hold no text
        return b""
