"""Text files → character vocabulary → memory-mapped shards for pretraining.

    python train/prepare_corpus.py --config configs/pretrain/corpus.yaml \
        --input corpus.tar.xz --output out/shards

Input: text files, folders, or tar archives (``.tar``, ``.tar.xz``, ...) of text files; one paragraph
a line, a blank line between documents. Two streaming passes (count, encode): memory does not grow
with the corpus; 9 bytes a document on disk, while it runs, find exact duplicates. The output is the same
to the byte for the same input and configuration, whatever the number of workers.

Output folder: ``tokenizer/`` (a standard fast tokenizer), ``<source>.train.bin`` (and from
``shard_tokens`` on ``<source>.train-00001.bin`` ...), ``<source>.heldout.bin`` (uint16; the top bit marks
the first character of a word), ``index.json``. A document starts with [CLS], each paragraph ends with [SEP].
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from transformers import AutoTokenizer

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from train._pretraining.config import ConfigError, first_line, load_config
from train._pretraining.corpus import CorpusConfig, SourceFiles
from train._pretraining.duplicates import FirstOccurrences
from train._pretraining.encoding import Encoder
from train._pretraining.parallel import bounded_map
from train._pretraining.reading import Document, batches, read_documents
from train._pretraining.special_tokens import read_vocabulary
from train._pretraining.vocabulary import build_tokenizer, choose_characters, normalise

BATCH_CHARACTERS = 1_000_000  # one unit of work of a worker


def count_batch(batch: list[Document]) -> tuple[Counter[str], bytes]:
    """Characters of one batch after normalisation, and 8 bytes a document that decide duplicates."""
    counts: Counter[str] = Counter()
    for document in batch:
        counts.update(normalise("".join(document.paragraphs)))
    return counts, b"".join(map(document_hash, batch))


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


def count_corpus(
    inputs: list[Path], config: CorpusConfig, workers: int, first: FirstOccurrences
) -> Counter[str]:
    """First pass: count characters, note the documents' hashes."""
    counts: Counter[str] = Counter()
    work = batches(documents(inputs, config), BATCH_CHARACTERS)
    for part, hashes in bounded_map(count_batch, work, workers):
        counts.update(part)
        first.add(hashes)
    first.find()
    return counts


def make_tokenizer(counts: Counter[str], config: CorpusConfig, folder: Path) -> None:
    """Write the tokenizer of the most frequent characters."""
    characters = choose_characters(counts, config.vocab_size, config.min_count)
    tokenizer = build_tokenizer(characters, config.max_length)
    tokenizer.save_pretrained(folder)
    covered = sum(counts[c] for c in characters) / max(
        1, sum(n for c, n in counts.items() if not c.isspace())
    )
    print(f"词表：{len(tokenizer)} 个，覆盖 {covered:.4%} 的字符", flush=True)


def take_tokenizer(name: str, folder: Path) -> None:
    """Copy the tokenizer of a model folder or of a model on a hub.

    Raises
    ------
    ConfigError : there is none of that name, or shards cannot hold its tokens.
    """
    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"--tokenizer：{name} 既不是含分词器的本地文件夹，也不能从模型库取得"
            f"（{first_line(error)}）。请检查路径或名称。"
        ) from error
    if not tokenizer.is_fast:
        raise ConfigError(f"--tokenizer：{name} 没有快速分词器（tokenizer.json）。请换用别的模型。")
    read_vocabulary(tokenizer)
    tokenizer.save_pretrained(folder)


def documents(inputs: list[Path], config: CorpusConfig) -> Iterator[Document]:
    """Documents of the chosen sources that are long enough."""
    for document in read_documents(inputs, config.sources):
        if sum(map(len, document.paragraphs)) >= config.min_document_characters:
            yield document


def encode_corpus(
    inputs: list[Path], config: CorpusConfig, output: Path, workers: int, first: FirstOccurrences
) -> dict[str, SourceFiles]:
    """Second pass: write the shards."""
    sources: dict[str, SourceFiles] = {}
    current: SourceFiles | None = None
    is_first = iter(first)
    work = batches(documents(inputs, config), BATCH_CHARACTERS)
    arguments = (output / "tokenizer", config.words)
    for batch, encoded in zip_batches(work, workers, arguments):
        for document, (key, tokens) in zip(batch, encoded, strict=True):
            source = sources.setdefault(document.source, SourceFiles(output, document.source))
            if current is not source:  # so that open files do not grow with the sources
                if current is not None:
                    current.close()
                current = source
            if next(is_first):
                source.add(key, tokens, config)
            else:
                source.duplicates += 1
    if current is not None:
        current.close()
    return sources


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


def write_index(output: Path, config: CorpusConfig, sources: dict[str, SourceFiles]) -> None:
    """index.json: what the training program needs to know."""
    if not sources:
        raise ConfigError("输入中没有符合条件的文档：请检查 --input 与配置中的 sources。")
    entries = {}
    for name, s in sorted(sources.items()):
        s.finish()
        entries[name] = {
            "train_tokens": sum(s.train_shards),
            "train_shards": s.train_shards,
            "train_documents": s.documents,
            "held_out_tokens": s.held_out_tokens,
            "held_out_documents": s.held_out_documents,
            "duplicates_dropped": s.duplicates,
            "licence": config.licences.get(name, "未说明"),
        }
    text = json.dumps({"format": 2, "words": config.words, "sources": entries}, ensure_ascii=False, indent=1)
    (output / "index.json").write_text(text + "\n", encoding="utf-8")


def prepare(
    config: CorpusConfig, inputs: list[Path], output: Path, tokenizer: str | None, workers: int
) -> dict[str, SourceFiles]:
    """Both passes; what each source came to."""
    output.mkdir(parents=True, exist_ok=True)
    if tokenizer is not None:
        take_tokenizer(tokenizer, output / "tokenizer")
    first = FirstOccurrences(output)
    try:
        counts = count_corpus(inputs, config, workers, first)
        if tokenizer is None:
            make_tokenizer(counts, config, output / "tokenizer")
        sources = encode_corpus(inputs, config, output, workers, first)
    finally:
        first.close()
    write_index(output, config, sources)
    return sources


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="语料 → 字表与内存映射分片")
    parser.add_argument(
        "--config", type=Path, required=True, help="YAML 配置，例：configs/pretrain/corpus.yaml"
    )
    parser.add_argument("--input", type=Path, nargs="+", required=True, help="文本文件、文件夹或 tar 包")
    parser.add_argument("--output", type=Path, required=True, help="输出文件夹")
    parser.add_argument(
        "--tokenizer",
        metavar="文件夹或模型名",
        help="沿用已有的分词器（继续预训练时必须沿用），例：models/encoder、hfl/chinese-macbert-base",
    )
    parser.add_argument("--workers", type=int, default=2, help="进程数")
    options = parser.parse_args(arguments)
    try:
        config = load_config(options.config, CorpusConfig)
        sources = prepare(config, options.input, options.output, options.tokenizer, options.workers)
    except ConfigError as error:
        print(f"错误：{error}", file=sys.stderr)
        return 2
    for name, s in sorted(sources.items()):
        print(f"{name}\t训练 {sum(s.train_shards)} 字\t留出 {s.held_out_tokens} 字\t重复 {s.duplicates} 篇")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
