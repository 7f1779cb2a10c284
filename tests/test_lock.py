"""The lock files: every dependency pinned and hashed, in agreement with pyproject.toml and constraints.txt.

An audit that needs no network. It shows that a build takes the files that were locked and nothing that is
not declared. It cannot show that a version has no known weakness: for that advisories must be fetched.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"runtime.lock": ("formats",), "dev.lock": ("dev",)}
UNLOCKED = {"torch"}
"""Its builds differ by platform and index; the version is in constraints.txt."""
_ENTRY = re.compile(
    r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(\S+) ?\\?((?:\n? +--hash=sha256:[0-9a-f]{64}(?: \\)?)*)", re.M
)


@cache
def locked(name: str) -> dict[str, tuple[Version, int]]:
    """Name → version and number of hashes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {canonicalize_name(m[1]): (Version(m[2]), m[3].count("sha256:")) for m in _ENTRY.finditer(text)}


def declared(extras: tuple[str, ...]) -> list[Requirement]:
    """Direct dependencies, with those of the extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = [Requirement(text) for text in project["dependencies"]]
    waiting, seen = list(extras), set()
    while waiting:
        extra = waiting.pop()
        if extra in seen:
            continue
        seen.add(extra)
        for requirement in map(Requirement, project["optional-dependencies"][extra]):
            if requirement.name == project["name"]:
                waiting += requirement.extras
            else:
                found.append(requirement)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_entry_is_pinned_and_hashed(name: str) -> None:
    lines = (ROOT / "requirements" / name).read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith(("#", " "))]
    assert len(locked(name)) == len(entries) > 20
    assert [package for package, (_, hashes) in locked(name).items() if not hashes] == []
    assert not [line for line in lines if "://" in line or line.startswith("-")]


@pytest.mark.parametrize("name", LOCKS)
def test_every_declared_dependency_is_locked_at_a_version_that_it_allows(name: str) -> None:
    for requirement in declared(LOCKS[name]):
        package = canonicalize_name(requirement.name)
        if package in UNLOCKED or (requirement.marker and not requirement.marker.evaluate()):
            continue
        assert package in locked(name), f"{package}: lock anew, see the head of requirements/{name}"
        assert locked(name)[package][0] in requirement.specifier, requirement


def test_locks_and_constraints_agree() -> None:
    text = (ROOT / "requirements" / "constraints.txt").read_text(encoding="utf-8")
    pins = dict(line.split("==") for line in text.splitlines() if "==" in line)
    for lock in map(locked, LOCKS):
        for package, version in pins.items():
            if canonicalize_name(package) in lock:
                assert lock[canonicalize_name(package)][0] == Version(version), package
    runtime, dev = locked("runtime.lock"), locked("dev.lock")
    assert {package: dev[package][0] for package in runtime if package in dev} == {
        package: version for package, (version, _) in runtime.items() if package in dev
    }
