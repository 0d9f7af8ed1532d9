"""Whether the name of a figure leaves open which of several it is (占比: of number, or of output)."""

from ..facts.graph import Graph
from ..model import Reading
from ..words.index import Index
from ..words.slots import Slots

__all__ = ["is_vague"]


def is_vague(reading: Reading, slots: Slots, index: Index, graph: Graph) -> bool:
    """Whether one figure of a thing is told where its name is that of a wider one, under which the thing has
    others, and nothing that the question names besides tells them apart: no group that they are shares of.
    """
    if reading.kind != "value" or reading.edges or len(reading.figures) != 1:
        return False
    figure = reading.figures[0]
    if figure.group or figure.period or figure.about.startswith("?") or len(figure.indicators) != 1:
        return False
    own = figure.indicators[0]
    wider = {
        sense.iri
        for item in slots.indicators
        if item.index in reading.used and item.of("indicator") and not item.has("thing")
        for sense in item.of("indicator", "label", "alias")
        if sense.iri != own and own in index.below(sense.iri)
    }
    if any(
        item.has("indicator", own) and not any(item.has("indicator", name) for name in wider)
        for item in slots.indicators
    ):
        return False  # 产值所占比重
    names = {below for name in wider for below in index.below(name)}
    told = {f.indicator for f in graph.figures([figure.about]) if f.indicator in names and f.group}
    return own in told and len(told) > 1
