"""Numbers with their word."""

import pytest

from citykg.counted import counted, word_for


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, "info|infos", "0 infos"),
        (1, "info|infos", "1 info"),
        (2000, "info|infos", "2,000 infos"),
        (1, "处提示", "1 处提示"),
        (1, "statement that is|statements that are", "1 statement that is"),
    ],
)
def test_one_has_a_word_of_its_own(number: int, words: str, said: str) -> None:
    assert counted(number, words) == said
    assert said.endswith(word_for(number, words))
