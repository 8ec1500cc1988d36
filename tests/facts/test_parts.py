"""Parts that were found in an artefact, held against its SBOMs."""

from typing import Any

import pytest

from auditor.model import Unknown
from auditor.tables import Component, Row
from tests.facts.coding import DIGEST, covered
from tests.facts.deriving import Facts

NOBODY = Unknown("x")
READ = covered("components")


def part(id: str, **changes: Any) -> Component:  # noqa: A002
    """Return a part that was found."""
    default: dict[str, Any] = {
        "provider": "app",
        "account": "phone",
        "id": id,
        "digest": DIGEST,
        "name": "codec",
        "version": "2.0",
        "purl": "",
        "supplier": "",
        "listed": False,
        "present": True,
    }
    return Component(**default | changes)


def listed(**changes: Any) -> Component:
    """Return a part that an SBOM lists."""
    return part("sbom", **{"listed": True, "present": NOBODY, **changes})


def told(*rows: Row) -> Any:
    """Return whether the found part is listed."""
    return one("listed", "found", *rows)


def one(column: str, id: str, *rows: Row) -> Any:  # noqa: A002
    """Return a column of one part."""
    ((value,),) = Facts(rows).query(f"SELECT {column} FROM components WHERE id = '{id}'")
    return value


@pytest.mark.parametrize(
    ("found", "named"),
    [
        pytest.param({}, {}, id="name and version"),
        pytest.param({"name": "Codec"}, {}, id="name in capitals"),
        pytest.param({"version": ""}, {}, id="no version found"),
        pytest.param({}, {"version": NOBODY}, id="version unread"),
        pytest.param(
            {"purl": "pkg:maven/o/codec@2.0", "name": "x"},
            {"purl": "pkg:maven/o/codec@2.0?type=aar"},
            id="package URL",
        ),
    ],
)
def test_a_part_is_listed_by_name_or_address(found: dict[str, Any], named: dict[str, Any]) -> None:
    """And then the SBOM's own part is in the artefact."""
    rows = (part("found", **found), listed(**named), READ)
    assert told(*rows) is True
    assert one("present", "sbom", *rows) is True


@pytest.mark.parametrize(
    "named",
    [
        pytest.param({"version": "1.0"}, id="other version"),
        pytest.param({"name": "other"}, id="other name"),
        pytest.param({"digest": "sha256:0"}, id="other artefact"),
        pytest.param({"name": "", "version": ""}, id="no name"),
    ],
)
def test_a_part_that_no_sbom_names_is_not_listed(named: dict[str, Any]) -> None:
    """Where every SBOM was read; what was listed may be there unrecognised."""
    rows = (part("found"), listed(**named), READ)
    assert told(*rows) is False
    assert one("present", "sbom", *rows) is None


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((), id="nobody reads any"),
        pytest.param((covered("components", open_=True),), id="gap"),
        pytest.param((READ, listed(digest=NOBODY)), id="an SBOM about nobody knows what"),
        pytest.param((covered("components", provider="app"),), id="only the package was read"),
    ],
)
def test_without_every_sbom_it_is_unknown(rows: tuple[Row, ...]) -> None:
    """One that was not read may name it."""
    assert told(part("found"), *rows) is None


def test_parts_without_a_name_are_not_the_same() -> None:
    """Nothing matches nothing."""
    rows = (part("found", name="", version=""), listed(name="", version=""), READ)
    assert told(*rows) is False
