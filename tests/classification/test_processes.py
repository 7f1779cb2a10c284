"""Labels from several processes: the same, in order, also where a process dies or cannot load."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from zhenggai.classification import processes
from zhenggai.classification.classifier import Classifier
from zhenggai.classification.model import Prediction, Query
from zhenggai.classification.processes import ManyProcesses, in_processes
from zhenggai.notice import SourceText, parse
from zhenggai.notice.reading import expand
from zhenggai.pipeline import LabellerAhead, Settings, process
from zhenggai.records import query

DATA = Path(__file__).resolve().parents[2] / "data" / "notices"
FILES = [DATA / f"notice-{number}.txt" for number in ("04", "10", "29", "30")]


def queries(path: Path) -> list[Query]:
    return [query(item) for item in parse(SourceText(path.name, path.read_text(encoding="utf-8"))).items]


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


@pytest.fixture(autouse=True)
def every_number_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_FEWEST_FILES", 1)


def test_the_same_predictions_in_order(classifier: Classifier) -> None:
    with in_processes(classifier, 2, 4) as several:
        assert isinstance(several, ManyProcesses)
        assert isinstance(several, LabellerAhead)
        begun = [several.begin(queries(path)) for path in FILES]
        found = [result() for result in begun]
    assert found == [classifier.classify(queries(path)) for path in FILES]


def test_one_worker_or_few_files_stay_in_this_process(
    classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_processes(classifier, 1, 1000) as one:
        assert one is classifier
    monkeypatch.setattr(processes, "_FEWEST_FILES", 100)
    with in_processes(classifier, 8, 99) as few:
        assert few is classifier


def test_rows_are_those_of_one_process(classifier: Classifier) -> None:
    sources, settings = list(expand(FILES)), Settings(window=20)
    with in_processes(classifier, 2, 4) as several:
        found = list(process(sources, several, settings))
    assert found == list(process(sources, classifier, settings))


def _die(queries: Sequence[Query]) -> list[Prediction]:
    os.kill(os.getpid(), signal.SIGKILL)
    return []


def test_a_process_that_dies_costs_nothing(classifier: Classifier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_classify", _die)
    wanted = classifier.classify(queries(FILES[0]))
    with in_processes(classifier, 2, 4) as several:
        assert isinstance(several, ManyProcesses)
        assert several.begin(queries(FILES[0]))() == wanted


def test_a_model_that_cannot_load_there_is_asked_here(classifier: Classifier, tmp_path: Path) -> None:
    missing = Classifier(classifier.category, classifier.status, (tmp_path, tmp_path))
    with in_processes(missing, 2, 4) as several:
        assert isinstance(several, ManyProcesses)
        assert several.begin(queries(FILES[0]))() == classifier.classify(queries(FILES[0]))
