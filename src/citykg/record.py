"""Frozen dataclasses, as far as the way to a query needs them, without importing dataclasses.

That module (with inspect, ast, dis and tokenize below it) and the code that it compiles for each class take
as long as opening a store and running a query together; start-up is measured. Elsewhere: dataclasses.
"""

TYPE_CHECKING = False  # typing too is not imported on the way to a query
if TYPE_CHECKING:
    from typing import Any, Self, dataclass_transform
else:

    def dataclass_transform(**_: object) -> object:
        """Stand in for typing.dataclass_transform, which only type checkers read."""
        return lambda cls: cls


__all__ = ["Record"]


@dataclass_transform(frozen_default=True)
class Record:
    """A frozen class whose annotated names are its fields, compared and shown by them.

    A name with a value in the class body has that as its default.
    """

    def __init__(self, *values: "Any", **named: "Any") -> None:
        names = type(self)._fields()
        if len(values) > len(names):
            raise TypeError(f"{type(self).__name__} takes {len(names)} values, not {len(values)}")
        given = dict(zip(names, values, strict=False))
        for name, value in named.items():
            if name not in names or name in given:
                raise TypeError(f"{type(self).__name__} has no {name}, or has it twice")
            given[name] = value
        for name in names:
            if name not in given:
                if not hasattr(type(self), name):
                    raise TypeError(f"{type(self).__name__} needs {name}")
                given[name] = getattr(type(self), name)
        self.__dict__.update(given)

    @classmethod
    def _fields(cls) -> tuple[str, ...]:
        return tuple(cls.__annotations__)

    def replace(self, **changes: "Any") -> "Self":
        """Return a copy with some fields changed."""
        return type(self)(**{**self.__dict__, **changes})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: {name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self.__dict__.items())
        return f"{type(self).__name__}({fields})"
