"""A reading written as SPARQL, as a person would write it; terms come in only as serialised IRIs
and literals.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from itertools import chain

from citykg.prefixes import Prefixes
from citykg.sparql import pattern

from ..model import Edge, Figure, Reading
from ..reading.when import STATED
from ..words.index import BEGINNING, ENDING

__all__ = ["Writer"]

_COMPARE = {"over": ">", "under": "<", "equal": "=", "reached": ">=", "within": "<="}
_PREFIXED = re.compile(r"(?<![\w<?])([A-Za-z][\w-]*):(?=[\w\\])")


class Writer:
    """Writes readings as queries.

    Args:
        prefixes: of the project, for short names.
    """

    def __init__(self, prefixes: Prefixes) -> None:
        self.prefixes = prefixes
        self._terms: dict[str, str] = {}

    def term(self, name: str) -> str:
        """Return a variable as it is, an IRI as a short name or between angle brackets."""
        if name not in self._terms:
            short = name if name.startswith("?") else self.prefixes.shorten(name, escape=True)
            self._terms[name] = short
        return self._terms[name]

    def query(self, reading: Reading) -> str:
        """Return the whole query of a reading."""
        body = self._body(reading)
        select, tail = self._head(reading)
        lines = "\n".join(f"  {line}" for line in body)
        return self._headed(f"{select} {{\n{lines}\n}}{tail}")

    def minus(self, query: str, other: str) -> str:
        """Return a query for ?x that leaves the answers of another one out of its answers."""
        (body, _, tail), (inner, _, _) = (
            "".join(x for x in text.splitlines(keepends=True) if not x.startswith("PREFIX")).rpartition("}")
            for text in (query, other)
        )
        lines = "\n".join(f"    {line}" for line in (inner.rstrip() + "\n}").splitlines())
        return self._headed(f"{body}  MINUS {{ {{\n{lines}\n  }} }}\n}}{tail.rstrip()}")

    def without(self, query: str, things: Iterable[str]) -> str:
        """Return a query for ?x that leaves some things out of its answers."""
        body, _, tail = "".join(
            line for line in query.splitlines(keepends=True) if not line.startswith("PREFIX")
        ).rpartition("}")
        terms = ", ".join(self.term(thing) for thing in things)
        return self._headed(f"{body}  FILTER(?x NOT IN ({terms}))\n}}{tail.rstrip()}")

    def these(self, things: Iterable[str]) -> str:
        """Return a query for ?x that has some things for its answers."""
        values = " ".join(self.term(thing) for thing in things)
        return self._headed(f"SELECT DISTINCT ?x WHERE {{\n  VALUES ?x {{ {values} }}\n}}\nORDER BY ?x")

    def counted(self, query: str) -> str:
        """Return the query that counts the ?x of another one."""
        text = query.replace("SELECT DISTINCT ?x WHERE", "SELECT (COUNT(DISTINCT ?x) AS ?count) WHERE", 1)
        return text.rpartition("}")[0] + "}\n"

    def _headed(self, text: str) -> str:
        """Put the lines before a query that its short names need."""
        used = sorted(set(_PREFIXED.findall(re.sub(r"<[^>]*>|\"[^\"]*\"", "", text))) & set(self.prefixes))
        header = "".join(f"PREFIX {p}: <{self.prefixes[p]}>\n" for p in used)
        return header + text + "\n"

    def details(self, reading: Reading) -> str:
        """Return the query with every variable, from which the evidence is told."""
        text = self.query(reading)
        head, _, rest = text.partition("{")
        lines = [line for line in head.splitlines() if line.startswith("PREFIX")]
        body = rest[: rest.rindex("}") + 1]
        return "\n".join(lines) + "\nSELECT DISTINCT * WHERE {" + body + "\nLIMIT 2000\n"

    def _head(self, reading: Reading) -> tuple[str, str]:  # noqa: PLR0911 - one form after another
        if reading.kind in ("truth", "untruth", "reverse", "exists"):
            return "ASK", ""
        if reading.kind == "count":
            return "SELECT (COUNT(DISTINCT ?x) AS ?count) WHERE", ""
        if reading.kind == "groups" and reading.operation == "count":
            tail = "\nGROUP BY ?group\nORDER BY DESC(?count) ?group"
            return "SELECT ?group (COUNT(DISTINCT ?x) AS ?count) WHERE", tail
        if reading.kind == "groups" and reading.operation == "figure":
            return "SELECT DISTINCT ?group ?x ?m ?value ?unit WHERE", "\nORDER BY ?group ?m"
        if reading.kind == "groups":
            return "SELECT DISTINCT ?group ?x WHERE", "\nORDER BY ?group ?x"
        if reading.kind in ("things", "relation"):
            return "SELECT DISTINCT ?x WHERE", "\nORDER BY ?x"
        if reading.kind == "kind":
            return "SELECT DISTINCT ?class WHERE", "\nORDER BY ?class"
        if reading.kind == "time" and reading.operation == STATED:
            return "SELECT DISTINCT ?period ?modality0 ?passage WHERE", "\nORDER BY ?period ?passage"
        if reading.kind in ("time", "time-truth"):
            return "SELECT DISTINCT ?x ?period WHERE", "\nORDER BY ?period"
        if reading.kind in ("comparison", "comparison-truth"):
            return "SELECT * WHERE", ""
        about = "?x " if reading.target.startswith("?") else ""
        if reading.operation in ("sum", "average"):
            name = "SUM" if reading.operation == "sum" else "AVG"
            return f"SELECT ({name}(?value) AS ?{reading.operation}) WHERE", ""
        if reading.operation in ("max", "min"):
            order = "DESC(?value)" if reading.operation == "max" else "?value"
            return f"SELECT DISTINCT {about}?m ?value ?unit WHERE", f"\nORDER BY {order} ?m"
        return f"SELECT DISTINCT {about}?m ?value ?unit WHERE", "\nORDER BY ?m"

    def _body(self, reading: Reading) -> list[str]:
        lines: list[str] = []
        if reading.choices:
            lines.append(f"VALUES ?x {{ {' '.join(self.term(iri) for iri in reading.choices)} }}")
        if reading.groups:
            lines.append(f"VALUES ?group {{ {' '.join(self.term(iri) for iri in reading.groups)} }}")
        # Beside a UNION a kind is a test: stores would join by taking the whole UNION for each of the kind.
        ends = _ends(edge for edge in reading.edges if edge.modal == "both")
        apart = _ends(reading.absent) - _ends(reading.edges) - {reading.target}  # in what is denied only
        for variable, classes in reading.types.items():
            if variable not in ends | apart:
                lines.extend(self._type(variable, classes))
        for number, edge in enumerate(reading.edges):
            lines.extend(self._edge(edge, number))
        for variable, classes in reading.types.items():
            if variable in ends:
                lines.append(f"FILTER EXISTS {{ {' '.join(self._type(variable, classes))} }}")
        for number, thing in enumerate(reading.beside):
            names = {"mention": f"?m{number}", "passage": "?passage", "thing": self.term(thing)}
            lines.extend(_part("ask-part-beside", **names))
        for number, (about, value) in enumerate(reading.told):
            names = {"m": f"?f{number}", "stated": f"?v{number}", "passage": "?passage"}
            lines.extend(_part("ask-part-told", value=_number(value), about=self.term(about), **names))
        if reading.operation == "said":
            lines.extend(_part("ask-part-said", passage="?passage", speaker="?x"))
        elif reading.beside:
            lines.extend(_part("ask-part-beside", mention="?m", passage="?passage", thing="?x"))
        for edge in reading.absent:
            kinds = (self._type(v, reading.types[v]) for v in reading.types if v in apart & _ends([edge]))
            absent = " ".join([*chain(*kinds), *self._edge(edge, 9)])
            lines.append(f"MINUS {{ {absent} }}")
        for figure in reading.lacking:
            lines.append(f"FILTER NOT EXISTS {{ {' '.join(self._figure(figure))} }}")
        for figure in reading.figures:
            lines.extend(self._figure(figure))
        by_class = reading.kind == "groups" and not any(
            "?group" in (e.subject, e.object) for e in reading.edges
        )
        if reading.kind == "kind" or by_class:
            of_all = "?class" if reading.kind == "kind" else "?group"
            lines.extend(_part("ask-part-kind", thing=self.term(reading.target), **{"class": of_all}))
        if reading.operation == STATED:
            period = _text(reading.period) if reading.period else "?period"
            lines.extend(_part("ask-part-stated-time", s="?s0", period=period, passage="?passage"))
        elif reading.kind in ("time", "time-truth"):
            lines.extend(_part("ask-part-time", thing=self.term(reading.target), period="?period"))
            if not reading.target.startswith("?"):
                lines.append(f"BIND({self.term(reading.target)} AS ?x)")
        elif reading.period and not reading.figures:
            lines.extend(
                _part("ask-part-dated", t="?t", thing=self.term(reading.target), period=_text(reading.period))
            )
        if reading.kind == "relation":
            one, other = (self.term(iri) for iri in reading.compared)
            lines.append(f"{{ {one} ?x {other} . }} UNION {{ {other} ?x {one} . }}")
            for pair in ((one, other), (other, one)):
                inner = _part(
                    "ask-part-statement",
                    s="?s",
                    subject=pair[0],
                    predicate="?x",
                    object=pair[1],
                    modality="?modality",
                )
                lines.append(f"UNION {{ {' '.join(inner)} }}")
        lines.extend(self._nearest(edge, between, reading) for edge, between in reading.nearest)
        lines.extend(f"MINUS {{ ?x a {self.term(iri)} }}" for iri in reading.without)
        if reading.excluded:
            terms = ", ".join(self.term(iri) for iri in reading.excluded)
            lines.append(f"FILTER(?x NOT IN ({terms}))")
        return lines

    def _nearest(self, edge: Edge, between: str, reading: Reading) -> str:
        far_end = self.term(edge.object)
        classes = reading.types.get(edge.object)
        kinds = " ".join(self._type("?nearer", classes)) if classes else ""
        near = f"{self.term(edge.subject)} {'|'.join(self.term(p) for p in edge.properties)} ?nearer ."
        far = f"?nearer {self.term(between)} {far_end} ."
        return f"FILTER NOT EXISTS {{ {near} {far} {kinds} FILTER(?nearer != {far_end}) }}"

    def _type(self, variable: str, classes: Iterable[str]) -> list[str]:
        for kind, name in ((ENDING, "ask-part-ending"), (BEGINNING, "ask-part-beginning")):
            for text in (iri.removeprefix(kind) for iri in classes if iri.startswith(kind)):
                label = f"?label{variable[1:]}" if variable.startswith("?") else "?label"
                return _part(name, thing=self.term(variable), label=label, text=_text(text))
        names = [self.term(iri) for iri in classes]
        if len(names) == 1:
            return [f"{self.term(variable)} a {names[0]} ."]
        name = "?kind" + variable.strip("?") if variable.startswith("?") else "?kind"
        return [f"VALUES {name} {{ {' '.join(names)} }}", f"{self.term(variable)} a {name} ."]

    def _edge(self, edge: Edge, number: int) -> list[str]:
        subject, target = self.term(edge.subject), self.term(edge.object)
        names = [self.term(p) for p in edge.properties]
        bare = f"{subject} {'|'.join(names)} {target} ."
        if edge.modal == "bare":
            return [bare]
        predicate = names[0] if len(names) == 1 else f"?p{number}"
        modal = _part(
            "ask-part-statement",
            s=f"?s{number}",
            subject=subject,
            predicate=predicate,
            object=target,
            modality=f"?modality{number}",
        )
        if len(names) > 1:
            modal = [f"VALUES ?p{number} {{ {' '.join(names)} }}", *modal]
        if edge.modal == "modal":
            return modal
        return [f"{{ {bare} }}", f"UNION {{ {' '.join(modal)} }}"]

    def _figure(self, figure: Figure) -> list[str]:
        number = figure.name[1:]
        m, value, unit = f"?{figure.name}", f"?value{number}", f"?unit{number}"
        about = self.term(figure.about)
        indicator = self.term(figure.indicators[0])
        lines = []
        if len(figure.indicators) > 1:
            indicator = f"?indicator{number}"
            lines.append(f"VALUES {indicator} {{ {' '.join(self.term(i) for i in figure.indicators)} }}")
        lines += _part("ask-part-figure", m=m, about=about, indicator=indicator, value=value, unit=unit)
        if figure.group:
            lines.extend(_part("ask-part-group", m=m, group=self.term(figure.group)))
        if figure.work:
            lines.extend(_part("ask-part-work", m=m, work=self.term(figure.work)))
        if figure.period:
            lines.extend(_part("ask-part-period", m=m, period=_text(figure.period)))
        if figure.threshold is not None:
            comparison, bound = figure.threshold
            lines.append(f"FILTER({value} {_COMPARE[comparison]} {_number(bound)})")
        return lines


def _ends(edges: Iterable[Edge]) -> set[str]:
    """Return what some relations relate."""
    return {end for edge in edges for end in (edge.subject, edge.object)}


def _text(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _number(value: object) -> str:
    numerator, denominator = getattr(value, "numerator", 0), getattr(value, "denominator", 1)
    return format(Decimal(numerator) / Decimal(denominator), "f")


@cache
def _inside(name: str) -> str:
    text = pattern(name)
    return text[text.index("{") + 1 : text.rindex("}")]


def _part(name: str, **terms: str) -> list[str]:
    """Return the lines of a part, its placeholders replaced."""
    text = _inside(name)
    for term, serialised in terms.items():
        text = re.sub(rf"\?_{term}\b", lambda _, s=serialised: s, text)  # type: ignore[misc]
    return [line.strip() for line in text.strip().splitlines() if line.strip()]
