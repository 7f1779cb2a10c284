"""Neighbouring passages: pairs of one text, the same for a step whatever happened before, and their loss."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from vocabularies import own_vocabulary

from train._pretraining.config import ConfigError
from train._pretraining.passages import PassagePairs, PassageSettings, passage_loss
from train._pretraining.shards import Source
from train._pretraining.vocabulary import CLS_ID, PAD_ID, SEP_ID

VOCABULARY = own_vocabulary(64)
SETTINGS = PassageSettings(weight=1.0, pairs=12, length=40, shortest=5, gap=8)


def texts(first: int, sizes: list[int]) -> Source:
    """Text ``n`` of a source repeats the token ``first + n``, with marks between its paragraphs."""
    parts = [[CLS_ID, *([first + n] * 6 + [SEP_ID]) * (size // 6)] for n, size in enumerate(sizes)]
    tokens = np.concatenate([np.array(part, dtype=np.uint16) for part in parts])
    return Source(f"from {first}", tokens | 0x8000, 1.0)


@pytest.fixture
def pairs() -> PassagePairs:
    return PassagePairs([texts(100, [60, 12, 90] * 20), texts(500, [200] * 20)], SETTINGS, 3, VOCABULARY)


def test_both_passages_are_of_one_text_and_carry_no_mark_but_their_first(pairs: PassagePairs) -> None:
    for step in range(20):
        batch = pairs.take(step, 0)
        sources = set()
        for ids, documents in zip(batch.input_ids, batch.documents, strict=True):
            parts = [ids[documents == number] for number in (1, 2)]
            assert all(part[0] == CLS_ID and len(part) > SETTINGS.shortest for part in parts)
            words = torch.cat([part[1:] for part in parts])
            assert len(words.unique()) == 1
            assert (ids[documents == 0] == PAD_ID).all()
            sources.add(int(words[0]) >= 500)
        assert len(sources) == 1, "one source a batch"


def test_a_batch_depends_on_seed_step_and_number_alone(pairs: PassagePairs) -> None:
    first = pairs.take(7, 1).input_ids
    assert not torch.equal(pairs.take(7, 0).input_ids, first)
    assert not torch.equal(pairs.take(8, 1).input_ids, first)
    assert torch.equal(PassagePairs(pairs.sources, SETTINGS, 3, VOCABULARY).take(7, 1).input_ids, first)
    assert not torch.equal(PassagePairs(pairs.sources, SETTINGS, 4, VOCABULARY).take(7, 1).input_ids, first)


def test_the_loss_is_small_where_passages_of_a_pair_are_alike() -> None:
    documents = torch.tensor([[1, 1, 2, 2, 0]] * 4)
    alike = torch.eye(4)[:, None, :].expand(4, 5, 4).clone()
    alike[:, 4] = 100.0  # padding counts for nothing
    assert passage_loss(alike, documents, 0.05).item() < 1e-6
    swapped = alike.clone()
    swapped[:, 2:4] = alike[[1, 2, 3, 0], 2:4]
    assert passage_loss(swapped, documents, 0.05).item() > 10
    assert passage_loss(torch.ones(4, 5, 4), documents, 0.05).item() == pytest.approx(np.log(4))


def test_a_corpus_without_long_texts_is_named() -> None:
    with pytest.raises(ConfigError, match="from 100"):
        PassagePairs([texts(100, [6] * 200)], SETTINGS, 0, VOCABULARY).take(0, 0)
    with pytest.raises(ConfigError, match="分片太短"):
        PassagePairs([texts(100, [12])], SETTINGS, 0, VOCABULARY)


def test_batches_must_divide_among_processes() -> None:
    assert SETTINGS.share(2) == 1
    with pytest.raises(ConfigError, match="batches"):
        SETTINGS.share(3)
