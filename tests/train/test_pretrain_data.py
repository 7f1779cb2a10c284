"""Order of rows, masking, schedule."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("transformers")

from vocabularies import own_vocabulary

from train._pretraining.config import ConfigError, build, load_config
from train._pretraining.data import WORD_START, Rows, document_numbers, permute
from train._pretraining.masking import Masking
from train._pretraining.schedule import Plan, make_plan
from train._pretraining.settings import PretrainConfig, ScheduleSettings
from train._pretraining.shards import Source
from train._pretraining.vocabulary import CLS_ID, FIRST_CHARACTER_ID, MASK_ID, SEP_ID
from train.prepare_corpus import CorpusConfig

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("size", [1, 2, 7, 64, 1000])
def test_permutation_is_one(size: int) -> None:
    out = permute(np.arange(size), size, key=3)
    assert sorted(out.tolist()) == list(range(size))


def test_permutation_depends_on_its_key() -> None:
    first, second = (permute(np.arange(1000), 1000, key) for key in (1, 2))
    assert (first == second).mean() < 0.02
    assert (np.diff(first) == 1).mean() < 0.02


def sources(weight: float = 1.0) -> list[Source]:
    """Two streams whose tokens tell their place."""
    return [
        Source("a", np.arange(1000, 1900, dtype=np.uint16), 1.0),
        Source("b", np.arange(5000, 5500, dtype=np.uint16), weight),
    ]


def test_an_epoch_reads_each_row_once() -> None:
    rows = Rows(sources(), length=10, seed=4, cls=CLS_ID)
    taken = rows.take(np.arange(rows.epoch_rows))
    assert len(np.unique(taken[:, 1])) == rows.epoch_rows
    assert (taken[:, 0] == CLS_ID | WORD_START).all()
    assert (np.diff(taken[:, 1:].astype(int), axis=1) == 1).all()  # pieces of the stream, in order


def test_weights_are_passes() -> None:
    rows = Rows(sources(weight=3.0), length=10, seed=4, cls=CLS_ID)
    first = rows.take(np.arange(rows.epoch_rows))[:, 1]
    of_a, of_b = (first < 5000).sum(), (first >= 5000).sum()
    assert (of_a, of_b) == (len(range(900)) // 9 - 1, 3 * (500 // 9 - 1))


def many(count: int) -> list[Source]:
    """Files whose tokens tell their place: file n holds n·100 + 1000 to n·100 + 1099."""
    return [
        Source("a", np.arange(1000 + n * 100, 1100 + n * 100, dtype=np.uint16), 1.0) for n in range(count)
    ]


def test_few_files_are_in_use_at_a_time_and_an_epoch_still_reads_each_row_once() -> None:
    rows = Rows(many(60), length=10, seed=4, cls=CLS_ID, window=8)
    first = rows.take(np.arange(rows.epoch_rows))[:, 1].astype(int)
    assert len(np.unique(first)) == rows.epoch_rows
    files = (first - 1000) // 100
    span = 8 * int(rows.rows[0])  # rows of a window
    windows = [set(files[at : at + span]) for at in range(0, len(files), span)]
    assert all(len(w) <= 8 for w in windows)
    assert sorted(f for w in windows for f in w) == list(range(60))
    assert windows[0] != set(range(8)), "files are shuffled"
    second = rows.take(np.arange(rows.epoch_rows, 2 * rows.epoch_rows))[:, 1].astype(int)
    assert set(((second - 1000) // 100)[:span]) != windows[0], "in every epoch anew"


def test_position_is_the_whole_state_with_many_files() -> None:
    whole = Rows(many(40), 10, seed=4, cls=CLS_ID, window=8).take(np.arange(900))
    rows = Rows(many(40), 10, seed=4, cls=CLS_ID, window=8)
    parts = [rows.take(np.arange(at, at + 45)) for at in range(855, -1, -45)]  # in any order
    assert (np.concatenate(parts[::-1]) == whole).all()


def test_half_a_pass_goes_on_where_it_left_off() -> None:
    rows = Rows([Source("a", np.arange(1000, 1909, dtype=np.uint16), 0.5)], length=10, seed=4, cls=CLS_ID)
    firsts = [rows.take(np.arange(e * rows.epoch_rows, (e + 1) * rows.epoch_rows))[:, 1] for e in range(2)]
    assert firsts[0].max() < firsts[1].min()


def test_position_is_the_whole_state() -> None:
    whole = Rows(sources(), 10, seed=4, cls=CLS_ID).take(np.arange(400))
    parts = [Rows(sources(), 10, seed=4, cls=CLS_ID).take(np.arange(at, at + 50)) for at in range(0, 400, 50)]
    assert (np.concatenate(parts) == whole).all()
    other = Rows(sources(), 10, seed=5, cls=CLS_ID).take(np.arange(400))
    assert (other != whole).any()


def test_short_corpus_is_said() -> None:
    with pytest.raises(ConfigError, match="分片太短"):
        Rows([Source("a", np.arange(50, dtype=np.uint16), 1.0)], length=128, seed=0, cls=CLS_ID)


def test_documents_are_counted_by_their_start() -> None:
    ids = np.array([[CLS_ID, 20, 21, CLS_ID, 22, SEP_ID]])
    assert document_numbers(ids, CLS_ID).tolist() == [[1, 1, 1, 2, 2, 2]]


@pytest.fixture
def words() -> np.ndarray:
    """20 rows of two-character words, one [SEP] a row."""
    rng = np.random.default_rng(0)
    rows = rng.integers(FIRST_CHARACTER_ID, 200, (20, 64)).astype(np.uint16)
    rows[:, ::2] |= WORD_START
    rows[:, 0] = CLS_ID | WORD_START
    rows[:, 1] |= WORD_START
    rows[:, 30] = SEP_ID | WORD_START
    rows[:, 31] |= WORD_START
    return rows


def test_mask_hides_an_exact_number_and_no_special_token(words: np.ndarray) -> None:
    masking = Masking(rate=0.25, mask=1.0, random=0.0)
    masked, places, labels = masking.apply(words, own_vocabulary(200), np.random.default_rng(1))
    ids = (words & (WORD_START - 1)).astype(int)
    assert places.shape == labels.shape == (20, 16)
    assert (labels == np.take_along_axis(ids, places, axis=1)).all()
    assert ((masked == MASK_ID).sum(axis=1) == 16).all()
    assert (np.take_along_axis(masked, places, axis=1) == MASK_ID).all()
    assert (labels >= FIRST_CHARACTER_ID).all()
    assert (masked != ids).sum() == 20 * 16


def test_mask_hides_whole_words(words: np.ndarray) -> None:
    masked, _, _ = Masking(rate=0.25, join=0.0, mask=1.0, random=0.0).apply(
        words, own_vocabulary(200), np.random.default_rng(1)
    )
    hidden = masked == MASK_ID
    pairs = hidden[:, 2:30].reshape(20, 14, 2)
    broken = (pairs[..., 0] != pairs[..., 1]).sum(axis=1)
    assert broken.max() <= 1  # only the last span of a row may be cut by the exact number


def test_joined_words_make_longer_spans(words: np.ndarray) -> None:
    def span(join: float) -> float:
        masking = Masking(rate=0.25, join=join, mask=1.0, random=0.0)
        hidden = masking.apply(words, own_vocabulary(200), np.random.default_rng(1))[0] == MASK_ID
        return float(hidden.sum() / (np.diff(hidden.astype(int), axis=1) == 1).sum())

    assert span(0.7) > span(0.0) + 1


def test_mask_random_keep_shares() -> None:
    rows = np.random.default_rng(0).integers(FIRST_CHARACTER_ID, 5000, (200, 128)).astype(np.uint16)
    masked, places, labels = Masking(rate=0.2).apply(
        rows | WORD_START, own_vocabulary(5000), np.random.default_rng(1)
    )
    there = np.take_along_axis(masked, places, axis=1)
    assert (there == MASK_ID).mean() == pytest.approx(0.8, abs=0.02)
    assert (there == labels).mean() == pytest.approx(0.1, abs=0.02)


def test_plan_warms_stays_and_decays() -> None:
    plan = make_plan(ScheduleSettings(total_tokens=1000, warmup_tokens=100, decay_share=0.2, long_share=0.1))
    assert plan == Plan(warmup=100, decay_start=800, long_start=900, end=1000)
    assert plan.rate(49) == 0.5
    assert plan.rate(500) == 1.0
    assert plan.rate(850) == pytest.approx(0.5)
    assert plan.rate(1000) == 0.0


def test_decay_can_be_called_for() -> None:
    plan = Plan(warmup=100, decay_start=8000, long_start=9000, end=10_000).decay_now(400, 100, long_share=0.1)
    assert plan == Plan(warmup=100, decay_start=400, long_start=450, end=500)


def test_batch_that_does_not_divide_is_said() -> None:
    with pytest.raises(ConfigError, match="整数倍"):
        build(PretrainConfig, {"schedule": {"tokens_per_step": 1000, "micro_tokens": 512}}, "x.yaml")


@pytest.mark.parametrize("path", sorted((ROOT / "configs" / "pretrain").glob("*.yaml")), ids=lambda p: p.stem)
def test_shipped_configurations_are_valid(path: Path) -> None:
    kind = CorpusConfig if path.stem.startswith("corpus") else PretrainConfig
    assert load_config(path, kind) != kind()
