"""What the package never does: unpickle, run a model's code, open a connection."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CODE = sorted(p for folder in ("zhenggai", "train", "scripts") for p in (ROOT / folder).rglob("*.py"))
UNSAFE_MODULES = {"pickle", "cPickle", "dill", "joblib", "cloudpickle", "shelve", "marshal", "jsonpickle"}
UNSAFE_CALLS = {"torch.load", "torch.save", "pandas.read_pickle", "yaml.unsafe_load", "eval", "exec"}
ALLOWED = {
    "zhenggai/patterns.py": {"marshal"},
    "zhenggai/ahead.py": {"marshal"},
    "zhenggai/generated.py": {"exec"},
}
"""A cache beside the byte code, which is trusted as that is, and a pipe from a process of ours; marshal makes
no objects of classes, and exec gets what `dataclasses` itself would execute."""
NETWORK_MODULES = {"socket", "ssl", "http", "urllib3", "requests", "httpx", "aiohttp", "ftplib"}


def imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_pickle_no_code_of_models_no_unsafe_yaml(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = {name.partition(".")[0] for name in imports(tree)} & UNSAFE_MODULES
    relative = path.relative_to(ROOT).as_posix()
    assert found <= ALLOWED.get(relative, set())
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = ast.unparse(node.func)
        assert name not in UNSAFE_CALLS - ALLOWED.get(relative, set()), f"line {node.lineno}: {name}"
        arguments = {keyword.arg: keyword.value for keyword in node.keywords}
        assert "trust_remote_code" not in arguments, f"line {node.lineno}"
        if name in ("np.load", "numpy.load"):
            assert ast.unparse(arguments["allow_pickle"]) == "False", f"line {node.lineno}"
        if name == "yaml.load":
            assert "SAFE" in ast.unparse(arguments["Loader"]).upper(), f"line {node.lineno}"
        if name.startswith("AutoModel") and name.endswith("from_pretrained"):
            assert ast.unparse(arguments["use_safetensors"]) == "True", f"line {node.lineno}"
        if name.startswith("subprocess."):
            assert "shell" not in arguments, f"line {node.lineno}"


def test_reading_and_classifying_import_no_network_module() -> None:
    for path in CODE:
        if path.is_relative_to(ROOT / "zhenggai"):
            found = imports(ast.parse(path.read_text("utf-8")))
            assert not {name.partition(".")[0] for name in found} & NETWORK_MODULES, path
            assert "urllib.request" not in found, path


WATCH = """
import socket, sys
def refuse(*arguments, **named):
    raise SystemExit("connection attempted: %r" % (arguments,))
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
sys.argv = ["zhenggai", *sys.argv[1:]]
from zhenggai.cli import main
main()
"""


def test_a_whole_run_opens_no_connection(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><base href='http://x.test/'><link rel=stylesheet href='http://x.test/a.css'></head><body>"
        "<img src='http://x.test/a.png'><p>某局整改情况的通报</p><p>1.关于“学习不深入”的问题</p>"
        "<p>整改情况：已印发。</p>",
        encoding="utf-8",
    )
    unsure = "1.关于“奇怪的事情没有做好”的问题\n整改情况：已完成。\n"
    (tmp_path / "b.txt").write_text(unsure, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", WATCH, "classify", "a.html", "b.txt", "-o", "l.xlsx"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "no_proxy": "*"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "l.xlsx").exists()
