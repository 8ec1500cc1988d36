"""query and explain: looking into a bundle."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from auditor.cli.main import main
from tests.cli.bundles import write_evaluated


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A bundle with facts and results."""
    return str(write_evaluated(tmp_path_factory.mktemp("look") / "audit-1")[0])


def test_query_answers_in_three_forms(bundle: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A table for people, JSON and CSV for programs."""
    sql = "select id, country, public, tags from stores order by id"
    assert main(["query", bundle, sql]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split() == ["id", "country", "public", "tags"]
    assert shown[3].split()[:2] == ["store-3", "unknown"]
    assert main(["query", bundle, sql, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[2]["country"] is None
    assert main(["query", bundle, sql, "--csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "id,country,public,tags"


def test_columns_of_one_name_are_all_shown(bundle: str, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON objects cannot hold a name twice."""
    assert main(["query", bundle, "select 1 as a, 2 as a, 3 as a", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"a": 1, "a_2": 2, "a_3": 3}]


def test_people_see_the_first_rows_only(bundle: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A table of a million rows helps nobody; programs get them all."""
    sql = "select i from range(1234) as t(i)"
    assert main(["query", bundle, sql]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 501
    assert "and 734 more rows" in said.err
    assert main(["query", bundle, sql, "--csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1235


def test_hostile_names_are_shown_harmlessly(
    bundle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A name cannot recolour or reorder the terminal."""
    assert main(["query", bundle, "select name from stores where id = 'store-2'"]) == 0
    assert "users\u2039U+202E\u203agpj\u2039U+001B\u203a[31m" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["country=US", "it's*", "[a]?", "{a,b}"])
def test_the_name_of_a_folder_is_no_fact(
    bundle: str, folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """DuckDB would take columns from ``country=US`` and a pattern from ``*``."""
    sql = "select country, count(*) as stores from stores group by all order by all"
    assert main(["query", bundle, sql, "--json"]) == 0
    expected = capsys.readouterr().out
    copied = tmp_path / folder / "audit-1"
    shutil.copytree(bundle, copied)
    shutil.copytree(bundle, tmp_path / "it's another" / "audit-1")
    assert main(["query", str(copied), sql, "--json"]) == 0
    assert capsys.readouterr().out == expected


def test_csv_on_a_terminal_is_shown_harmlessly(
    bundle: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Into a file or a program it stays as it is."""
    sql = 'select 1 as "a\x1b[2J", chr(27) as b'
    assert main(["query", bundle, sql, "--csv"]) == 0
    assert capsys.readouterr().out.count("\x1b") == 2
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["query", bundle, sql, "--csv"]) == 0
    assert "\x1b" not in capsys.readouterr().out


def test_a_hostile_column_is_shown_harmlessly(
    bundle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever made the Parquet files named the columns too."""
    name = "[red]x\x1b[31m\nA-01 MET"
    assert main(["query", bundle, f'select 1 as "{name}"']) == 0
    head = capsys.readouterr().out.splitlines()[0]
    assert head == "[red]x\u2039U+001B\u203a[31m\u2039U+000A\u203aA-01 MET"


def test_without_a_query_the_tables_are_described(
    bundle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every column with its type and meaning."""
    assert main(["query", bundle]) == 0
    assert "Country of the place that holds the data." in capsys.readouterr().out
    assert main(["query", bundle, "--json"]) == 0
    described = json.loads(capsys.readouterr().out)
    assert {"table", "column", "type", "may_be_unknown", "meaning"} == set(described[0])
    assert main(["query", f"{bundle}-misspelt"]) == 2
    assert "is neither a folder nor an archive" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select contry from stores", "contry"),
        ("select", "parser error"),
        ("", "found 0"),
        ("select 1; select 2", "found 2"),
        ("select * from read_csv('/etc/passwd')", "disabled"),
        ("copy stores to '/tmp/x.csv'", "disabled"),
        ("attach '/tmp/x.db'", "disabled"),
        ("set enable_external_access = true", "locked"),
        ("install httpfs", "disabled"),
    ],
)
def test_a_query_reaches_nothing_but_the_facts(
    bundle: str, sql: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No file, no network, no change of the rules."""
    assert main(["query", bundle, sql]) == 2
    assert words in capsys.readouterr().err.lower()


def test_a_folder_without_facts_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message says what is missing."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "accounts.parquet").write_bytes(b"PAR1 no")
    for bundle in (tmp_path, tmp_path / "none"):
        assert main(["query", str(bundle), "select 1"]) == 2
        assert "error: " in capsys.readouterr().err


def test_explain_says_what_was_found_and_why(
    bundle: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The control as a whole, then one of its rows."""
    assert main(["explain", bundle, "a-02"]) == 0
    shown = capsys.readouterr().out
    assert "FAIL:" in shown
    assert "is in an approved country" in shown
    assert "store-2" in shown
    assert main(["explain", bundle, "A-02", "store-2"]) == 0
    shown = capsys.readouterr().out
    assert "seen: store.country = DE" in shown
    assert "Evidence records: E-000003" in shown
    assert "\x1b" not in shown
    assert main(["explain", bundle, "A-02", "store-3"]) == 0
    assert "GetBucketLocation was denied" in capsys.readouterr().out


def test_explain_for_programs(bundle: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The same as in results.json."""
    assert main(["explain", bundle, "A-02", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "fail"
    assert main(["explain", bundle, "A-02", "store-2", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["row_id"] == "store-2"
    assert main(["explain", bundle, "A-02", "--all"]) == 0


@pytest.mark.parametrize(
    ("names", "hint"), [(["A-99"], "controls are A-01"), (["A-02", "store-1"], "did you mean")]
)
def test_what_is_not_in_the_results_gets_a_hint(
    bundle: str, names: list[str], hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A control or row that is not there."""
    assert main(["explain", bundle, *names]) == 2
    assert f"help: {hint}" in capsys.readouterr().err
