"""Whether a signature holds, whatever the registry and the vault answer."""

import base64
import json

from hypothesis import given
from hypothesis import strategies as st

from auditor.collect.oci.image_signatures import SIGNATURES, is_signed, vault_address
from auditor.demo.oci.credentials import private_key
from auditor.model import Answer, Json, Outcome, Unknown
from auditor.spec import Found
from tests.collect.oci.test_artifacts_images import in_pem

DIGEST = "sha256:" + "ab" * 32
MESSAGE = base64.b64encode(json.dumps({"imageDigest": DIGEST}).encode()).decode()
KEY = "ocid1.key.oc1.iad.builds.aaaaaaaa"
ANY: st.SearchStrategy[Json] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


def found(key: Json = None, **signature: Json) -> Found:
    """Return an image with one signature on it."""
    told = {"imageId": "i", "message": MESSAGE, "kmsKeyVersionId": "v", **signature}
    bodies: dict[str, Json] = {"signatures": {"items": [told]}, "key": key}
    return Found(
        place={"region": "us-ashburn-1"},
        item={"id": "i", "digest": DIGEST},
        answers={
            name: (Answer(outcome=Outcome.OK, body=body, at=""),) for name, body in bodies.items()
        },
        records=dict.fromkeys(bodies, (0,)),
        details={each.name: each for each in SIGNATURES},
    )


@given(message=ANY, signature=ANY, algorithm=ANY, public=ANY, state=ANY)
def test_nothing_odd_holds(
    message: Json, signature: Json, algorithm: Json, public: Json, state: Json
) -> None:
    """Nor breaks anything."""
    key = {"publicKey": public, "lifecycleState": state}
    told = {"signature": signature, "signingAlgorithm": algorithm}

    assert is_signed(found(key, message=message, **told)) is not True
    assert is_signed(found(key, **told)) is not True
    assert is_signed(found(public)) is not True


def test_an_algorithm_that_came_later_is_not_judged() -> None:
    """What it means is for a later version to say."""
    key: Json = {"publicKey": in_pem(private_key().public_key()), "lifecycleState": "ENABLED"}
    verdict = is_signed(found(key, signature="AAAA", signingAlgorithm="ML_DSA_87"))

    assert isinstance(verdict, Unknown)
    assert "ML_DSA_87" in verdict.reason


def test_the_address_of_a_vault_is_made_of_its_keys_id() -> None:
    """As Oracle's command line makes it; nothing else is an address."""
    here = found(kmsKeyId=KEY)
    odd = ("ocid1.key.oc1.iad.evil.example/.x", "ocid1.key.oc1..builds.x", "", 5, None)

    assert vault_address(here) == "https://builds-management.kms.us-ashburn-1.oraclecloud.com"
    assert [vault_address(found(kmsKeyId=each)) for each in odd] == [""] * len(odd)


@given(ANY)
def test_no_id_leads_elsewhere(key: Json) -> None:
    """An answer cannot send a signed request to a stranger."""
    address = vault_address(found(kmsKeyId=key))

    assert address == "" or address.endswith(".oraclecloud.com")
