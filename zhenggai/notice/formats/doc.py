"""Old Word, WPS, RTF and OpenDocument files: LibreOffice turns them into docx, where it is installed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from zhenggai.notice.formats import docx
from zhenggai.notice.formats.base import Extracted, Limits, failure

_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)


def extract(data: bytes, limits: Limits) -> Extracted:
    """Text of the document. Raises ReadingError: no LibreOffice, out of time, damaged."""
    program = find_program()
    if program is None:
        raise failure(
            "已安装 LibreOffice（用于读取 doc、wps、rtf、odt）",
            "没有找到 soffice 命令",
            "安装 LibreOffice，或用 Word、WPS 另存为 docx",
        )
    with tempfile.TemporaryDirectory(prefix="zhenggai-", ignore_cleanup_errors=True) as folder:
        converted = _convert(program, data, Path(folder), limits)
        return docx.extract(converted, limits)


def find_program() -> str | None:
    """Path of LibreOffice, if it is installed."""
    found = (shutil.which(name) for name in _PROGRAMS)
    return next((path for path in found if path), None) or next(
        (p for p in _PLACES if os.path.isfile(p)), None
    )


def _convert(program: str, data: bytes, folder: Path, limits: Limits) -> bytes:
    """Runs with a profile of its own: it meets no running office, no user's macros, and fetches nothing."""
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_settings(), encoding="utf-8")
    source = folder / f"notice.{_ending(data)}"
    source.write_bytes(data)
    command = [
        program,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "converted"),
        str(source),
    ]
    _run(command, folder, limits.seconds)
    target = folder / "converted" / "notice.docx"
    if not target.is_file() or target.stat().st_size > limits.file_bytes:
        raise failure("LibreOffice 能打开的文档", "转换失败", "用 Word 或 WPS 另存为 docx 后重试")
    return target.read_bytes()


_SECURITY = (
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Writer/Content/Update", "Link", "0"),
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


def _run(command: list[str], folder: Path, seconds: float) -> None:
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
        raise failure("可转换的文档", found, "用 Word 或 WPS 另存为 docx 后重试") from error
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


def _ending(data: bytes) -> str:
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    return "odt" if data.startswith(b"PK") else "doc"
