"""OpenDocument texts (`.odt`, `.fodt`), through defusedxml, in the way of `docx`."""

from __future__ import annotations

from zhenggai.notice.formats.base import Deadline, Extracted, Limits
from zhenggai.notice.formats.docx_body import Body
from zhenggai.notice.formats.odf_package import open_document
from zhenggai.notice.formats.odf_text import OpenText
from zhenggai.notice.formats.word_tree import GivenNumbers


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the document, a paragraph or a table row a line.

    Raises:
        ReadingError: damaged, encrypted, a bomb, too deep, out of time.
    """
    deadline = Deadline(limits.seconds)
    document = OpenText(open_document(data, "text", limits), deadline).tree()
    return Body(GivenNumbers(), deadline).extracted(document)
