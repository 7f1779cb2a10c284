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
    """Runs with a profile of its own, so that it neither meets a running office nor a user's macros."""
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
