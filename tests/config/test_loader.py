"""Loading audit.yaml: what it becomes, and every fault with its place."""

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.config.configuration import Configuration, new_audit
from auditor.config.loader import load_config
from auditor.errors import ConfigError, Fault
from auditor.model import (
    ClassificationRule,
    PackChoice,
    Party,
    Person,
    Signer,
    Target,
    Waiver,
)
from tests.config.examples import FULL, ROSTER, SMALL, WAIVERS, refused, write_config


def small(tmp_path: Path, extra: str) -> list[Fault]:
    """Return the faults of the small configuration with some lines added."""
    return refused(write_config(tmp_path, SMALL + extra))


def test_targets_carry_their_options_and_axes(folder: Path) -> None:
    """Each way in arrives as the doors expect it."""
    found = load_config(folder / "audit.yaml")
    assert found.targets == (
        Target(
            name="production",
            provider="aws",
            options={
                "profile": "audit",
                "role_arn": "arn:aws:iam::111122223333:role/Auditor",
                "external_id": "first",
                "organization_role": "Reader",
                "organization_external_id": "second",
                "bill": "asked",
            },
            axes={
                "account": ("111122223333", "012345678901", "444455556666"),
                "region": ("us-east-1", "us-west-2"),
            },
        ),
        Target(
            name="tenancy",
            provider="oci",
            options={"config_file": str(folder / "oci.ini"), "tenancy": "ocid1.tenancy.oc1..aaa"},
            axes={"region": ("us-ashburn-1",), "compartment": ("ocid1.compartment.oc1..bbb",)},
        ),
        Target(name="instance", provider="oci", options={"auth": "instance_principal"}),
    )


def test_parties_rules_people_and_waivers_arrive(folder: Path) -> None:
    """What decides the verdicts besides evidence, in the order of the files."""
    found = load_config(folder / "audit.yaml")
    assert found.parties == (
        Party(
            name="Oracle",
            roles=("trusted provider",),
            operators=("Oracle",),
            accounts=("ocid1.tenancy.oc1..aaa",),
            country="NO",
        ),
    )
    assert found.boundary_accounts == ("111122223333",)
    assert found.classification == (
        ClassificationRule(
            name="users", data_classes=("us_user_data",), tags={"team": "users"}, names=("user-*",)
        ),
        ClassificationRule(name="nothing", data_classes=(), services=("s3",)),
    )
    assert found.roster == (
        Person(id="jroe", name="Roe, J.", employer="Example", country="US", covered_person=False),
        Person(id="x", name="X", employer="", country="", covered_person=None),
    )
    assert found.waivers == (
        Waiver(
            id="w-1",
            control="A-02",
            rows=("*copy*",),
            reason="until moved",
            approvers=("Jane",),
            expires="2026-12-31",
            limit=3,
        ),
    )


def test_signers_packs_and_files_arrive(folder: Path, certificate: x509.Certificate) -> None:
    """Signers are known by their certificate; paths are absolute."""
    found = load_config(folder / "audit.yaml")
    assert found.signers == (
        Signer(
            name="Jane",
            role="director",
            employer="Example",
            fingerprint=certificate.fingerprint(SHA256()).hex(),
            subjects=("review",),
        ),
    )
    assert [path.name for path in found.statements] == ["a.json", "b.json"]
    assert found.packs == (
        PackChoice(name="ttp-2020", parameters={"approved_countries": ["US", "NO"]}),
        PackChoice(name="mine"),
    )
    assert found.pack_folders == {"mine": (folder / "mine").resolve()}
    assert found.signing.key == folder / "key.p12"
    assert found.signing.password_variable == "PASSWORD"
    assert found.output == folder / "out"
    assert found.as_of == "2026-07-01T00:00:00Z"


def test_the_audit_takes_its_moment_from_the_file_or_from_the_start(folder: Path) -> None:
    """The clock is only asked when the file does not fix a moment."""
    fixed = load_config(folder / "audit.yaml")
    free = load_config(write_config(folder))
    moments = [
        new_audit(
            configuration, as_of="2026-09-09T00:00:00Z", tool_version="1", id="a", transport=("x",)
        ).as_of
        for configuration in (fixed, free)
    ]
    assert moments == ["2026-07-01T00:00:00Z", "2026-09-09T00:00:00Z"]


