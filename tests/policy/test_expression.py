import pytest

from auditor.policy.expression import Expression, compile_expression
from auditor.policy.names import control_names, pack_names
from auditor.policy.syntax import ExpressionError, parse

TERMS = {
    "holds": "list_contains(store.data_classes, 'us_user_data')",
    "kept": "holds and store.encrypted",
    "round": "square",
    "square": "round",
    "listed": "store.data_classes",
}
PARAMETERS = (("approved", "VARCHAR[]"), ("days", "BIGINT"), ("strict", "BOOLEAN"))


def compiled(text: str, table: str = "stores") -> Expression:
    """Compile over one table with the terms above."""
    terms = {name: parse(meaning) for name, meaning in TERMS.items()}
    return compile_expression(text, control_names(pack_names(terms, PARAMETERS), table))


def problems(text: str, table: str = "stores") -> str:
    """What is wrong with an expression, in one string."""
    with pytest.raises(ExpressionError) as caught:
        compiled(text, table)
    return "\n".join(f"{p.offset}: {p.message} | {p.hint}" for p in caught.value.problems)


@pytest.mark.parametrize(
    "text",
    [
        "store.country in $approved",
        "store.country not in $approved",
        "store.country in ('US', 'CA') and not store.public",
        "holds and (kept or store.size_bytes between 0 and $days)",
        "list_has_all($approved, store.data_classes) or len(store.data_classes) = 0",
        "store.name like 'logs-%' or store.name not like '%x%'",
        "not $strict or store.key_id <> ''",
        "lower(store.name) = 'x' and starts_with(upper(store.name), 'X')",
        "ends_with(store.name, 'x') and contains(store.name, 'y') and length(store.name) > -1",
        "$as_of <= store.created and account.active = true and key.country = store.country",
        "list_has_any(store.data_classes, $approved)",
    ],
)
def test_what_a_policy_may_say(text: str) -> None:
    """Comparisons, membership, connectives, allow-listed functions, terms and parameters."""
    assert compiled(text).columns


