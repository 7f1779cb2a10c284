"""The numpy n-grams against scikit-learn's character TF-IDF."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from zhenggai.classification.linear_models.ngrams import Vocabulary, learn_vocabulary, ngram_codes

TEXTS = ["三会一课制度落实不到位", "落实三重一大制度不严格", "公务接待超标准AbC", "接待", "课"]


def test_codes_are_all_ngrams_of_one_to_four_characters() -> None:
    assert len(ngram_codes("甲乙丙丁戊")) == 5 + 4 + 3 + 2
    assert len(set(ngram_codes("甲乙丙丁戊").tolist())) == 14
    assert len(ngram_codes("")) == 0
    assert ngram_codes("AB").tolist() == ngram_codes("ab").tolist()


@pytest.mark.parametrize("least", [1, 2])
def test_weights_are_those_of_scikit_learn(least: int) -> None:
    theirs = TfidfVectorizer(analyzer="char", ngram_range=(1, 4), sublinear_tf=True, min_df=least)
    matrix = theirs.fit_transform(TEXTS)
    ours = learn_vocabulary(TEXTS, least)
    assert len(ours.codes) == matrix.shape[1]
    for row, text in enumerate(TEXTS):
        _, values = ours.encode(text)
        np.testing.assert_allclose(np.sort(values), np.sort(matrix[row].data), rtol=1e-5)


def test_unknown_text_and_empty_vocabulary_give_no_features() -> None:
    vocabulary = learn_vocabulary(TEXTS, 1)
    assert len(vocabulary.encode("龘龘")[0]) == 0
    empty = Vocabulary(np.empty(0, np.uint64), np.empty(0, np.float32))
    assert len(empty.encode("接待")[0]) == 0


def test_features_do_not_depend_on_the_company() -> None:
    vocabulary = learn_vocabulary(TEXTS, 1)
    texts = [*TEXTS, "", "龘龘", "𠀀课", TEXTS[0] * 3]
    together = vocabulary.encode_all(texts)
    for row, text in enumerate(texts):
        own = slice(together.ends[row], together.ends[row + 1])
        indices, values = vocabulary.encode(text)
        assert together.indices[own].tolist() == indices.tolist()
        assert together.values[own].tobytes() == values.tobytes()
