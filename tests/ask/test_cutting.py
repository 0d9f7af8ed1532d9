"""Words are cut by jieba with a dictionary of our own, and jieba stays whole for others."""

import subprocess
import sys

from citykg.ask.words.cutting import Cutter

_WHOLE = """
import sys
from citykg.ask.words.cutting import Cutter
assert Cutter({"大厦": ()}, ()).cut("杭研大厦") == ["杭", "研", "大厦"]
assert "jieba.finalseg.prob_emit" not in sys.modules
import jieba
assert list(jieba.finalseg.cut("杭研")) == ["杭研"]
"""


def test_words_of_the_dictionary_are_cut_and_nothing_else() -> None:
    cutter = Cutter({"七台河市": (), "GDP": ()}, ["多少"])
    assert cutter.cut("七台河市GDP多少亿") == ["七台河市", "GDP", "多少", "亿"]


def test_the_model_for_unknown_words_is_loaded_for_whoever_uses_it() -> None:
    done = subprocess.run([sys.executable, "-c", _WHOLE], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
