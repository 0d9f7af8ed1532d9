"""Everything that can go wrong for a reason a person can act on.

    CitykgError                  base: code, message, hint; never raised itself
    ├── NegativeAnswer           exit 1   the work was done and the answer is no
    ├── UsageError               exit 2   unknown verb, option, parameter, name or format
    └── CannotRun                exit 3   unreadable, unreachable, syntax error in a file, time-out

A code is a few kebab-case words and a heading in docs/errors.md.
"""

__all__ = ["CannotRun", "CitykgError", "NegativeAnswer", "UsageError"]


class CitykgError(Exception):
    """An error that is shown as one message.

    Args:
        code: kebab-case identifier, a heading in docs/errors.md.
        message: what went wrong, with which value, and where (``file:line:column`` where it can be found).
        hint: the next step, naming the option where there is one; may be empty.
    """

    exit_status = 3

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class NegativeAnswer(CitykgError):
    """The work was done and the answer is no: not found, not conforming, not equal."""

    exit_status = 1


class UsageError(CitykgError):
    """The request itself is wrong: an unknown verb, option, query, parameter or format."""

    exit_status = 2


class CannotRun(CitykgError):
    """The work could not be done: unreadable, unreachable, not parsable, out of time."""

    exit_status = 3
