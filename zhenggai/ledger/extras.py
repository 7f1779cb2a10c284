"""Optional libraries, imported when a format needs them."""

from __future__ import annotations

import importlib
from typing import Any

from zhenggai.errors import LedgerError


def load_extra(module: str, extra: str, purpose: str) -> Any:
    """The module, or an error that names the extra that brings it.

    Raises:
        LedgerError: the library is not installed.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise LedgerError(
            f"{purpose}需要 {module.split('.')[0]}，当前环境没有安装。"
            f'请运行：pip install "zhenggai[{extra}]"。'
        ) from error
