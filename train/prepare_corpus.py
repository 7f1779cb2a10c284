"""Text files → character vocabulary → memory-mapped shards for pretraining.

    python train/prepare_corpus.py --config configs/pretrain/corpus.yaml \
        --input corpus.tar.xz --output out/shards

Input: text files, folders, or tar archives (``.tar``, ``.tar.xz``, ...) of text files; one paragraph
a line, a blank line between documents. Two streaming passes (count, encode): memory does not grow
with the corpus, except 8 bytes a document to drop exact duplicates. The output is the same to the
byte for the same input and configuration, whatever the number of workers.

Output folder: ``tokenizer/`` (a standard fast tokenizer), ``<source>.train.bin`` and
``<source>.heldout.bin`` (uint16; the top bit marks the first character of a word), ``index.json``.
A document starts with [CLS], each paragraph ends with [SEP].
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from train._pretraining.config import ConfigError, load_config
from train._pretraining.parallel import bounded_map
from train._pretraining.reading import Document, batches, read_documents
from train._pretraining.vocabulary import (
    CLS_ID,
    SEP_ID,
    CharacterTable,
    build_tokenizer,
    choose_characters,
    normalise,
)

WORD_START = 0x8000  # top bit of a stored token
BATCH_CHARACTERS = 1_000_000  # one unit of work of a worker


@dataclass(frozen=True)
class CorpusConfig:
    """What goes into the shards."""

    vocab_size: int = 5888  # tokens, special ones included; a multiple of 64 keeps the output GEMM fast
    min_count: int = 3  # a rarer character becomes [UNK]
    max_length: int = 1024  # model_max_length of the tokenizer
    held_out_per_mille: int = 5  # documents, chosen by a hash of their text
    max_held_out_tokens: int = 200_000  # per source; what lies beyond goes to neither part
    min_document_characters: int = 20
    words: str = "jieba"  # "jieba": word starts are marked; "none": every character is a word
    sources: tuple[str, ...] = ()  # names of files without suffix; empty: all
    licences: dict[str, str] = field(default_factory=dict)  # source → licence as stated, for the card

    def __post_init__(self) -> None:
        if not 64 <= self.vocab_size < WORD_START:
            raise ConfigError(f"vocab_size 须在 64 到 {WORD_START - 1} 之间，得到 {self.vocab_size}。")
        if self.words not in ("jieba", "none"):
            raise ConfigError(f"words 须为 jieba 或 none，得到 {self.words!r}。")


def count_batch(batch: list[Document]) -> Counter[str]:
    """Characters of one batch after normalisation."""
    counts: Counter[str] = Counter()
    for document in batch:
        counts.update(normalise("".join(document.paragraphs)))
    return counts


class Encoder:
    """Documents → stored tokens. Made once in each worker."""

    def __init__(self, tokenizer_folder: Path, words: str) -> None:
        self.characters = CharacterTable(tokenizer_folder)
        self.words = words

    def encode(self, document: Document) -> np.ndarray:
        """uint16 tokens of one document: [CLS] paragraph [SEP] paragraph [SEP] ..."""
        parts = [np.array([CLS_ID | WORD_START], dtype=np.uint16)]
        for paragraph in document.paragraphs:
            text = normalise(paragraph)
            ids, kept = self.characters.encode(text)
            if len(ids) == 0:
                continue
            starts = self._word_starts(text)[kept]
            parts.append(ids.astype(np.uint16) | np.where(starts, WORD_START, 0).astype(np.uint16))
            parts.append(np.array([SEP_ID | WORD_START], dtype=np.uint16))
        return np.concatenate(parts)

    def _word_starts(self, text: str) -> np.ndarray:
        if self.words == "none":
            return np.ones(len(text), dtype=bool)
        import jieba  # optional dependency; its dictionary takes a second to load

        jieba.setLogLevel(60)
        starts = np.zeros(len(text), dtype=bool)
        at = 0
        for word in jieba.cut(text, HMM=False):
            starts[at] = True
            at += len(word)
        return starts


_encoder: Encoder | None = None  # one per worker process


def start_worker(tokenizer_folder: Path, words: str) -> None:
    """Initialise a worker process."""
    global _encoder
    _encoder = Encoder(tokenizer_folder, words)


def encode_batch(batch: list[Document]) -> list[tuple[bytes, np.ndarray]]:
    """(hash, tokens) of each document of a batch; runs in a worker."""
    assert _encoder is not None
    return [(document_hash(d), _encoder.encode(d)) for d in batch]


def document_hash(document: Document) -> bytes:
    """8 bytes that decide duplicates and the held-out part."""
    return hashlib.blake2b("\n".join(document.paragraphs).encode(), digest_size=8).digest()


@dataclass
class Shard:
    """The two growing files of one source and their counts."""

    train: BinaryIO
    held_out: BinaryIO
    tokens: int = 0
    documents: int = 0
    held_out_tokens: int = 0
    held_out_documents: int = 0
    duplicates: int = 0

    def add(self, key: bytes, tokens: np.ndarray, config: CorpusConfig) -> None:
        """Write one document to the part its hash chooses."""
        if int.from_bytes(key[:4], "little") % 1000 < config.held_out_per_mille:
            if self.held_out_tokens + len(tokens) <= config.max_held_out_tokens:
                self.held_out.write(tokens.tobytes())
                self.held_out_tokens += len(tokens)
                self.held_out_documents += 1
            return
        self.train.write(tokens.tobytes())
        self.tokens += len(tokens)
        self.documents += 1


def make_tokenizer(inputs: list[Path], config: CorpusConfig, folder: Path, workers: int) -> None:
    """First pass: count characters, write the tokenizer."""
    counts: Counter[str] = Counter()
    for part in bounded_map(count_batch, batches(documents(inputs, config), BATCH_CHARACTERS), workers):
        counts.update(part)
    characters = choose_characters(counts, config.vocab_size, config.min_count)
    tokenizer = build_tokenizer(characters, config.max_length)
    tokenizer.save_pretrained(folder)
    covered = sum(counts[c] for c in characters) / max(
        1, sum(n for c, n in counts.items() if not c.isspace())
    )
    print(f"词表：{len(tokenizer)} 个，覆盖 {covered:.4%} 的字符", flush=True)


def documents(inputs: list[Path], config: CorpusConfig) -> Iterator[Document]:
    """Documents of the chosen sources that are long enough."""
    for document in read_documents(inputs, config.sources):
        if sum(map(len, document.paragraphs)) >= config.min_document_characters:
            yield document


def encode_corpus(inputs: list[Path], config: CorpusConfig, output: Path, workers: int) -> dict[str, Shard]:
    """Second pass: write the shards."""
    shards: dict[str, Shard] = {}
    seen: set[bytes] = set()
    work = batches(documents(inputs, config), BATCH_CHARACTERS)
    arguments = (output / "tokenizer", config.words)
    for batch, encoded in zip_batches(work, workers, arguments):
        for document, (key, tokens) in zip(batch, encoded, strict=True):
            if document.source not in shards:
                name = document.source
                shards[name] = Shard(
                    (output / f"{name}.train.bin").open("wb"), (output / f"{name}.heldout.bin").open("wb")
                )
            if key in seen:
                shards[document.source].duplicates += 1
                continue
            seen.add(key)
            shards[document.source].add(key, tokens, config)
    for shard in shards.values():
        shard.train.close()
        shard.held_out.close()
    return shards


def zip_batches(
    work: Iterator[list[Document]], workers: int, arguments: tuple[Path, str]
) -> Iterator[tuple[list[Document], list[tuple[bytes, np.ndarray]]]]:
    """Each batch with what the workers made of it, in order."""
    waiting: list[list[Document]] = []

    def remember() -> Iterator[list[Document]]:
        for batch in work:
            waiting.append(batch)
            yield batch

    for encoded in bounded_map(encode_batch, remember(), workers, start_worker, arguments):
        yield waiting.pop(0), encoded


def write_index(output: Path, config: CorpusConfig, shards: dict[str, Shard]) -> None:
    """index.json: what the training program needs to know."""
    if not shards:
        raise ConfigError("输入中没有符合条件的文档：请检查 --input 与配置中的 sources。")
    sources = {
        name: {
            "train_tokens": s.tokens,
            "train_documents": s.documents,
            "held_out_tokens": s.held_out_tokens,
            "held_out_documents": s.held_out_documents,
            "duplicates_dropped": s.duplicates,
            "licence": config.licences.get(name, "未说明"),
        }
        for name, s in sorted(shards.items())
    }
    text = json.dumps({"format": 1, "words": config.words, "sources": sources}, ensure_ascii=False, indent=1)
    (output / "index.json").write_text(text + "\n", encoding="utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="语料 → 字表与内存映射分片")
    parser.add_argument(
        "--config", type=Path, required=True, help="YAML 配置，例：configs/pretrain/corpus.yaml"
    )
    parser.add_argument("--input", type=Path, nargs="+", required=True, help="文本文件、文件夹或 tar 包")
    parser.add_argument("--output", type=Path, required=True, help="输出文件夹")
    parser.add_argument("--tokenizer", type=Path, help="沿用已有的字表（继续预训练时必须沿用）")
    parser.add_argument("--workers", type=int, default=2, help="进程数")
    options = parser.parse_args(arguments)
    try:
        config = load_config(options.config, CorpusConfig)
        options.output.mkdir(parents=True, exist_ok=True)
        folder = options.output / "tokenizer"
        if options.tokenizer:
            from transformers import AutoTokenizer

            AutoTokenizer.from_pretrained(options.tokenizer).save_pretrained(folder)
        else:
            make_tokenizer(options.input, config, folder, options.workers)
        shards = encode_corpus(options.input, config, options.output, options.workers)
        write_index(options.output, config, shards)
    except ConfigError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    for name, shard in sorted(shards.items()):
        print(f"{name}\t训练 {shard.tokens} 字\t留出 {shard.held_out_tokens} 字\t重复 {shard.duplicates} 篇")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
