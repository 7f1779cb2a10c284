"""Control words of RTF that are read, and the encodings of its fonts.

Source: Microsoft, Rich Text Format (RTF) Specification, version 1.9.1.
"""

from __future__ import annotations

import re

_SIGNS = (
    rb"\\(?:(?P<word>[a-zA-Z]{1,40})(?P<number>-?\d{1,10})? ?|'(?P<byte>[0-9a-fA-F]{2})"
    rb"|(?P<symbol>[^a-zA-Z']|'))|(?P<brace>[{}])|[\r\n\0]+"
)
TOKEN = re.compile(_SIGNS + rb"|(?P<text>(?:[\x81-\xfe][\x40-\xfe]|[^\\{}\r\n\0])+)", re.S)
"""Bytes of GBK may stand unescaped, and the second of two may be a sign of RTF."""
TOKEN_UTF8 = re.compile(_SIGNS + rb"|(?P<text>[^\\{}\r\n\0]+)", re.S)
"""The same for a file that is UTF-8, against the specification."""

SKIPPED = frozenset(
    b"""aftncn aftnsep aftnsepc annotation atnauthor atndate atnicn atnid atnparent atnref atntime atrfend
    atrfstart author background bkmkend bkmkstart category colorschememapping colortbl comment
    company creatim datafield datastore defchp defpap do docvar falt filetbl fldinst footer footerf
    footerl footerr footnote formfield ftncn ftnsep ftnsepc generator header headerf headerl headerr
    hlinkbase info keywords latentstyles listname listoverridetable listtable listpicture mmathPr
    nextfile nonesttables nonshppict objalias objclass objdata objname operator panose pict pn
    pnseclvl pntxta pntxtb private revtbl rsidtbl rxe shprslt sn sp subject sv tc template themedata
    title txe ud userprops wgrffmtfilter xe xmlnstbl""".split()
)
"""Destinations whose text is no text of the document."""
STARRED = frozenset([b"shpinst", b"nesttableprops", b"cs", b"ts", b"ds"])
"""Destinations with `\\*` that are read all the same."""
CHARACTERS = {
    b"tab": " ",
    b"line": "\n",
    b"lbr": "\n",
    b"page": "\n",
    b"column": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": "\u2003",
    b"enspace": "\u2002",
    b"qmspace": " ",
}
SYMBOLS = {b"~": "\xa0", b"_": "-", b"\t": " ", b"\\": "\\", b"{": "{", b"}": "}"}
SYMBOL_FONT = "symbol"
_CHARSETS = {
    2: SYMBOL_FONT,
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "big5hkscs",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_PAGES = {936: "gb18030", 54936: "gb18030", 950: "big5hkscs", 65001: "utf-8", 10000: "mac_roman"}
WIDE = frozenset(["gb18030", "big5hkscs", "cp932", "cp949"])
"""Encodings with two bytes a character."""


def charset_codec(number: int) -> str | None:
    """The encoding of a font by `\\fcharset`; None where that of the document holds."""
    return _CHARSETS.get(number)


def page_codec(number: int) -> str:
    """The encoding of a document by `\\ansicpg`, or of a font by `\\cpg`."""
    name = _PAGES.get(number, f"cp{number}")
    try:
        b"".decode(name)
    except LookupError:
        return "gb18030"
    return name
