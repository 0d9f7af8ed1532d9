"""What is said, and the plain questions that others are put as: each in one wording a language."""

from collections import defaultdict
from pathlib import Path

from rdflib import Graph, Literal, Namespace

_LEXICON = Path(__file__).parents[2] / "data" / "lexicon"
_LEX = Namespace("https://w3id.org/citykg/lexicon#")


def test_a_message_has_one_wording_a_language() -> None:
    graph = Graph().parse(_LEXICON / "messages.ttl")
    wordings = defaultdict(list)
    for message, wording in graph.subject_objects(_LEX.says):
        assert isinstance(wording, Literal)
        wordings[(message, wording.language)].append(str(wording))
    assert len(wordings) > 50
    assert {key: several for key, several in wordings.items() if len(several) > 1} == {}
