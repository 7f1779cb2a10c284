"""What a run labels with: models, taxonomy and review thresholds, checked against each other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zhenggai.classification.classifier import Classifier
from zhenggai.errors import ConfigError
from zhenggai.reviewing import ReviewPolicy
from zhenggai.taxonomy import Taxonomy, load_taxonomy

OWN_TAXONOMY = "taxonomy.yaml"
"""A model of other categories carries its taxonomy in its folder."""


@dataclass(frozen=True)
class Setup:
    """Models, taxonomy and thresholds that fit each other."""

    classifier: Classifier
    taxonomy: Taxonomy
    policy: ReviewPolicy

    @property
    def fingerprint(self) -> dict[str, str]:
        """What a ledger written with it depends on besides the taxonomy, Chinese name → value."""
        thresholds = f"类别 {self.policy.category:.4f}，完成状态 {self.policy.status:.4f}"
        return {**self.classifier.fingerprint, "复核阈值": thresholds}


def set_up(
    category_model: Path | None = None,
    status_model: Path | None = None,
    taxonomy: Path | None = None,
    *,
    target_accuracy: float | None = None,
    review_rate: float | None = None,
    threads: int = 0,
) -> Setup:
    """Load models and taxonomy; what is not given comes with the package.

    Args:
        category_model: folder of a model; its own taxonomy is used where none is given.
        status_model: likewise, without a taxonomy.
        taxonomy: file with categories and statuses.
        target_accuracy: see `policy_for`.
        review_rate: see `policy_for`.
        threads: see `Classifier.load`.

    Raises:
        ModelError: a model cannot be loaded.
        ConfigError: the taxonomy is wrong or does not fit a model, or the thresholds cannot be had.
    """
    classifier = Classifier.load(category_model, status_model, threads, preload=True)
    path = find_taxonomy(category_model, taxonomy)
    labels = load_taxonomy(path)
    given = f"分类体系 {path}" if path else "随软件附带的分类体系"
    for what, found, wanted, folder in (
        ("类别", classifier.category.labels, labels.category_names, classifier.folders[0]),
        ("完成状态", classifier.status.labels, labels.status_names, classifier.folders[1]),
    ):
        _check_fit(what, found, wanted, f"模型 {folder}", given)
    policy = classifier.policy
    if target_accuracy is not None or review_rate is not None:
        from zhenggai.classification.thresholds import policy_for

        policy = policy_for(classifier.folders, policy, target_accuracy, review_rate)
    return Setup(classifier, labels, policy)


def find_taxonomy(category_model: Path | None, taxonomy: Path | None) -> Path | None:
    """The file that was given, else the one in the model's folder; None: the package's."""
    own = category_model / OWN_TAXONOMY if category_model else None
    return taxonomy or (own if own and own.exists() else None)


def _check_fit(what: str, found: tuple[str, ...], wanted: tuple[str, ...], model: str, given: str) -> None:
    only_model = [name for name in found if name not in wanted]
    only_taxonomy = [name for name in wanted if name not in found]
    if not only_model and not only_taxonomy:
        return
    differences = [
        f"{where}：{'、'.join(names)}"
        for where, names in (("只在模型中", only_model), ("只在体系中", only_taxonomy))
        if names
    ]
    mend = (
        "请用 --taxonomy 给出训练该模型时的体系，或用 train/own_categories.py 按该体系重新训练"
        if what == "类别"
        else "完成状态的名称应与状态模型一致，请改正体系中的 statuses，或用 --status-model 换用相应的模型"
    )
    raise ConfigError(f"{model} 的{what}与{given}不符（{'；'.join(differences)}）。{mend}。")
