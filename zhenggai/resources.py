"""Where the files that come with the package are: inside the wheel, or in the checkout that it runs from."""

from __future__ import annotations

from pathlib import Path

from zhenggai.errors import ZhenggaiError

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def taxonomy_path() -> Path:
    """Path of `taxonomy.yaml`."""
    return _first(_PACKAGE / "_resources" / "taxonomy.yaml", _CHECKOUT / "configs" / "taxonomy.yaml")


def model_path(task: str) -> Path:
    """Folder of the default model for `task` (`category` or `status`)."""
    return _first(_PACKAGE / "_resources" / "models" / task, _CHECKOUT / "models" / task)


def _first(*candidates: Path) -> Path:
    for candidate in candidates:
        if candidate.exists():
            return candidate
    tried = "、".join(str(c) for c in candidates)
    raise ZhenggaiError(
        f"找不到随软件附带的文件：应在 {tried} 之一。请重新安装 zhenggai，或在完整的代码目录中运行。"
    )
