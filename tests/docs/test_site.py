"""The site builds strictly, without the network, and its generated pages are up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.build_taxonomy_pages import pages
from zhenggai.taxonomy import load_taxonomy

ROOT = Path(__file__).resolve().parents[2]
_LOADED = re.compile(r"<(?:script|img|link|iframe)[^>]*?\s(?:src|href)=[\"']?(https?:)?//[^\"'>\s]+", re.I)


def test_the_taxonomy_pages_are_up_to_date() -> None:
    for name, text in pages().items():
        written = (ROOT / "docs" / name).read_text("utf-8")
        assert written == text, f"docs/{name}: run python scripts/build_taxonomy_pages.py"


def test_the_taxonomy_pages_name_every_label_with_an_example() -> None:
    taxonomy = load_taxonomy()
    for text in pages().values():
        for label in (*taxonomy.categories, *taxonomy.statuses):
            assert f"**{label.name}** `{label.key}`" in text
        assert not re.search(r"[：:] ?–$", text, re.M)


@pytest.mark.slow
def test_the_site_builds_strictly_and_loads_nothing_from_outside(tmp_path: Path) -> None:
    pytest.importorskip("material")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    built = sorted(tmp_path.rglob("*.html"))
    assert len(built) >= 15
    outside = {
        page.name: found.group() for page in built if (found := _LOADED.search(page.read_text("utf-8")))
    }
    assert outside == {}
