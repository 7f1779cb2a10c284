from __future__ import annotations

import pytest

from tests.checks.tools import examples
from zhenggai.checks.model import Example


@pytest.fixture
def rows() -> list[Example]:
    return examples()
