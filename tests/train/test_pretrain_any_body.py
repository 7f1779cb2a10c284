"""Continued pretraining of a published kind of model: a BERT with a WordPiece vocabulary, made here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import (
    AutoModel,
    AutoModelForMaskedLM,
    AutoTokenizer,
    BertConfig,
    BertForMaskedLM,
    DebertaV2Config,
    DebertaV2ForMaskedLM,
    ElectraConfig,
    ElectraForMaskedLM,
    ModernBertConfig,
    ModernBertForMaskedLM,
    PreTrainedModel,
    RobertaConfig,
    RobertaForMaskedLM,
)
from vocabularies import own_vocabulary

from train import prepare_corpus, pretrain
from train._finetuning.settings import FinetuneConfig
from train._pretraining.config import ConfigError
from train._pretraining.data import WORD_START
from train._pretraining.encoding import CharacterParagraphs, TokenizerParagraphs, is_character_tokenizer
from train._pretraining.fast_model import Batch, FastMaskedLM
from train._pretraining.forward import make_forward
from train._pretraining.masking import Masking
from train._pretraining.model import build_model, named_weights, table_names
from train._pretraining.settings import ModelSettings
from train._pretraining.special_tokens import read_vocabulary
from train._pretraining.standard_model import StandardMaskedLM, learned_positions
from train._pretraining.vocabulary import build_tokenizer
from train.finetune import build_model as build_classifier

SPECIAL = ["[PAD]", "[unused1]", "[unused2]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
CHARACTERS = "第条单位应当按照规定整改项问题落实责任完善制度巡察,。[]"
WORDS = ["reform", "##ing", *"0123456789", *(f"##{i}" for i in range(10))]
CONFIG = """
schedule: {total_tokens: 4096, warmup_tokens: 256, decay_share: 0.3, short_length: 16, long_length: 32,
           long_share: 0.2, tokens_per_step: 256, micro_tokens: 128}
optimiser: {muon_lr: 0.02, adamw_lr: 0.01}
run: {compile: false, log_every_steps: 4, held_out_every_tokens: 2048, held_out_rows: 16}
"""
STEPS = 16


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as old repositories on a hub have it: config.json, vocab.txt, weights."""
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("bert")
    tokens = [*SPECIAL, *dict.fromkeys(CHARACTERS), *WORDS]
    torch.manual_seed(0)
    BertForMaskedLM(tiny(BertConfig, vocab_size=len(tokens))).save_pretrained(folder)
    (folder / "vocab.txt").write_text("\n".join(tokens), encoding="utf-8")
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "BertTokenizer"}')
    return folder


def tiny(kind: type, **further: object) -> object:
    """Two layers of width 32, 40 positions."""
    sizes = {
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "intermediate_size": 48,
        "max_position_embeddings": 40,
    }
    return kind(**{"vocab_size": 100, **sizes, **further})


