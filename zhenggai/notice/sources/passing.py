"""Which files of a folder or an archive may be notices; the others are passed over and counted.

By its ending a file is a document, which is read or refused with a reason, or certainly none. A file with any
other ending, or with none, is read if it begins as a document or as Chinese text does; data (JSON, XML) is
searched for articles if it begins with Chinese in it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.xml_kinds import xml_kind
from zhenggai.patterns import compiled

_DOCUMENTS = (
    "txt text md markdown html htm shtml xhtml mhtml mht eml epub doc docx docm dot dotx dotm wps wpt rtf "
    "odt ott fodt xls xlsx xlsm xlsb xlt xltx et ett ods ots fods csv tsv pdf ofd zip tar gz tgz rar 7z bz2 "
    "tbz tbz2 xz txz ppt pptx dps ceb cebx caj kdh nh pages wpd gw gd sep warc srt vtt"
)
DOCUMENTS = frozenset(_DOCUMENTS.split())
_COMPANIONS = (
    "png jpg jpeg jfif gif bmp ico svg webp tif tiff heic css js map woff woff2 ttf otf eot mp3 mp4 avi wav "
    "mov json jsonl parquet yaml yml toml py pyc sh bat ps1 db sqlite ini conf cfg lnk url log lock "
    "bak tmp temp old swp part partial crdownload download exe dll msi so class jar bin iso apk"
)
COMPANIONS = frozenset(_COMPANIONS.split())
"""Endings of what lies beside notices: pictures, parts of pages, data, programs, copies, half downloads."""
DUMPS = frozenset(["json", "jsonl", "ndjson", "xml"])
"""Endings of data, among which are dumps of web pages; they are told by their content."""
PICTURES = frozenset(["png", "jpg", "jpeg", "jfif", "gif", "bmp", "webp", "tif", "tiff", "heic"])

HEAD = 4096
"""Bytes of a file by which one with an ending of no kind is judged."""
_FEWEST_CHINESE, _CHINESE_SHARE = 30, 0.3
_BEYOND_ASCII = bytes(range(0x80, 0x100))
_BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF-", b"{\\rtf")
_HIDDEN = compiled(r"\.[^.]|~\$|__MACOSX$")
_CHINESE = compiled("[\u4e00-\u9fff]")


def is_hidden(name: str) -> bool:
    """Whether a file is hidden, or is one that a system or a program keeps beside the files of its user."""
    path = PurePath(name)
    return any(_HIDDEN.match(part) for part in path.parts) or path.name in ("Thumbs.db", "desktop.ini")


def is_companion(name: str) -> bool:
    """Whether a file is no notice by its name alone."""
    return is_hidden(name) or ending_of(name) in COMPANIONS


def ending_of(name: str) -> str:
    """The ending of a name in lower case, without its point."""
    return PurePath(name).suffix.lower().lstrip(".")


def may_be_notice(name: str, head: Callable[[], bytes]) -> bool:
    """Whether to read a file of a folder or an archive; `head` gives its beginning."""
    ending = ending_of(name)
    if ending in DOCUMENTS:
        return True
    if ending in DUMPS and _begins_as_dump(head()):
        return True
    return ending not in COMPANIONS and _begins_as_document(head())


def _begins_as_dump(head: bytes) -> bool:
    """Whether a file of data begins with Chinese in it, by its characters or their escapes."""
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1]
    if start not in (b"{", b"[", b"<"):
        return False
    beyond = len(head) - len(head.translate(None, _BEYOND_ASCII))
    return beyond >= 2 * _FEWEST_CHINESE or head.count(b"\\u") + head.count(b"&#") >= _FEWEST_CHINESE


def _begins_as_document(head: bytes) -> bool:
    from zhenggai.notice.formats.text import decode

    if head.startswith(_BEGINNINGS):
        return True
    try:
        text = decode(head)[0] if head else ""
        if xml_kind(text) is not None:
            return True
    except ReadingError:
        return False
    chinese = len(_CHINESE.findall(text))
    return chinese >= max(_FEWEST_CHINESE, _CHINESE_SHARE * len("".join(text.split())))
