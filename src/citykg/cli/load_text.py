"""What ``load`` and ``verify`` write: what would be done, and what stands in a store."""

from typing import TYPE_CHECKING

from citykg.counted import counted

if TYPE_CHECKING:
    from citykg.endpoints import Endpoint
    from citykg.errors import CannotRun
    from citykg.load import Plan, Standing, Step
    from citykg.verify import Verification

__all__ = ["outline", "report"]

_TRIPLES = "triple|triples"
_GRAPHS = "graph|graphs"
_STATEMENTS = "statement|statements"
_REPEATED = "statement that is|statements that are"


def outline(plan: "Plan", endpoint: "Endpoint", standing: "Standing | CannotRun") -> str:
    """Return what a load would do.

    Args:
        plan: the load.
        endpoint: the store.
        standing: what stands there now, or why that is not known.
    """
    from citykg.errors import CannotRun

    known = None if isinstance(standing, CannotRun) else standing
    lines = [
        f"{endpoint.kind.title} at {endpoint.url}",
        f"{counted(plan.triples, _TRIPLES)} in {counted(len(plan.counts), _GRAPHS)}:",
    ]
    for step in plan.steps:
        if len(step.graphs) == 1:
            graph = step.graphs[0]
            name = (
                f"the closure, {endpoint.closure or 'the default graph'}" if graph is None else f"<{graph}>"
            )
        else:
            name = f"{len(step.graphs)} graphs, from <{step.graphs[0]}>"
        way = step.way.value.format(them="the graph" if len(step.graphs) == 1 else "them")
        now = f"; {_now(step, known)}" if known else ""
        lines.append(f"  {step.triples:>9,}  {name}: {way}{now}")
    if isinstance(standing, CannotRun):
        lines.append(f"what stands there now is not known: {standing.message}")
    else:
        lines += [f"not without --replace: {strange}" for strange in standing.strange]
    lines += [f"note: {text}" for text in plan.notes]
    return "\n".join(lines) + "\n"


def _now(step: "Step", standing: "Standing") -> str:
    held = sum(standing.counts.get(graph, 0) for graph in step.graphs)
    return f"{held:,} there now" if held else "nothing there now"


def report(found: "Verification") -> str:
    """Return what a verification found."""
    lines = []
    for kind, rewritten in sorted(found.difference.rewritten.items()):
        lines.append(f"same value, other form: {rewritten.count:,} {kind}, for example")
        lines.append(f"    {rewritten.before}\n    {rewritten.after}")
    for miscount in found.miscounts[:20]:
        name = "the closure" if miscount.graph is None else f"<{miscount.graph}>"
        lines.append(f"count: {name} has {counted(miscount.there, _TRIPLES)}, not {miscount.here:,}")
    for kind, damaged in sorted(found.damaged.items()):
        lines.append(f"changed value: {damaged.count:,} {kind}, for example")
        lines.append(f"    {damaged.before}\n    {damaged.after}")
    for what, number, some in (
        ("missing", found.difference.removed_count, found.difference.removed),
        ("not from here", found.difference.added_count, found.difference.added),
    ):
        if number:
            lines.append(
                f"{what}: {counted(number, _STATEMENTS)}{', the first of them' if number > 1 else ''}"
            )
            lines += [f"    {line}" for line in some[:5]]
    if found.repeated:
        lines.append(f"once there: {counted(found.repeated, _REPEATED)} repeated here, by value")
    if found.stale:
        them = "it" if len(found.stale) == 1 else "them"
        lines.append(
            f"left from an earlier load: {counted(len(found.stale), _GRAPHS)}; --prune removes {them}"
        )
        lines += [f"    <{graph}>" for graph in found.stale[:5]]
    if found.others:
        number = len(found.others)
        lines.append(
            f"not from here: {counted(number, _GRAPHS)}, another project's or of a load not recorded here"
        )
        lines += [f"    <{graph}>" for graph in found.others[:5]]
    verdict = "whole" if found.whole else "not whole"
    lines.append(
        f"{verdict}: {counted(found.triples, _TRIPLES)} in {counted(found.graphs, _GRAPHS)} compared"
    )
    return "\n".join(lines) + "\n"
