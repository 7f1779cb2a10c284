"""The engine for the CPU: memory stays flat however many texts come, company changes no score."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from zhenggai.classification.engines.onnx import OnnxEngine
from zhenggai.resources import model_path

_STATUS = Path("/proc/self/status")
_CHARACTERS = "党委政府单位干部群众工作会议制度落实学习管理监督执行不够严格规范到位问题存在个别部分"


@pytest.fixture(scope="module")
def engine() -> OnnxEngine:
    return OnnxEngine(model_path("category"), 128, threads=1)


def _heap_mib() -> float:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024


@pytest.mark.skipif(not _STATUS.exists(), reason="resident memory is read from /proc")
def test_tokenizing_many_distinct_texts_keeps_none_of_them(engine: OnnxEngine) -> None:
    chance = random.Random(7)
    texts = ["".join(chance.choices(_CHARACTERS, k=80)) for _ in range(4000)]
    tokenizer = engine._tokenizer
    tokenizer.encode_batch(texts[:50])
    before = _heap_mib()
    for text in texts[50:]:
        tokenizer.encode(text)
    assert _heap_mib() - before < 8  # with its cache of words: 30


def test_a_preloaded_engine_gives_the_same_scores(engine: OnnxEngine) -> None:
    ahead = OnnxEngine(model_path("category"), 128, threads=1)
    ahead.preload()
    pairs = [("党建", "党费收缴不规范"), ("", "会议记录不完整"), ("作风", "公务接待超标准")]
    assert (ahead.scores(pairs) == engine.scores(pairs)).all()


def test_no_texts_no_scores(engine: OnnxEngine) -> None:
    assert engine.scores([]).shape[0] == 0
