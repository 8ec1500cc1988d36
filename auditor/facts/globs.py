"""Shell-style patterns as SQL: the meaning of Python's ``fnmatch.fnmatchcase``, in RE2's words."""

from collections.abc import Iterable

_MAGIC = frozenset("*?[")
_NOTHING = r"[^\x{0}-\x{10FFFF}]"


def matches(value: str, globs: Iterable[str]) -> str:
    """Return SQL that is true if a value matches one of these patterns, case-sensitively.

    Args:
        value: SQL of a text that is never NULL.
    """
    several = tuple(globs)
    if "*" in several:
        return "true"
    exact = [literal(glob) for glob in several if not _MAGIC & set(glob)]
    wild = [to_pattern(glob) for glob in several if _MAGIC & set(glob)]
    parts = [f"{value} IN ({', '.join(exact)})"] if exact else []
    if wild:
        pattern = "|".join(f"(?:{each})" for each in wild)
        parts.append(f"regexp_full_match({value}, {literal(pattern)}, 's')")
    return f"({' OR '.join(parts)})"


def to_pattern(glob: str) -> str:
    """Return a pattern of RE2 that matches, as a whole, what a shell-style pattern matches."""
    pieces, position = [], 0
    while position < len(glob):
        character = glob[position]
        end = _end_of_set(glob, position) if character == "[" else -1
        if end > 0:
            pieces.append(_set(glob[position + 1 : end]))
            position = end
        else:
            pieces.append({"*": ".*", "?": "."}.get(character) or _escape(character))
        position += 1
    return "".join(pieces)


def literal(text: str) -> str:
    """Return a text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def _end_of_set(glob: str, start: int) -> int:
    """Return where a set of characters ends, -1 if it does not; a ']' that comes first is in it."""
    first = start + 1 + (glob[start + 1 : start + 2] == "!")
    return glob.find("]", first + 1)


def _set(body: str) -> str:
    negated = body.startswith("!")
    body = body.removeprefix("!")
    members, position = [], 0
    while position < len(body):
        if body[position + 1 : position + 2] == "-" and position + 2 < len(body):
            low, high = body[position], body[position + 2]
            if low <= high:
                members.append(f"{_escape(low)}-{_escape(high)}")
            position += 3
        else:
            members.append(_escape(body[position]))
            position += 1
    if not members:
        return "." if negated else _NOTHING
    return f"[{'^' if negated else ''}{''.join(members)}]"


def _escape(character: str) -> str:
    return character if character.isalnum() else f"\\x{{{ord(character):x}}}"
