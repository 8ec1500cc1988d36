"""What we claim to know about the code of functions, given what AWS answered."""

import pytest

from auditor.collect.aws.ec2 import REGIONS
from auditor.collect.aws.lambda_functions import FUNCTIONS, LAYERS
from auditor.collect.aws.sts import IDENTITY
from auditor.demo.aws.transport import Rule
from auditor.model import Json, Unknown
from auditor.tables import Artifact, Deployment
from tests.collect.aws.test_lambda_functions import ARN, FUNCTION, answered, functions
from tests.collect.aws.walking import ACCOUNT, HOME, gather

COLLECTORS = (IDENTITY, REGIONS, FUNCTIONS, LAYERS)
HASH = "q83vAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
DIGEST = "sha256:abcdef" + "00" * 29
CONFIGURATION = f"arn:aws:lambda:{HOME}:{ACCOUNT}:code-signing-config:csc-1"
UNSIGNED = Rule(operation="lambda.GetFunctionCodeSigningConfig", answer={"FunctionName": "f"})

pytestmark = pytest.mark.usefixtures("cloud")


def found(*rules: Rule, deny: tuple[str, ...] = (), **function: Json) -> dict[str, Deployment]:
    given = functions(*rules, UNSIGNED, **{"CodeSha256": HASH, **function})
    rows = gather(COLLECTORS, rules=given, deny=deny).rows
    return {row.id: row for row in rows if isinstance(row, Deployment)}


def signing(policy: str) -> list[Rule]:
    configuration: Json = {
        "CodeSigningConfigId": "csc-1",
        "CodeSigningConfigArn": CONFIGURATION,
        "AllowedPublishers": {"SigningProfileVersionArns": []},
        "CodeSigningPolicies": {"UntrustedArtifactOnDeployment": policy},
        "LastModified": "2020",
    }
    return [
        answered(
            "GetFunctionCodeSigningConfig", FunctionName="f", CodeSigningConfigArn=CONFIGURATION
        ),
        answered("GetCodeSigningConfig", CodeSigningConfig=configuration),
    ]


def test_a_function_runs_the_code_with_its_hash() -> None:
    row = found(PackageType="Zip")[ARN]

    assert (row.kind, row.image, row.digest, row.pinned) == ("function", "", DIGEST, True)
    assert row.signed is False


def test_the_image_of_a_function_is_not_named() -> None:
    """Its hash is the image's digest in hexadecimal digits."""
    row = found(PackageType="Image", CodeSha256="ab" * 32)[ARN]

    assert isinstance(row.image, Unknown)
    assert row.digest == "sha256:" + "ab" * 32


@pytest.mark.parametrize(("policy", "signed"), [("Enforce", True), ("Warn", False)])
def test_only_what_is_enforced_signs(policy: str, signed: bool) -> None:
    assert found(*signing(policy))[ARN].signed is signed


@pytest.mark.parametrize("refused", ["GetFunctionCodeSigningConfig", "GetCodeSigningConfig"])
def test_a_refusal_leaves_open_whether_code_is_signed(refused: str) -> None:
    assert isinstance(found(*signing("Enforce"), deny=(refused,))[ARN].signed, Unknown)


def test_each_published_version_runs_its_own_code() -> None:
    version: Json = {**FUNCTION, "Version": "3", "CodeSha256": "cd" * 32}

    rows = found(answered("ListVersionsByFunction", Versions=[version]))

    assert rows[f"{ARN}:3"].digest == "sha256:" + "cd" * 32
    assert rows[ARN].digest == DIGEST


def test_versions_that_are_not_listed_run_something() -> None:
    row = found(deny=("ListVersionsByFunction",))[f"{ARN}:?"]

    assert isinstance(row.digest, Unknown)


def test_a_layer_is_kept_with_a_digest_that_is_not_stated() -> None:
    name = f"arn:aws:lambda:{HOME}:{ACCOUNT}:layer:common"
    rules = [
        answered("ListLayers", Layers=[{"LayerName": "common", "LayerArn": name}]),
        answered(
            "ListLayerVersions", LayerVersions=[{"LayerVersionArn": f"{name}:3", "Version": 3}]
        ),
    ]

    (row,) = [row for row in gather(COLLECTORS, rules=rules).rows if isinstance(row, Artifact)]

    assert (row.id, row.kind) == (f"{name}:3", "package")
    assert isinstance(row.digest, Unknown)