def test_faults_of_all_files_come_at_once(folder: Path) -> None:
    """One run shows what to mend in the audit, the roster and the waivers."""
    text = FULL.replace("company:", "compny:").replace("[trusted provider]", "[trustd provider]")
    path = write_config(folder, text)
    (folder / "roster.csv").write_text(ROSTER.replace(",US,", ",USA,"))
    (folder / "waivers.yaml").write_text(WAIVERS.replace("limit: 3", "limit: 0"))
    found = {(Path(f.path).name, f.line): f for f in refused(path)}
    assert set(found) == {
        ("audit.yaml", 1),
        ("audit.yaml", 2),
        ("audit.yaml", 23),
        ("roster.csv", 2),
        ("waivers.yaml", 8),
    }
    assert found["audit.yaml", 1].message == "'company' is missing"
    assert found["audit.yaml", 2].hint == "did you mean 'company'?"
    assert found["audit.yaml", 23].hint == "did you mean 'trusted provider'?"


@pytest.mark.parametrize(
    ("extra", "line", "words"),
    [
        ("roster: none.csv\n", 10, "no file 'none.csv'"),
        ('roster: "a\\0b"\n', 10, "no file"),
        ("output: ~nobody-here/x\nroster: ~nobody-here/x\n", 11, "no file"),
        ("statements: {files: [none]}\n", 10, "no file 'none'"),
        ("statements: {files: [audit.yaml, ./audit.yaml]}\n", 10, "two statements"),
        ("boundary_accounts: [12]\n", 10, "twelve digits"),
        ("oci:\n  - name: production\n", 11, "used twice"),
        ("oci:\n  - {name: a, instance_principal: true, profile: b}\n", 11, "keep one"),
        ("oci:\n  - {name: a, regions: [Frankfurt]}\n", 11, "region such as"),
        ("parties:\n  - {name: a, roles: [company], country: UK}\n", 11, "is GB"),
        ("parties:\n  - {name: a, roles: []}\n", 11, "at least 1 entry"),
        ("classification:\n  - {name: a, data_classes: [x]}\n", 11, "matches every store"),
        ("as_of: 2026-01-01T00:00:00\n", 10, "a moment with a time zone"),
        ("as_of: yesterday\n", 10, "a moment with a time zone"),
    ],
)
def test_a_wrong_setting_is_named_where_it_stands(
    tmp_path: Path, extra: str, line: int, words: str
) -> None:
    """The line is the setting's, the words say what is wrong with it."""
    (found,) = small(tmp_path, extra)
    assert found.line == line
    assert words in found.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("{ephemeral: true}", "{}", "either a key"),
        ("{ephemeral: true}", "{ephemeral: true, password_env: X}", "no certificates"),
        ("{ephemeral: true}", "{key: none.pem}", "no file"),
        ("{ephemeral: true}", "{ephemeral: true, tsa_url: 'https://u:p@x/'}", "address"),
        ("end: 2026-06-30", "end: 2025-06-30", "ends before"),
        ("end: 2026-06-30", "end: June", "must be a day"),
        ("pack: ttp-2020", "folder: none", "no folder"),
        ("pack: ttp-2020", "pack: ttp-2021", "no built-in pack"),
        ("pack: ttp-2020", "parameters: {}", "either a pack or a folder"),
        ("profile: audit", "external_id: x", "without role_arn"),
        ("aws:\n  - name: production\n    profile: audit\n", "", "nothing is audited"),
    ],
)
def test_settings_that_contradict_are_refused(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    """What cannot be meant is said, not guessed."""
    (found,) = refused(write_config(tmp_path, SMALL.replace(old, new)))
    assert words in found.message


def test_a_signer_needs_a_certificate(folder: Path) -> None:
    """A file that holds no certificate is a fault of the setting that names it."""
    (folder / "jane.pem").write_text("nothing")
    (found,) = refused(folder / "audit.yaml")
    assert found.line == 41
    assert "holds no certificate" in found.message


@given(st.lists(st.sampled_from(FULL.splitlines()), max_size=25), st.text(max_size=5))
@settings(deadline=None, max_examples=60)
def test_any_file_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], noise: str
) -> None:
    """Whatever lines a file is made of, a user sees faults and no traceback."""
    path = tmp_path_factory.getbasetemp() / "mixed.yaml"
    path.write_bytes("\n".join([*lines, noise]).encode())
    try:
        assert isinstance(load_config(path), Configuration)
    except ConfigError as error:
        assert error.faults  # noqa: PT017  # either end is right; there is no third


def test_half_of_every_limit_is_left_to_others_unless_the_user_says_more(tmp_path: Path) -> None:
    """The default must not slow down what else runs in the accounts."""
    usual = load_config(write_config(tmp_path, SMALL))
    slower = load_config(write_config(tmp_path, SMALL + "limits: {share: 0.1}\n"))

    assert (usual.share, slower.share) == (0.5, 0.1)
    assert len(small(tmp_path, "limits: {share: 0}\n")) == 1
    assert len(small(tmp_path, "limits: {share: 1.5}\n")) == 1
