"""What policies say to one request."""

import pytest

from auditor.collect.oci.iam import Attached, Compartment, Request, decide, parse
from auditor.collect.oci.iam.conditions import Known

TENANCY = "ocid1.tenancy.oc1..t"
WAY = (
    Compartment(id=TENANCY, name="acme"),
    Compartment(id="ocid1.compartment.oc1..prod", name="Prod"),
    Compartment(id="ocid1.compartment.oc1..data", name="Data"),
)


def allowed(
    *statements: str,
    needs: str = "inspect buckets",
    attached: str = TENANCY,
    known: Known | None = None,
) -> bool | None:
    """Return the answer to a request of a member of two groups, in the compartment 'Data'."""
    request = Request(
        groups=frozenset({"Auditors", "Staff/Readers", "ocid1.group.oc1..aud"}),
        needs=needs,
        compartments=WAY,
        variables=known or {},
    )
    return decide([Attached(statement=parse(s), compartment=attached) for s in statements], request)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Allow group Auditors to inspect all-resources in tenancy", True),
        ("Allow group auditors to manage object-family in tenancy", True),
        ("Allow group 'Default'/'Auditors' to read buckets in tenancy", True),
        ("Allow group Staff/readers to read buckets in tenancy", True),
        ("Allow group Other/Readers to read buckets in tenancy", False),
        ("Allow group id ocid1.group.oc1..aud to read buckets in tenancy", True),
        ("Allow group Painters, Auditors to read buckets in tenancy", True),
        ("Allow group Painters to read buckets in tenancy", False),
        ("Allow any-user to read buckets in tenancy", True),
        ("Allow dynamic-group Auditors to read buckets in tenancy", False),
        ("Allow service Auditors to read buckets in tenancy", False),
        ("Allow group Auditors to inspect objects in tenancy", False),
        ("Allow group Auditors to inspect volume-family in tenancy", False),
        ("Allow group Auditors to inspect unheard-of-family in tenancy", None),
        ("Allow group Auditors to {BUCKET_INSPECT} in tenancy", True),
        ("Allow group Auditors to {BUCKET_READ} in tenancy", False),
        ("Allow group Auditors to read buckets in compartment prod:data", True),
        ("Allow group Auditors to read buckets in compartment prod", True),
        ("Allow group Auditors to read buckets in compartment data", False),
        (
            "Allow group auditors to use buckets in compartment id ocid1.compartment.oc1..data",
            True,
        ),
        ("Allow group Auditors to read buckets in compartment id ocid1.compartment.oc1..x", False),
        ("Admit group Auditors of tenancy x to read buckets in tenancy", False),
        ("Endorse group Auditors to read buckets in any-tenancy", False),
        ("Allow group Auditors to read buckets in tenancy where request.region='iad'", None),
        ("not a statement", None),
    ],
)
def test_one_statement_answers(statement: str, expected: bool | None) -> None:
    """Groups, verbs, families and places each have to fit."""
    assert allowed(statement) is expected


def test_nothing_is_allowed_by_default() -> None:
    """Every right has to be given."""
    assert allowed() is False


def test_names_of_compartments_start_where_the_policy_is_attached() -> None:
    """Or with that compartment itself."""
    prod = WAY[1].id

    assert allowed("Allow group Auditors to read buckets in compartment data", attached=prod)
    assert allowed("Allow group Auditors to read buckets in compartment prod", attached=prod)
    assert (
        allowed("Allow group Auditors to read buckets in compartment data", attached="x") is False
    )


def test_permissions_are_asked_for_one_by_one() -> None:
    """All that are named are needed."""
    statement = "Allow group Auditors to {PAR_MANAGE, BUCKET_READ} in tenancy"

    assert allowed(statement, needs="{PAR_MANAGE}")
    assert allowed(statement, needs="{PAR_MANAGE, BUCKET_READ}")
    assert allowed(statement, needs="{PAR_MANAGE, BUCKET_UPDATE}") is False
    assert allowed("Allow group Auditors to manage buckets in tenancy", needs="{PAR_MANAGE}")
    assert allowed("Allow group Auditors to use buckets in tenancy", needs="{PAR_MANAGE}") is False
    assert allowed("Allow group Auditors to manage streams in tenancy", needs="{NEW_ONE}") is None


def test_a_denial_wins() -> None:
    """And one that may be about the request leaves the answer open."""
    allow = "Allow group Auditors to manage all-resources in tenancy"
    here = "deny group Auditors to inspect buckets in tenancy where target.compartment.id = 'x'"

    assert allowed(allow, here, known={"target.compartment.id": "x"}) is False
    assert allowed(allow, here, known={"target.compartment.id": "y"}) is True
    assert allowed(allow, here) is None
    assert allowed(allow, "deny group Painters to inspect buckets in tenancy") is True
    assert allowed(allow, "deny group Auditors to manage buckets in tenancy") is None


def test_a_statement_that_cannot_be_read_matters_only_if_nothing_else_allows() -> None:
    """It may allow; that it denies is not ruled out by a word that nobody knows."""
    allow = "Allow group Auditors to inspect buckets in tenancy"

    assert allowed(allow, "Allow something odd") is True
