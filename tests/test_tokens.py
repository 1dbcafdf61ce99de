"""Both engines cut the sample and the gold texts alike, and the words lie end to end."""

import re
from itertools import pairwise

import pytest

from kg.language.tokens import tokens, words
from tests.conftest import ROOT

CHINESE = re.compile("[一-鿿、。，“”《》：；]+")
TEXTS = [ROOT / "data" / "page.txt", *sorted((ROOT / "tests" / "gold").rglob("*.txt"))]


def test_there_are_texts() -> None:
    assert len(TEXTS) > 50


@pytest.mark.parametrize("guess", [False, True])
def test_the_engines_agree(guess: bool) -> None:
    # Chinese alone: with guessing on, rjieba keeps 2023-07-29 together and jieba does not
    for path in TEXTS:
        for stretch in CHINESE.findall(path.read_text(encoding="utf-8")):
            assert words(stretch, "rjieba", guess) == words(stretch, "jieba", guess), path.name


def test_words_lie_end_to_end() -> None:
    for path in TEXTS:
        text = path.read_text(encoding="utf-8")
        cut = tokens(text)
        assert cut[0].start == 0 and cut[-1].end == len(text)
        assert all(one.end == other.start for one, other in pairwise(cut))


def test_an_unknown_engine_is_an_error() -> None:
    with pytest.raises(ValueError, match="no such tokeniser"):
        tokens("工会", "other")  # type: ignore[arg-type]
