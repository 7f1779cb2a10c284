"""The parts of an OFD file: found by their locations, unpacked within limits, safely parsed."""

from __future__ import annotations

import posixpath
import zipfile
from xml.etree.ElementTree import Element

from zhenggai.notice.formats.archive import members, read_member
from zhenggai.notice.formats.base import MIB, Deadline, Limits, failure
from zhenggai.notice.formats.office_xml import parse

KIND = "OFD 文件"
AGAIN = "重新下载或重新导出"
_ENCRYPTED = ("encryptions.xml", "encryptions/")
"""How the names of the entry of decryption begin (GM/T 0099)."""


class Package:
    """Reads parts; what is asked for repeatedly counts each time, so that no loop outgrows the limits."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._deadline = Deadline(limits.seconds)
        self._stored = {_plain(name): name for name in members(archive)}
        self._left = limits.unpacked_bytes
        if any(name.lower().startswith(_ENCRYPTED) for name in self._stored):
            raise failure(f"未加密的 {KIND}", "已加密", "解除加密后另存")

    def check_time(self) -> None:
        """Raises ReadingError when the time is over."""
        self._deadline.check()

    def locate(self, location: str, referring: str) -> str:
        """The part at a location, which stands in the part `referring`; empty if there is none.

        Locations are relative to the referring part or, with a slash before them, to the root. Some programs
        leave that slash out.
        """
        place = location.strip().replace("\\", "/")
        found = [] if place.startswith("/") else [posixpath.join(posixpath.dirname(referring), place)]
        return next((name for p in (*found, place) if (name := _plain(p)) in self._stored), "")

    def root(self, part: str) -> Element:
        """The root element of a part."""
        self._deadline.check()
        data = read_member(self._archive, self._stored[part], self._limits)
        self._left -= len(data)
        if self._left < 0:
            limit = self._limits.unpacked_bytes // MIB
            raise failure(
                f"解压后不超过 {limit} MiB 的 {KIND}", "同一部件被反复引用，超过限度", "确认文件来源可靠"
            )
        return parse(data, KIND, AGAIN)


def _plain(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/").lstrip("/")).lstrip("/")
