"""citykg: Chinese city news as a knowledge graph that can be trusted and asked.

    graph = citykg.open_graph()
    graph.query("project-investments", min=1_000_000_000).rows
    graph.search("制药")
    graph.show("联顺制药").facts
    graph.dataset()                       an rdflib Dataset
    citykg.ask("联顺制药项目总共要投多少钱").text

Names are imported when they are used.
"""

TYPE_CHECKING = False  # typing is not imported on the way to a query
if TYPE_CHECKING:
    from .ask import ask
    from .card import Card
    from .errors import CannotRun, CitykgError, NegativeAnswer, UsageError
    from .graph import Graph, open_graph
    from .project import Project
    from .results import Solutions, Triples, Truth
    from .search import Hit

__all__ = [
    "CannotRun",
    "Card",
    "CitykgError",
    "Graph",
    "Hit",
    "NegativeAnswer",
    "Project",
    "Solutions",
    "Triples",
    "Truth",
    "UsageError",
    "__version__",
    "ask",
    "open_graph",
]

__version__ = "0.1.0"

_HOMES = {
    "CannotRun": "errors",
    "Card": "card",
    "CitykgError": "errors",
    "Graph": "graph",
    "Hit": "search",
    "NegativeAnswer": "errors",
    "Project": "project",
    "Solutions": "results",
    "Triples": "results",
    "Truth": "results",
    "UsageError": "errors",
    "ask": "ask",
    "open_graph": "graph",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{home}", __name__), name)


def __dir__() -> list[str]:
    return sorted(__all__)
