"""The shipped models through the public door: order, duplicates, evidence, imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zhenggai.classification import classifier as module
from zhenggai.classification.classifier import Classifier, load_classifier
from zhenggai.classification.model import Query
from zhenggai.errors import ModelError
from zhenggai.patterns import Store
from zhenggai.taxonomy import load_taxonomy

QUERIES = [
    Query("公务接待超标准", ("二、作风建设方面",), "一是已清退5.3万元。二是其余3家正在推进，拟于6月完成。"),
    Query("“三会一课”制度落实不到位", (), "整改情况：已完成整改并长期坚持。"),
    Query("固定资产账实不符", ("三、财务管理方面",), ""),
    Query("中心组学习不深入", ("（二）正在推进整改的问题",), "制定学习计划。"),
]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def test_one_prediction_per_query_in_order_whatever_the_company(classifier: Classifier) -> None:
    alone = [classifier.classify([query])[0] for query in QUERIES]
    together = classifier.classify([*QUERIES, *reversed(QUERIES)] * 3)
    assert together == [*alone, *reversed(alone)] * 3
    assert classifier.classify([]) == []


def test_clear_cases_are_right(classifier: Classifier) -> None:
    found = classifier.classify(QUERIES)
    assert [p.category.label for p in found] == ["八项规定", "基层党建", "国有资产", "理论学习"]
    assert [p.status.label for p in found[1:]] == ["已完成", "未说明", "正在整改"]
    assert [p.status.source for p in found[1:]] == ["explicit", "none", "explicit"]
    assert [p.status.long_term for p in found] == [False, True, False, False]


def test_evidence_stands_where_it_says(classifier: Classifier) -> None:
    for query, prediction in zip(QUERIES, classifier.classify(QUERIES), strict=True):
        evidence = prediction.status.evidence
        if evidence is None:
            assert prediction.status.label == "未说明"
        elif evidence.where == "outcome":
            assert query.outcome[evidence.start :].startswith(evidence.text)
        else:
            assert query.path[evidence.start] == evidence.text


def test_scores_are_ranked_probabilities(classifier: Classifier) -> None:
    names = set(load_taxonomy().category_names)
    for prediction in classifier.classify(QUERIES):
        scores = [s.score for s in prediction.category.ranked]
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] >= 0
        assert sum(scores) <= 1.0002
        assert {s.label for s in prediction.category.ranked} <= names
        assert 0 < prediction.status.score <= 1


def test_texts_alone_are_classified() -> None:
    texts = ["违规发放津补贴", "党费收缴不及时", "违规发放津补贴"]
    found = load_classifier("category")(texts)
    assert found[0] == found[2]
    assert [p.label for p in found] == ["八项规定", "基层党建", "八项规定"]
    assert load_classifier("status")(["目前未完成整改。"])[0].label == "正在整改"


def test_fingerprint_changes_with_the_model(classifier: Classifier, tmp_path: Path) -> None:
    assert set(classifier.fingerprint) == {"类别模型", "完成状态模型"}
    copy = tmp_path / "category"
    copy.mkdir()
    for path in classifier.folders[0].iterdir():
        copy.joinpath(path.name).write_bytes(path.read_bytes())
    other = Classifier.load(copy, None)
    assert other.fingerprint == classifier.fingerprint
    copy.joinpath("calibration.json").write_text('{"temperature": 2.0}')
    assert Classifier.load(copy, None).fingerprint["类别模型"] != classifier.fingerprint["类别模型"]


def test_a_kept_fingerprint_counts_until_a_file_changes(
    classifier: Classifier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "a.json").write_text("{}")
    (folder / "b.npz").write_bytes(b"1")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(module, "store", Store(tmp_path / "kept"))
    just_now = module._digest(folder)
    monkeypatch.setattr(module, "_SETTLED", -3600.0)
    assert module._digest(folder) == just_now
    summed = module._digest_of
    monkeypatch.setattr(module, "_digest_of", lambda paths: "summed again")
    assert module._digest(folder) == just_now
    before = (folder / "b.npz").stat()
    (folder / "b.npz").write_bytes(b"2")
    os.utime(folder / "b.npz", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert module._digest(folder) == "summed again"
    assert summed([folder / "a.json", folder / "b.npz"]) != just_now


def test_wrong_folders_are_explained(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="未找到"):
        load_classifier("category", tmp_path / "none")
    with pytest.raises(ModelError, match=r"calibration\.json"):
        load_classifier("category", tmp_path)
    with pytest.raises(ModelError, match="category 或 status"):
        load_classifier("topic")  # type: ignore[call-overload]


def test_loads_neither_torch_nor_transformers() -> None:
    program = (
        "import sys; from zhenggai.classification.classifier import load_classifier; "
        "load_classifier('category')(['党费收缴不及时']); load_classifier('status')(['已完成。']); "
        "print(sorted({'torch', 'transformers', 'sklearn', 'scipy'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_below_a_heading_about_earlier_findings_the_matter_is_a_second_category() -> None:
    classify = load_classifier("category").classify
    path = ("（四）上轮巡察反馈问题整改不彻底",)
    concrete, general = classify(
        [Query("公务接待超标准问题依然存在", path), Query("推动整改力度不够大", path)]
    )
    assert (concrete.label, concrete.also) == ("整改落实", ("八项规定",))
    assert (general.label, general.also) == ("整改落实", ())
