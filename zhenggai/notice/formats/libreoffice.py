"""Old office files → new ones, by LibreOffice, where it is installed.

It is asked for what the readers of this package cannot follow: Word 95 and before, damaged files.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from zhenggai.errors import ReadingError
from zhenggai.notice.formats.base import Extracted, Limits, NotFollowedError, failure

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


@dataclass(frozen=True, slots=True)
class Target:
    """What a file is turned into."""

    ending: str
    """Of the file that comes out."""
    filter: str
    """LibreOffice's name of the format."""
    old: str
    """The endings that are turned into it, for the message."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it is, and what it is to be read as."""

    data: bytes
    ending: str
    filter: str | None = None
    """LibreOffice's name of the format: told it, it reads no damaged workbook as a text. None: it sees."""


def convert(given: Given, target: Target, limits: Limits) -> bytes:
    """The file in the target's format.

    Raises:
        ReadingError: no LibreOffice, out of time, damaged.
    """
    program = find_program()
    if program is None:
        raise failure(
            f"已安装 LibreOffice（用于读取 {target.old}）",
            "没有找到 soffice 命令",
            f"安装 LibreOffice，或用 Office、WPS 另存为 {target.ending}",
        )
    with tempfile.TemporaryDirectory(prefix="zhenggai-", ignore_cleanup_errors=True) as folder:
        return _convert(program, Path(folder), given, target, limits)


def read_or_convert(
    read: Callable[[], Extracted], converted: Callable[[Limits], Extracted], limits: Limits
) -> Extracted:
    """What `read` gives; of a file that it cannot follow, what LibreOffice gives, in the time that is left.

    Raises:
        ReadingError: that of `read`.
    """
    started = time.monotonic()
    try:
        return read()
    except NotFollowedError as error:
        left = limits.seconds - (time.monotonic() - started)
        if find_program() is None or left < limits.seconds / 2:
            raise
        try:
            return converted(replace(limits, seconds=left))
        except ReadingError:
            raise error from None


def find_program() -> str | None:
    """Path of LibreOffice, if it is installed."""
    found = (shutil.which(name) for name in _PROGRAMS)
    return next((path for path in found if path), None) or next(
        (p for p in _PLACES if os.path.isfile(p)), None
    )


def _convert(program: str, folder: Path, given: Given, target: Target, limits: Limits) -> bytes:
    """Runs with a profile of its own: it meets no running office, no user's macros, and fetches nothing."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_settings(), encoding="utf-8")
    source = folder / f"notice.{given.ending}"
    source.write_bytes(given.data)
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *([f"--infilter={given.filter}"] if given.filter else []),
        "--convert-to",
        f"{target.ending}:{target.filter}",
        "--outdir",
        str(folder / "converted"),
        str(source),
    ]
    save = f"用 Office 或 WPS 另存为 {target.ending} 后重试"
    _run(command, folder, limits.seconds, save)
    made = folder / "converted" / f"notice.{target.ending}"
    if not made.is_file() or made.stat().st_size > limits.file_bytes:
        found = "无法打开（文件可能不完整或已损坏）"
        raise failure("完整的文档", found, f"重新下载，或{save}")
    return made.read_bytes()


_SECURITY = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Calc/Content/Update", "Link", "1"),
    # Whatever asks for an address all the same gets nothing: a proxy that is not there.
    ("Inet/Settings", "ooInetProxyType", "2"),
    *(
        ("Inet/Settings", f"ooInet{kind}Proxy{what}", value)
        for kind in ("HTTP", "HTTPS", "FTP")
        for what, value in (("Name", "127.0.0.1"), ("Port", "9"))
    ),
    ("Inet/Settings", "ooInetNoProxy", ""),
)
"""Path, property and value of the settings that keep a document from running and fetching anything."""


def _settings() -> str:
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in _SECURITY
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
    )


def _run(command: list[str], folder: Path, seconds: float, save: str) -> None:
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        found = f"LibreOffice 在 {seconds:g} 秒内没有完成转换"
        raise failure("可转换的文档", found, save) from error
    finally:
        if process.returncode is None:
            _kill_group(process)


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """The program starts others, which outlive it when only it is ended."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
