import pytest

from auditor.model import Json, Party
from auditor.policy.pack import Parameter, Tightens
from auditor.policy.parameters import built_in, loosens
from tests.policy.estate import make_audit


@pytest.mark.parametrize(
    ("tightens", "default", "value", "expected"),
    [
        (Tightens.SHORTER, ["US", "CA"], ["US"], False),
        (Tightens.SHORTER, ["US", "CA"], ["CA", "US"], False),
        (Tightens.SHORTER, ["US", "CA"], ["MX"], True),
        (Tightens.LONGER, ["a"], ["a", "b"], False),
        (Tightens.LONGER, ["a", "b"], ["a", "c", "d"], True),
        (Tightens.LARGER, 365, 366, False),
        (Tightens.LARGER, 365, 364, True),
        (Tightens.SMALLER, 10, 11, True),
        (Tightens.SMALLER, 10, 10, False),
        (Tightens.TRUE, True, False, True),
        (Tightens.TRUE, False, True, False),
        (Tightens.FALSE, False, True, True),
        (Tightens.FALSE, False, False, False),
        (Tightens.LARGER, "a", "b", True),
    ],
)
def test_what_loosens(tightens: Tightens, default: Json, value: Json, expected: bool) -> None:
    """A list that has other entries loosens, however short; a text loosens by any change."""
    kind = "VARCHAR" if isinstance(default, str) else "BIGINT"
    parameter = Parameter(name="p", type=kind, default=default, meaning="M.", tightens=tightens)
    assert loosens(parameter, value) is expected


def test_parameters_of_the_audit_itself() -> None:
    """Sorted, and by the party's role only."""
    audit = make_audit(boundary_accounts=("b", "a", "b"))
    assert built_in(audit) == {
        "as_of": "2020-09-20",
        "trusted_providers": ["Oracle"],
        "boundary_accounts": ["a", "b"],
        "excluded_accounts": ["parent"],
        "excluded_parties": ["Parent"],
        "trusted_parties": ["Oracle"],
    }


def test_what_nobody_said_is_unknown() -> None:
    """An excluded party without accounts has none; without such a party, nobody knows."""
    nobody = built_in(make_audit(parties=(), boundary_accounts=()))
    assert [nobody[name] for name in ("trusted_providers", "boundary_accounts")] == [None, None]
    assert nobody["excluded_accounts"] is None
    assert nobody["excluded_parties"] is None
    assert nobody["trusted_parties"] is None
    named = built_in(make_audit(parties=(Party(name="Parent", roles=("excluded",)),)))
    assert named["excluded_accounts"] == []
