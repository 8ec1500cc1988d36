"""What DuckDB makes of unknowns: the ground that 'unknown never passes' stands on."""

from itertools import product

import duckdb
import pytest

from auditor.policy.vocabulary import FUNCTIONS, Function

SAMPLES = {"VARCHAR": ["'a'", "''"], "VARCHAR[]": ["['a', 'b']", "[]::VARCHAR[]"], "BIGINT": ["1"]}
WORDS = {True: "true", False: "false", None: "NULL::BOOLEAN"}


def asked(sql: str) -> object:
    """What DuckDB answers to one expression."""
    with duckdb.connect(":memory:") as connection:
        row = connection.execute(f"SELECT {sql}").fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_unknown_in_gives_unknown_out(function: Function) -> None:
    """Whichever argument is unknown, and whatever the others are, the result is unknown."""
    for place, kind in enumerate(function.arguments):
        for others in product(*(SAMPLES[of] for of in function.arguments)):
            arguments = list(others)
            arguments[place] = f"NULL::{kind}"
            assert asked(f"{function.name}({', '.join(arguments)})") is None


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_known_in_gives_known_out(function: Function) -> None:
    """No function makes an unknown out of known values."""
    for arguments in product(*(SAMPLES[of] for of in function.arguments)):
        assert asked(f"{function.name}({', '.join(arguments)})") is not None


@pytest.mark.parametrize("sign", ["=", "<>", "<", "<=", ">", ">="])
def test_comparisons_with_unknown_are_unknown(sign: str) -> None:
    """Also with itself."""
    assert asked(f"NULL::VARCHAR {sign} 'a'") is None
    assert asked(f"'a' {sign} NULL::VARCHAR") is None
    assert asked(f"NULL::BIGINT {sign} NULL::BIGINT") is None


@pytest.mark.parametrize(("left", "right"), list(product(WORDS, WORDS)))
def test_connectives_are_kleene(left: bool | None, right: bool | None) -> None:
    """And, or and not follow Kleene's strong three-valued logic."""
    both = False if False in (left, right) else None if None in (left, right) else True
    either = True if True in (left, right) else None if None in (left, right) else False
    assert asked(f"{WORDS[left]} AND {WORDS[right]}") is both
    assert asked(f"{WORDS[left]} OR {WORDS[right]}") is either
    assert asked(f"NOT {WORDS[left]}") is (None if left is None else not left)


def test_like_and_in_of_unknown_are_unknown() -> None:
    """Patterns and lists do not decide what is unknown."""
    assert asked("NULL::VARCHAR LIKE '%'") is None
    assert asked("list_contains([]::VARCHAR[], NULL::VARCHAR)") is None
    assert asked("list_contains(NULL::VARCHAR[], 'a')") is None


def test_why_any_is_banned() -> None:
    """If this fails, DuckDB has mended it, and the ban may go."""
    assert asked("'x' = ANY(NULL::VARCHAR[])") is False


def test_why_lists_with_unknown_entries_are_unknown() -> None:
    """DuckDB finds an entry absent from a list that may well hold it; loading guards this."""
    assert asked("list_contains(['a', NULL], 'b')") is False
