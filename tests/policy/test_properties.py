"""Unknown never passes: forgetting a fact moves a verdict to indeterminate or not at all."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Json
from auditor.policy import Case, Control, Pack, load_pack
from auditor.policy.cases import case_parameters, fill_tables
from auditor.policy.conclusion import conclude
from auditor.policy.database import fill_table, lock, open_database
from auditor.policy.expression import compile_expression
from auditor.policy.judgement import judge
from auditor.policy.names import control_names, pack_names
from auditor.policy.syntax import ExpressionError, parse
from auditor.policy.vocabulary import TABLES_BY_NAME
from auditor.results import Verdict

PACK = load_pack(Path(__file__).parents[2] / "policies" / "ttp-2020")
Given = dict[str, list[dict[str, Json]]]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    """One locked database for all tests here."""
    with open_database() as connection:
        lock(connection)
        yield connection


def verdict_of(
    database: duckdb.DuckDBPyConnection, pack: Pack, control: Control, case: Case, rows: Given
) -> Verdict:
    """What a control says of some rows under a case's parameters."""
    fill_tables(database, control.reads, rows)
    return conclude(control, judge(database, control, case_parameters(pack, case)))[0]


def rows_of(case: Case) -> Given:
    """A copy of a case's rows, with the ids that are made up written out."""
    return {
        table: [{"id": f"{table}-{number}"} | dict(row) for number, row in enumerate(rows, 1)]
        for table, rows in case.given.items()
    }


@pytest.mark.parametrize("control", PACK.controls, ids=lambda control: control.id)
def test_forgetting_one_fact(database: duckdb.DuckDBPyConnection, control: Control) -> None:
    """Every fact of every case, ids and coverage included."""
    for case in control.cases:
        whole = rows_of(case)
        before = verdict_of(database, PACK, control, case, whole)
        for table, rows in whole.items():
            for index, row in enumerate(rows):
                for column in row:
                    less = rows_of(case)
                    less[table][index][column] = None
                    after = verdict_of(database, PACK, control, case, less)
                    forgotten = f"{case.name}: {table}[{index}].{column}"
                    assert after in (before, Verdict.INDETERMINATE), forgotten


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_forgetting_many_facts(database: duckdb.DuckDBPyConnection, data: st.DataObject) -> None:
    """Any set of facts of any case, and a parameter of the audit besides."""
    control = data.draw(st.sampled_from(PACK.controls))
    case = data.draw(st.sampled_from(control.cases))
    before = verdict_of(database, PACK, control, case, rows_of(case))
    cells = [
        (table, index, column)
        for table, rows in rows_of(case).items()
        for index, row in enumerate(rows)
        for column in row
    ]
    less = rows_of(case)
    for table, index, column in data.draw(st.sets(st.sampled_from(cells))) if cells else ():
        less[table][index][column] = None
    assert verdict_of(database, PACK, control, case, less) in (before, Verdict.INDETERMINATE)


TEXTS = st.sampled_from(
    ["store.country", "store.name", "lower(store.name)", "'US'", "''", "$as_of", "key.country"]
)
LISTS = st.sampled_from(["store.data_classes", "$approved"])
NUMBERS = st.sampled_from(["store.size_bytes", "0", "3", "len(store.data_classes)", "-1"])
SIGNS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])
LEAVES = st.one_of(
    st.builds("{} {} {}".format, TEXTS, SIGNS, TEXTS),
    st.builds("{} {} {}".format, NUMBERS, SIGNS, NUMBERS),
    st.builds("{} in {}".format, TEXTS, LISTS),
    st.builds("{} not in ('US', {})".format, TEXTS, TEXTS),
    st.builds("{} between {} and {}".format, NUMBERS, NUMBERS, NUMBERS),
    st.builds("list_has_all({}, {})".format, LISTS, LISTS),
    st.builds("list_has_any({}, {})".format, LISTS, LISTS),
    st.builds("list_contains({}, {})".format, LISTS, TEXTS),
    st.builds("starts_with({}, {})".format, TEXTS, TEXTS),
    st.builds("{} not like '%S'".format, TEXTS),
    st.sampled_from(["store.public", "store.encrypted = store.public", "store.public = true"]),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner),
        st.builds("({} or {})".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("not {}".format, inner),
    ),
    max_leaves=4,
)
CELLS = {
    "country": st.sampled_from(["US", "DE", ""]),
    "name": st.sampled_from(["US", "us", "x"]),
    "data_classes": st.sampled_from([["US", "us", "DE", "x", ""], ["US", "us"], []]),
    "size_bytes": st.integers(0, 4),
    "public": st.booleans(),
    "encrypted": st.booleans(),
    "key_id": st.sampled_from(["key-1", "gone", ""]),
}
NAMES = control_names(pack_names({}, [("approved", "VARCHAR[]")]), "stores")
KEYS: list[dict[str, Json]] = [{"id": "key-1", "country": "US"}]


@settings(max_examples=400, deadline=None)
@given(
    text=CONDITIONS,
    row=st.fixed_dictionaries(CELLS),
    forgotten=st.sets(st.sampled_from([*CELLS]), min_size=1),
)
def test_random_conditions_are_monotone(
    database: duckdb.DuckDBPyConnection, text: str, row: dict[str, Json], forgotten: set[str]
) -> None:
    """Whatever can be said: with facts forgotten it says the same, or nothing."""
    try:
        parse(text)
        written = compile_expression(text, NAMES)
    except ExpressionError:
        return  # such as a comparison of two constants
    bound = {"as_of": "2020-09-20", "approved": ["US", "x"]}
    used = {name: bound[name] for name in written.parameters}

    def answer(cells: dict[str, Json]) -> object:
        fill_table(database, "stores", [cells])
        fill_table(database, "keys", KEYS)
        found = database.execute(
            f'SELECT {written.sql} FROM stores AS "store" LEFT JOIN keys AS "key"'
            ' ON "key".id = "store".key_id LEFT JOIN (SELECT 1) AS nothing ON true',
            used,
        ).fetchone()
        assert found is not None
        return found[0]

    less = {name: None if name in forgotten else value for name, value in row.items()}
    assert answer(less) in (answer(row), None)


def test_every_table_can_be_filled(database: duckdb.DuckDBPyConnection) -> None:
    """Cases may give rows of any table."""
    for table in TABLES_BY_NAME:
        fill_table(database, table, [{}])
        assert database.execute(f"SELECT id FROM {table}").fetchall() == [(f"{table}-1",)]
