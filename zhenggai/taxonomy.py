"""Categories, themes and statuses of `configs/taxonomy.yaml`: the only place that knows their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from zhenggai.config import load_config
from zhenggai.errors import ConfigError
from zhenggai.resources import taxonomy_path


@dataclass(frozen=True)
class Label:
    """A name with its English key, and a definition where it needs one."""

    key: str
    name: str
    definition: str = ""


@dataclass(frozen=True)
class Category:
    """What a problem is about."""

    key: str
    name: str
    definition: str
    elsewhere: str
    theme: str
    """Key of the parent in the 四个落实 frame."""
    focus: str
    """Key of the parent in the 三个聚焦 frame."""


@dataclass(frozen=True)
class Taxonomy:
    """All labels, in the order of the file; model outputs use the same order."""

    version: int
    themes: tuple[Label, ...]
    focuses: tuple[Label, ...]
    categories: tuple[Category, ...]
    statuses: tuple[Label, ...]
    long_term: Label

    def __post_init__(self) -> None:
        """Check that names are unique and parents exist.

        Raises:
            ConfigError: the taxonomy contradicts itself.
        """
        for kind, labels in (("categories", self.categories), ("statuses", self.statuses)):
            for attribute in ("key", "name"):
                values = [getattr(label, attribute) for label in labels]
                repeated = sorted({v for v in values if values.count(v) > 1})
                if repeated:
                    raise ConfigError(
                        f"分类体系 {kind}：{attribute} 重复：{'、'.join(repeated)}。每个名称只能出现一次。"
                    )
        for category in self.categories:
            for attribute, parents in (("theme", self.themes), ("focus", self.focuses)):
                known = [p.key for p in parents]
                if getattr(category, attribute) not in known:
                    found = getattr(category, attribute)
                    raise ConfigError(
                        f"分类体系 {category.name}：{attribute} 为“{found}”，应为 {'、'.join(known)} 之一。"
                    )

    @cached_property
    def category_names(self) -> tuple[str, ...]:
        """Chinese category names in order."""
        return tuple(c.name for c in self.categories)

    @cached_property
    def status_names(self) -> tuple[str, ...]:
        """Chinese status names in order."""
        return tuple(s.name for s in self.statuses)

    def theme_of(self, category: str) -> str | None:
        """Chinese name of the theme above the category named `category`; None for an unknown category."""
        return self._themes.get(category)

    @cached_property
    def _themes(self) -> dict[str, str]:
        names = {t.key: t.name for t in self.themes}
        return {c.name: names[c.theme] for c in self.categories}


@cache
def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The taxonomy in `path`, or the one that comes with the package.

    Raises:
        ConfigError: the file is missing or wrong.
    """
    return load_config(path or taxonomy_path(), Taxonomy, keep=path is None)