@pytest.mark.parametrize(
    "text",
    [
        "store.country is null",
        "store.country is not null",
        "store.public is true",
        "store.public is not true",
        "store.public is not distinct from true",
        "store.public is distinct from true",
        "coalesce(store.public, false)",
        "ifnull(store.public, false)",
        "nullif(store.name, 'x') = 'y'",
        "case when store.public then true else false end",
        "if(store.public, true, false)",
        "iff(store.public, true, false)",
        "'x' = any(store.data_classes)",
        "'x' = all(store.data_classes)",
        "store.country in (select 'US')",
        "exists (select 1)",
        "(select true)",
        "store.id in (select id from stores)",
        "count(*) > 1",
        "max(store.size_bytes) > 1",
        "bool_and(store.public)",
        "row_number() over () = 1",
        "sum(store.size_bytes) over () > 1",
        "try(store.public)",
        "try_cast(store.name as int) = 1",
        "cast(store.public as varchar) = 'true'",
        "store.name::int = 1",
        "list_transform(store.data_classes, x -> x) = ['a']",
        "[x for x in store.data_classes] = ['a']",
        "len(list_filter(store.data_classes, x -> x is null)) = 0",
        "{'a': store.public}.a",
        "struct_pack(a := store.public).a",
        "store.tags['a'] = 'b'",
        "array[store.public][1]",
        "concat(store.name, 'x') = 'x'",
        "concat_ws('', store.country) = ''",
        "greatest(store.public, false)",
        "least(store.name, 'a') = 'a'",
        "store.name || 'x' = 'x'",
        "store.size_bytes + 1 > 2",
        "list_count(store.data_classes) = 0",
        "list_contains([store.country], null)",
        "store.country = null",
        "store.name ~ 'a'",
        "regexp_matches(store.name, 'a')",
        "store.name like store.country",
        "store.name like 'a\\b'",
        "store.name like 'a!%' escape '!'",
        "store.name ilike 'a'",
        "store.name collate nocase = 'a'",
        "getenv('HOME') = store.name",
        "read_text('/etc/passwd') = store.name",
        "current_date > store.created",
        "random() > store.size_bytes",
        "store.*",
        "* = store.name",
        "columns('.*') = store.name",
        "store.public; drop table stores",
        "store.public) or (true",
        "store.public -- and false",
        "$$x$$ = store.name",
        "E'x' = store.name",
        "'x' in store.tags",
        '"store"."public"',
        "store.public and ?",
        "store.public and $1",
        "x.y.z.public",
        "main.stores.public",
        "store.size_bytes = 1.5",
        "store.size_bytes = 99999999999999999999",
        "distinct store.public",
        "",
        "   ",
        ";",
        "-- nothing",
        "store.public as x",
        "not",
        "(" * 500 + "store.public" + ")" * 500,
        "not " * 450 + "store.public",
        "store.public and " * 200 + "store.public",
        "store.name = 'a\x00b'",
    ],
)
def test_what_a_policy_may_not_say(text: str) -> None:
    """Whatever could see an unknown, reach elsewhere or aggregate is refused, never a crash.

    A comment alone is harmless: it is not in the tree, so it is not in the SQL that runs.
    """
    if text == "store.public -- and false":
        assert compiled(text).sql == '"store"."public"'
        return
    assert problems(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("store.cuntry in $approved", "6: store has no column 'cuntry' | did you mean 'country'?"),
        ("stor.country in $approved", "0: 'stor' is not known here | did you mean 'store'?"),
        ("store.country in $aproved", "$aproved is not declared | did you mean 'approved'?"),
        ("store.public and hods", "17: 'hods' is neither a term nor alias.column | did you mean"),
        ("country = 'US'", "did you mean store.country?"),
        ("starts_wth(store.name, 'a')", "0: function 'starts_wth' cannot be used"),
        ("starts_wth(store.name, 'a')", "did you mean 'starts_with'?"),
        ("store.public and", "is not an expression"),
        ("store.size_bytes = 'a'", "cannot compare a number with text"),
        ("store.public > false", "cannot compare true or false with true or false by >"),
        ("store.name", "is text, not a condition"),
        ("store.name and store.public", "is text where a condition belongs"),
        ("store.public in $approved", "cannot look for true or false in a list of text"),
        ("store.name in ('a', 1)", "every entry after 'in' must be text"),
        ("len(store.size_bytes) = 1", "length takes (text) or (a list of text)"),
        ("list_contains(store.name, 'a')", "list_contains takes (a list of text, text)"),
        ("true", "reads no column"),
        ("$strict", "reads no column"),
        ("round", "defined by itself"),
        ("listed", "term listed: is a list of text where a condition belongs"),
        ("flow.active", "'flow' is not known here"),
        ("store.encrypted is null", "cannot see whether a value is unknown"),
    ],
)
def test_faults_say_where_and_what_was_meant(text: str, expected: str) -> None:
    """A fault names its place in the expression and suggests the nearest word."""
    assert expected in problems(text)


def test_all_faults_at_once() -> None:
    """Three faults of one expression are three lines."""
    assert (
        len(problems("store.cuntry = 'a' and stor.x = 'b' and store.name in $x").split("\n")) == 3
    )


def test_a_term_needs_its_aliases() -> None:
    """A term that reads stores cannot be used over a table that does not lead to them."""
    assert "term holds: 'store' is not known here" in problems("holds", "trails")


def test_what_runs_is_written_anew() -> None:
    """The SQL is fully parenthesised, quotes are doubled, and values are bound."""
    written = compiled("not store.public or store.name = 'it''s' and store.country in $approved")
    assert written.sql == (
        """((NOT "store"."public") OR (("store"."name" = 'it''s')"""
        """ AND list_contains(CAST($approved AS VARCHAR[]), "store"."country")))"""
    )
    assert written.parameters == ("approved",)
    assert written.columns == (("store", "public"), ("store", "name"), ("store", "country"))


def test_an_empty_text_after_a_parameter() -> None:
    """The parser's $-quoted strings are off: they would swallow what follows a parameter."""
    assert compiled("$strict or store.key_id = '' and store.name = ''").sql.count("''") == 2