@pytest.fixture(scope="module")
def work(bert: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shards of 300 documents in the vocabulary of the BERT, and a configuration of 8 steps."""
    folder = tmp_path_factory.mktemp("any")
    documents = [
        f"第{i}条 单位应当按照规定整改第{i * 7}项问题。\n落实责任{i},完善制度。\n" for i in range(300)
    ]
    (folder / "laws.txt").write_text("\n".join(documents), encoding="utf-8")
    (folder / "corpus.yaml").write_text("words: none\nheld_out_per_mille: 100\n", encoding="utf-8")
    (folder / "run.yaml").write_text(CONFIG, encoding="utf-8")
    assert prepare(folder, folder / "shards", str(bert)) == 0
    return folder


def prepare(folder: Path, output: Path, tokenizer: str, workers: int = 1) -> int:
    inputs = ["--config", str(folder / "corpus.yaml"), "--input", str(folder / "laws.txt")]
    return prepare_corpus.main(
        [*inputs, "--output", str(output), "--tokenizer", tokenizer, "--workers", str(workers)]
    )


def options(work: Path, output: Path, *changes: str) -> list[str]:
    paths = ["--config", str(work / "run.yaml"), "--shards", str(work / "shards"), "--output", str(output)]
    return [*paths, *(part for change in changes for part in ("--set", change))]


def test_special_ids_are_those_of_the_tokenizer(bert: Path) -> None:
    found = read_vocabulary(AutoTokenizer.from_pretrained(bert))
    assert (found.cls, found.sep, found.pad, found.mask) == (4, 5, 0, 6)
    assert found.reserved == set(range(7))
    assert found.ordinary.tolist() == list(range(7, found.size))
    ours = own_vocabulary(64)
    assert (ours.pad, ours.cls, ours.sep, ours.mask, ours.ordinary[0]) == (0, 2, 3, 4, 16)


def test_masks_hide_and_draw_ordinary_tokens_only(bert: Path) -> None:
    vocabulary = read_vocabulary(AutoTokenizer.from_pretrained(bert))
    rows = np.random.default_rng(0).integers(0, vocabulary.size, (40, 64)).astype(np.uint16) | WORD_START
    masking = Masking(rate=0.4, mask=0.5, random=0.5)
    masked, places, labels = masking.apply(rows, vocabulary, np.random.default_rng(1))
    there = np.take_along_axis(masked, places, axis=1)
    assert labels.min() == 7
    assert set(np.unique(there)) == {vocabulary.mask, *range(7, vocabulary.size)}


def test_a_stored_document_is_what_the_tokenizer_gives(bert: Path, work: Path) -> None:
    stored = np.fromfile(work / "shards" / "laws.train.bin", dtype=np.uint16) & (WORD_START - 1)
    first = stored[: np.flatnonzero(stored == 4)[1]].tolist()
    for folder in (bert, work / "shards" / "tokenizer"):
        tokenizer = AutoTokenizer.from_pretrained(folder)
        lines = (work / "laws.txt").read_text(encoding="utf-8").split("\n")[:2]
        parts = [tokenizer(line, add_special_tokens=False)["input_ids"] for line in lines]
        assert first == [4, *parts[0], 5, *parts[1], 5]


def test_workers_do_not_change_the_bytes(bert: Path, work: Path, tmp_path: Path) -> None:
    assert prepare(work, tmp_path, str(bert), workers=2) == 0
    for path in (work / "shards").glob("*.*"):
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name


def test_words_of_jieba_are_marked_by_offsets(work: Path) -> None:
    pytest.importorskip("jieba")
    tokenizer = Tokenizer.from_file(str(work / "shards" / "tokenizer" / "tokenizer.json"))
    found = list(TokenizerParagraphs(tokenizer, "jieba")(["规定整改 Reforming12问题", "", "[SEP]落实"]))
    tokens = [[tokenizer.id_to_token(i) for i in ids] for ids, _ in found]
    assert tokens[0] == [*"规定整改", "reform", "##ing", "##1", "##2", *"问题"]
    assert found[0][1].tolist() == [True, False, True, False, True, False, False, False, True, False]
    assert len(found[1][0]) == 0
    assert tokens[2] == ["[", "[UNK]", "]", "落", "实"], "a special token written in a text is text"


@pytest.mark.parametrize("words", ["none", "jieba"])
def test_both_ways_of_encoding_agree_on_our_own_tokenizer(tmp_path: Path, words: str) -> None:
    if words == "jieba":
        pytest.importorskip("jieba")
    build_tokenizer(list("第条规定整改问题abc12,。"), 64).save_pretrained(tmp_path)
    tokenizer = Tokenizer.from_file(str(tmp_path / "tokenizer.json"))
    assert is_character_tokenizer(tokenizer)
    texts = ["第12条 规定整改问题。", "  ", "abc　第x条"]
    ways = CharacterParagraphs(tmp_path, words), TokenizerParagraphs(tokenizer, words)
    for ours, theirs in zip(*(way(texts) for way in ways), strict=True):
        assert [part.tolist() for part in ours] == [part.tolist() for part in theirs]


def test_a_wordpiece_tokenizer_is_not_taken_for_ours(work: Path) -> None:
    assert not is_character_tokenizer(
        Tokenizer.from_file(str(work / "shards" / "tokenizer" / "tokenizer.json"))
    )


def test_a_tokenizer_that_shards_cannot_hold_is_refused(
    work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build_tokenizer([chr(0x4E00 + i) for i in range(WORD_START)], 64).save_pretrained(tmp_path / "large")
    assert prepare(work, tmp_path / "o", str(tmp_path / "large")) == 2
    assert "至多 32768 个" in capsys.readouterr().err
    assert prepare(work, tmp_path / "o", str(tmp_path / "nowhere")) == 2
    assert "nowhere 既不是含分词器的本地文件夹" in capsys.readouterr().err
    tokenizer = build_tokenizer(list("第条"), 64)
    tokenizer.mask_token = None
    with pytest.raises(ConfigError, match="缺少特殊标记 mask"):
        read_vocabulary(tokenizer)


BODIES = {
    "bert": (BertForMaskedLM, BertConfig, {}),
    "roberta": (RobertaForMaskedLM, RobertaConfig, {"pad_token_id": 0}),
    "electra": (ElectraForMaskedLM, ElectraConfig, {"embedding_size": 32}),
    "modernbert": (
        ModernBertForMaskedLM,
        ModernBertConfig,
        {"attention_bias": True, "local_attention": 8, "pad_token_id": 0},
    ),
}


def body(name: str) -> PreTrainedModel:
    """Weights far from their start, so that every one of them shows."""
    model_class, config_class, further = BODIES[name]
    torch.manual_seed(1)
    model = model_class(tiny(config_class, **further)).eval()
    with torch.no_grad():
        for p in model.parameters():
            p.add_(0.1 * torch.randn(p.shape))
    return model


def two_documents() -> tuple[torch.Tensor, torch.Tensor]:
    """Two rows of 24 tokens; a second document begins at place 10."""
    ids = torch.randint(16, 100, (2, 24), generator=torch.Generator().manual_seed(2))
    return ids, (1 + (torch.arange(24) >= 10).int()).expand(2, -1).contiguous()


@pytest.mark.parametrize("name", BODIES)
def test_logits_of_any_body_are_those_of_transformers(name: str) -> None:
    """Of one document, at the masked places; all of its parameters get their gradients."""
    model, (ids, _) = body(name), two_documents()
    forward = make_forward(model, flex=False)
    assert isinstance(forward, StandardMaskedLM)
    places = torch.tensor([1, 5, 23, 24, 40])
    ours = StandardMaskedLM(model, torch.float32)
    batch = Batch(ids, torch.ones_like(ids), places, ids.view(-1)[places])
    torch.testing.assert_close(
        ours.logits({}, batch), model(input_ids=ids).logits.flatten(0, 1)[places], rtol=1e-4, atol=1e-5
    )
    assert abs(forward.loss({}, batch).item() - ours.loss({}, batch).item()) < 0.05  # bf16 beside fp32
    forward.loss({}, batch).backward()
    assert all(p.grad is not None for p in model.parameters())


@pytest.mark.parametrize("name", BODIES)
def test_a_document_does_not_see_its_neighbour(name: str) -> None:
    model, (ids, documents) = body(name), two_documents()
    forward = StandardMaskedLM(model)
    assert forward.separates
    other = ids.clone()
    other[:, 10:] = (other[:, 10:] - 15) % 84 + 16
    weights = named_weights(model)
    with torch.no_grad():
        first, second = (forward.features(weights, x, documents) for x in (ids, other))
        joined = [forward.features(weights, x, torch.ones_like(documents)) for x in (ids, other)]
    assert torch.equal(first[:, :10], second[:, :10])
    assert (first[:, 10:] - second[:, 10:]).abs().max() > 0.1
    assert (joined[0][:, :10] - joined[1][:, :10]).abs().max() > 0.01


def test_the_standard_forward_agrees_with_the_lean_one() -> None:
    """Documents and windows alike: the lean one is tested against transformers by itself."""
    settings = ModelSettings(
        hidden_size=32, intermediate_size=48, layers=4, heads=2, max_length=64, local_attention=8
    )
    model = build_model(settings, own_vocabulary(100), seed=0)
    assert isinstance(make_forward(model, flex=False), FastMaskedLM)
    ids, documents = two_documents()
    weights = named_weights(model)
    with torch.no_grad():
        lean = FastMaskedLM(model.config, torch.float32).features(weights, ids, documents)
        standard = StandardMaskedLM(model, torch.float32).features(weights, ids, documents)
    torch.testing.assert_close(lean, standard, rtol=1e-4, atol=1e-4)


def test_a_body_that_reads_masks_otherwise_gets_whole_rows() -> None:
    """DeBERTa takes ones for "may attend": an additive mask would be turned round."""
    torch.manual_seed(0)
    model = DebertaV2ForMaskedLM(tiny(DebertaV2Config, relative_attention=True))
    forward = StandardMaskedLM(model)
    ids, documents = two_documents()
    places = torch.tensor([3, 30])
    assert not forward.separates
    assert forward.loss({}, Batch(ids, documents, places, ids.view(-1)[places])).item() > 0


def test_flops_count_matrices_once_and_the_head_where_it_runs() -> None:
    """BERT: 12 matrices; the head (dense, vocabulary) on the masked half."""
    layers = 2 * (4 * 32 * 32 + 2 * 32 * 48)
    head = 32 * 32 + 100 * 32
    forward = StandardMaskedLM(body("bert"))
    assert forward.flops_per_token(16, 0.5) == 6 * (layers + 0.5 * head)
    assert forward.flops_per_token(16, 0.5, head=False) == 6 * layers


def test_tables_are_no_matrices_for_muon() -> None:
    torch.manual_seed(0)
    model = BertForMaskedLM(tiny(BertConfig, tie_word_embeddings=False))
    names = {name.rsplit(".", 2)[-2] for name in table_names(model)}
    assert names == {"word_embeddings", "position_embeddings", "token_type_embeddings", "decoder"}


def test_places_of_learned_positions() -> None:
    found = {name: learned_positions(body(name)) for name in BODIES}
    assert found == {"bert": 40, "roberta": 39, "electra": 40, "modernbert": None}


@pytest.fixture(scope="module")
def finished(bert: Path, work: Path) -> Path:
    """The BERT pretrained further, without a break."""
    assert pretrain.main(options(work, work / "finished", f"model.start={bert}")) == 0
    return work / "finished"


def test_pretraining_goes_on_from_the_weights_and_the_loss_falls(bert: Path, finished: Path) -> None:
    records = [json.loads(line) for line in (finished / "log.jsonl").open(encoding="utf-8")]
    losses = [r["loss"] for r in records if r["kind"] == "train"]
    assert losses[-1] < losses[0] - 0.2
    assert all(r["mfu"] > 0 for r in records if r["kind"] == "train")
    start, end = (load_file(f / "model.safetensors") for f in (bert, finished / "encoder-latest"))
    moved = [name for name in start if not torch.equal(start[name], end[name].float())]
    assert start.keys() == end.keys()
    assert len(moved) > 0.8 * len(start)


def test_stop_and_resume_give_the_same_weights(bert: Path, work: Path, finished: Path) -> None:
    output = work / "stopped"
    changes = options(work, output, f"model.start={bert}")
    pretrain.main([*changes, "--stop-at", "2048"])
    assert pretrain.main(changes) == 0
    name = f"step-{STEPS:08d}/weights.safetensors"
    expected, found = load_file(finished / name), load_file(output / name)
    for key, weight in expected.items():
        assert torch.equal(weight, found[key]), key


def test_the_exported_folder_is_one_that_everything_takes(finished: Path) -> None:
    folder = finished / "encoder-latest"
    model = AutoModelForMaskedLM.from_pretrained(folder, dtype=torch.float32)
    saved = load_file(finished / f"step-{STEPS:08d}" / "weights.safetensors")
    for name, weight in named_weights(model).items():
        torch.testing.assert_close(weight, saved[name], rtol=1e-3, atol=1e-4, msg=name)  # fp16
    assert AutoModel.from_pretrained(folder).config.model_type == "bert"
    tokenizer = AutoTokenizer.from_pretrained(folder)
    assert tokenizer("第1条")["input_ids"][0] == 4
    config = FinetuneConfig("category", str(folder), folder / "unused", folder)
    classifier = build_classifier(config, ("甲", "乙")).eval()
    ids = torch.tensor([tokenizer("落实责任", "整改问题")["input_ids"]])
    assert classifier(input_ids=ids).logits.shape == (1, 2)
    assert torch.equal(
        classifier.bert.embeddings.word_embeddings.weight, model.bert.embeddings.word_embeddings.weight
    )


def test_the_card_says_what_it_is(finished: Path) -> None:
    card = (finished / "encoder-latest" / "README.md").read_text(encoding="utf-8")
    assert "由 一个本地模型文件夹 继续预训练的 BERT" in card
    assert "2 层 × 32，2 头，前馈 48，最长 40 字" in card
    assert "tags: [bert," in card
    assert "自零开始" not in card
    assert str(finished) not in card


def test_a_fresh_bert_is_built_by_name(work: Path) -> None:
    sizes = "hidden_size: 32, intermediate_size: 48, layers: 2, heads: 2, max_length: 32"
    changes = options(work, work / "fresh", f"model={{body: bert, {sizes}}}")
    assert pretrain.main([*changes, "--stop-at", "512"]) == 0
    assert pretrain.main([*changes, "--export", str(work / "fresh-export")]) == 0
    model = AutoModelForMaskedLM.from_pretrained(work / "fresh-export")
    assert (type(model), model.config.intermediate_size) == (BertForMaskedLM, 48)
    assert "自零开始预训练的 BERT" in (work / "fresh-export" / "README.md").read_text(encoding="utf-8")


def test_probe_and_passages_read_the_tokenizer_as_well(bert: Path, work: Path, tmp_path: Path) -> None:
    """Units longer than the 40 positions; the probe at the start is that of the model it starts from."""
    words = ["财务制度整改问题", "落实责任应当规定"]
    units = [
        {"path": ["第1条"], "problem": words[i % 2] * 9, "category": words[i % 2], "notice": f"n{i // 4}"}
        for i in range(40)
    ]
    text = "\n".join(json.dumps(u, ensure_ascii=False) for u in units)
    (tmp_path / "units.jsonl").write_text(text, encoding="utf-8")
    passages = "passages={weight: 1.0, pairs: 8, length: 24, shortest: 4, gap: 2}"
    changes = options(work, tmp_path / "run", f"model.start={bert}", passages)
    assert pretrain.main([*changes, "--probe", str(tmp_path)]) == 0
    card = (tmp_path / "run" / "encoder-latest" / "README.md").read_text(encoding="utf-8")
    assert "；起点模型：1.000" in card
    records = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").open(encoding="utf-8")]
    assert all(r["passage_loss"] < 10 for r in records if r["kind"] == "train")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (["model.start={bert}", "schedule.long_length=64"], "超过模型的 40 个位置"),
        (["model.start={bert}-none"], "既不是含 safetensors 权重"),
        (["model.start={other}"], "重做分片"),
        (["model.body=gpt"], "model.body 须为"),
    ],
    ids=["positions", "no model", "other vocabulary", "body"],
)
def test_what_cannot_be_is_said(
    bert: Path,
    work: Path,
    tiny_encoder: Path,
    tmp_path: Path,
    changes: list[str],
    message: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    filled = [change.format(bert=bert, other=tiny_encoder) for change in changes]
    assert pretrain.main(options(work, tmp_path, *filled)) == 2
    assert message in capsys.readouterr().err
