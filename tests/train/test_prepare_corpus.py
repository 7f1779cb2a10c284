"""Shards and tokenizer from a small corpus."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("transformers")

from tokenizers import Tokenizer
from transformers import AutoTokenizer

from train._pretraining.config import ConfigError
from train._pretraining.data import WORD_START
from train._pretraining.duplicates import FirstOccurrences
from train._pretraining.shards import open_sources
from train._pretraining.vocabulary import CLS_ID, SEP_ID, UNK_ID, CharacterTable, normalise
from train.prepare_corpus import main

LAW = "第一条　为了规范财政资金管理，制定本办法。\n第二条 本办法自2021年１月1日起施行。\n"
NEWS = "市委召开会议，部署巡察整改工作。\n会议强调，ABC要立行立改！\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two sources of 40 different documents each, and one duplicate; also packed as corpus.tar.xz."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in (("laws", LAW), ("news", NEWS)):
        documents = [f"{text}编号{name}{i}甲乙丙丁戊己庚辛壬癸\n" for i in range(40)]
        (folder / f"{name}.txt").write_text("\n".join([*documents, documents[3]]), encoding="utf-8")
    with tarfile.open(folder / "corpus.tar.xz", "w:xz") as archive:
        for name in ("laws", "news"):
            archive.add(folder / f"{name}.txt", f"raw/{name}.txt")
    config = (
        "vocab_size: 256\nmin_count: 1\nheld_out_per_mille: 200\nwords: none\nlicences: {laws: 法律文本}\n"
    )
    (folder / "corpus.yaml").write_text(config, encoding="utf-8")
    return folder


def prepare(corpus: Path, output: Path, *inputs: str, workers: int = 1) -> Path:
    paths = [str(corpus / name) for name in inputs]
    options = ["--config", str(corpus / "corpus.yaml"), "--output", str(output), "--workers", str(workers)]
    assert main([*options, "--input", *paths]) == 0
    return output


@pytest.fixture(scope="module")
def shards(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepare(corpus, tmp_path_factory.mktemp("shards"), "laws.txt", "news.txt")


def test_archive_and_two_workers_give_the_same_bytes(corpus: Path, shards: Path, tmp_path: Path) -> None:
    other = prepare(corpus, tmp_path, "corpus.tar.xz", workers=2)
    names = sorted(p.name for p in shards.glob("*.bin"))
    assert names == ["laws.heldout.bin", "laws.train.bin", "news.heldout.bin", "news.train.bin"]
    for name in [*names, "index.json", "tokenizer/tokenizer.json"]:
        assert (shards / name).read_bytes() == (other / name).read_bytes(), name


def test_every_document_is_stored_once_and_in_one_part(shards: Path) -> None:
    index = json.loads((shards / "index.json").read_text(encoding="utf-8"))
    laws = index["sources"]["laws"]
    assert laws["train_documents"] + laws["held_out_documents"] == 40
    assert laws["duplicates_dropped"] == 1
    assert laws["held_out_documents"] > 0
    assert laws["licence"] == "法律文本"
    tokens = np.fromfile(shards / "laws.train.bin", dtype=np.uint16)
    assert len(tokens) == laws["train_tokens"]
    assert ((tokens & (WORD_START - 1)) == CLS_ID).sum() == laws["train_documents"]


def test_files_are_cut_between_documents_and_read_as_one_stream(
    corpus: Path, shards: Path, tmp_path: Path
) -> None:
    """Small files hold the tokens that one file holds, and rows come from all of them."""
    config = (corpus / "corpus.yaml").read_text(encoding="utf-8")
    (tmp_path / "small.yaml").write_text(config + "shard_tokens: 300\n", encoding="utf-8")
    inputs = ["--input", str(corpus / "laws.txt"), str(corpus / "news.txt"), "--workers", "1"]
    for _ in range(2):  # a second time over the first
        assert main(["--config", str(tmp_path / "small.yaml"), "--output", str(tmp_path / "o"), *inputs]) == 0
    sources = open_sources(tmp_path / "o", "train", {"laws": 2.0})
    laws = [s for s in sources if s.name == "laws"]
    assert len(laws) > 3
    parts = [s.tokens[0 : len(s.tokens)] for s in laws]
    assert all((part[0] & (WORD_START - 1)) == CLS_ID for part in parts)
    assert np.concatenate(parts).tobytes() == (shards / "laws.train.bin").read_bytes()
    assert all(len(part) >= 300 for part in parts[:-1])


def test_a_shard_that_is_missing_or_cut_is_said(shards: Path, corpus: Path, tmp_path: Path) -> None:
    prepare(corpus, tmp_path, "laws.txt")
    (tmp_path / "laws.train.bin").write_bytes(b"12")
    with pytest.raises(ConfigError, match="索引记有"):
        open_sources(tmp_path, "train", {})


@pytest.mark.parametrize("part", [3, 1000])
def test_first_occurrences_are_those_of_a_set(tmp_path: Path, part: int) -> None:
    hashes = np.random.default_rng(0).integers(0, 40, 100).astype(np.uint64)
    first = FirstOccurrences(tmp_path, part)
    first.add(hashes[:70].tobytes())
    first.add(hashes[70:].tobytes())
    first.find()
    seen: set[int] = set()
    expected = [not (h in seen or seen.add(h)) for h in hashes.tolist()]  # type: ignore[func-returns-value]
    assert list(first) == expected
    first.close()
    assert not list(tmp_path.iterdir())


def test_a_stored_document_reads_back_as_its_text(shards: Path) -> None:
    tokens = np.fromfile(shards / "laws.train.bin", dtype=np.uint16) & (WORD_START - 1)
    first = tokens[: np.flatnonzero(tokens == CLS_ID)[1]]
    tokenizer = AutoTokenizer.from_pretrained(shards / "tokenizer")
    text = "".join(tokenizer.convert_ids_to_tokens(first.tolist()))
    assert text.startswith(
        "[CLS]第一条为了规范财政资金管理,制定本办法。[SEP]第二条本办法自2021年1月1日起施行。[SEP]"
    )
    assert first[-1] == SEP_ID


def test_tokenizer_and_table_agree(shards: Path) -> None:
    text = "第１条　ＡＢＣ  规范①；鿿…m²\t第"
    plain = Tokenizer.from_file(str(shards / "tokenizer" / "tokenizer.json"))
    ids, _ = CharacterTable(shards / "tokenizer").encode(normalise(text))
    assert plain.encode(text, add_special_tokens=False).ids == ids.tolist()
    assert UNK_ID in ids


def test_offsets_point_into_the_original_text(shards: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(shards / "tokenizer")
    text = "第 ２条，规范Ａ"
    encoded = tokenizer(text, return_offsets_mapping=True, add_special_tokens=False)
    assert [text[a:b] for a, b in encoded["offset_mapping"]] == ["第", "２", "条", "，", "规", "范", "Ａ"]


def test_pair_is_separated_and_types_are_not_asked_for(shards: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(shards / "tokenizer")
    encoded = tokenizer("第一", "条")
    tokens = tokenizer.convert_ids_to_tokens(encoded["input_ids"])
    assert tokens == ["[CLS]", "第", "一", "[SEP]", "条", "[SEP]"]
    assert set(encoded) == {"input_ids", "attention_mask"}


def test_word_starts_are_marked(corpus: Path, tmp_path: Path) -> None:
    pytest.importorskip("jieba")
    from train._pretraining.reading import Document
    from train.prepare_corpus import Encoder

    prepare(corpus, tmp_path, "news.txt")
    tokens = Encoder(tmp_path / "tokenizer", "jieba").encode(Document("news", ("市委 召开会议",)))
    starts = ((tokens & WORD_START) != 0).tolist()
    assert starts == [True, True, False, True, False, True, False, True]  # [CLS] 市委 召开 会议 [SEP]


def test_unknown_key_names_the_closest(
    corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "bad.yaml"
    config.write_text("vocab_sise: 300\n", encoding="utf-8")
    options = ["--config", str(config), "--input", str(corpus / "laws.txt"), "--output", str(tmp_path / "o")]
    assert main(options) == 2
    assert "您是否想写“vocab_size”" in capsys.readouterr().err


def test_missing_input_is_said(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--config", str(corpus / "corpus.yaml"), "--input", "nowhere.txt", "--output", str(tmp_path)]
    assert main([*options, "--workers", "1"]) == 2
    assert "找不到输入 nowhere.txt" in capsys.readouterr().err
