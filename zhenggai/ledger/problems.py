"""What the operating system says, in words that tell a user what to do."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from zhenggai.errors import LedgerError

_ADVICE = {
    errno.ENOSPC: "磁盘空间不足。请腾出空间",
    errno.EDQUOT: "超出磁盘配额。请腾出空间",
    errno.EFBIG: "文件大小超出系统限制。请换一个位置",
    errno.EROFS: "所在磁盘是只读的。请换一个位置",
    errno.EACCES: "没有权限。请检查文件和文件夹的权限，或关闭正在使用它的程序",
    errno.EPERM: "没有权限。请检查文件和文件夹的权限，或关闭正在使用它的程序",
    errno.ENAMETOOLONG: "文件名过长。请换一个较短的文件名",
    errno.ENOENT: "文件或文件夹不存在。请检查路径",
    errno.ENOTDIR: "路径中有一段不是文件夹。请检查路径",
    errno.EIO: "磁盘读写出错。请检查磁盘",
}


@contextlib.contextmanager
def explained(path: Path, action: str = "写入", kept: str = "") -> Iterator[None]:
    """Turn an `OSError` of the block into a `LedgerError` in Chinese; `kept` says what is not lost.

    Raises:
        LedgerError: in place of the `OSError`.
    """
    try:
        yield
    except OSError as error:
        raise LedgerError(f"无法{action} {path}：{_advice(error)}。{kept}") from error
    except Exception as error:  # XlsxWriter wraps the error of the system in its own
        cause = next((a for a in error.args if isinstance(a, OSError)), None)
        if cause is None:
            raise
        raise LedgerError(f"无法{action} {path}：{_advice(cause)}。{kept}") from error


def _advice(error: OSError) -> str:
    return _ADVICE.get(error.errno or 0, f"系统报告“{error.strerror or error}”。请检查该路径")
