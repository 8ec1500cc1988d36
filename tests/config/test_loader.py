"""Loading audit.yaml: what it becomes, and every fault with its place."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
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
from tests.config.examples import SMALL, write_config

FULL = """\
agreement: The agreement
company: Example Company
period: {start: 2026-01-01, end: 2026-06-30}
as_of: 2026-07-01T02:00:00+02:00
aws:
  - name: production
    profile: audit
    role_arn: arn:aws:iam::111122223333:role/Auditor
    external_id: first
    organization: {role_name: Reader, external_id: second}
    regions: [us-east-1, us-west-2]
    accounts: ['111122223333', 012345678901, 444455556666]
oci:
  - name: tenancy
    config_file: oci.ini
    tenancy: ocid1.tenancy.oc1..aaa
    regions: [us-ashburn-1]
    compartments: [ocid1.compartment.oc1..bbb]
  - name: instance
    instance_principal: true
parties:
  - name: Oracle
    roles: [trusted provider]
    operators: [Oracle]
    accounts: [ocid1.tenancy.oc1..aaa]
    country: 'NO'
boundary_accounts: [111122223333]
classification:
  - name: users
    data_classes: [us_user_data]
    tags: {team: users}
    names: ['user-*']
  - name: nothing
    data_classes: []
    services: [s3]
roster: roster.csv
waivers: waivers.yaml
statements:
  files: [statements]
  signers:
    - {name: Jane, role: director, employer: Example, certificate: jane.pem, subjects: [review]}
policies:
  - pack: ttp-2020
    parameters: {approved_countries: [US, NO]}
  - folder: mine
signing: {key: key.p12, password_env: PASSWORD, tsa_url: 'https://tsa.example/'}
output: out
"""
WAIVERS = """\
waivers:
  - id: w-1
    control: A-02
    rows: ['*copy*']
    reason: until moved
    approvers: [Jane]
    expires: 2026-12-31
    limit: 3
"""
ROSTER = 'Name,id,employer,country,covered_person\n"Roe, J.",jroe,Example,US,no\nX,x,,,\n\n'


@pytest.fixture(scope="module")
def certificate() -> x509.Certificate:
    """A self-signed certificate."""
    key = Ed25519PrivateKey.generate()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Jane")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=30))
        .sign(key, None)
    )


@pytest.fixture
def folder(tmp_path: Path, certificate: x509.Certificate) -> Path:
    """A folder with every file that FULL names."""
    write_config(tmp_path, FULL)
    (tmp_path / "roster.csv").write_text(ROSTER)
    (tmp_path / "waivers.yaml").write_text(WAIVERS)
    (tmp_path / "statements").mkdir()
    (tmp_path / "statements" / "b.json").write_text("{}")
    (tmp_path / "statements" / "a.json").write_text("{}")
    (tmp_path / "jane.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    (tmp_path / "mine").mkdir()
    (tmp_path / "key.p12").write_bytes(b"")
    return tmp_path


def refused(path: Path) -> list[Fault]:
    """Return the faults that a configuration is refused for."""
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return list(caught.value.faults)


def small(tmp_path: Path, extra: str) -> list[Fault]:
    """Return the faults of the small configuration with some lines added."""
    return refused(write_config(tmp_path, SMALL + extra))


def test_a_full_file_becomes_everything_an_audit_needs(
    folder: Path, certificate: x509.Certificate
) -> None:
    """Each setting arrives where the audit expects it, and paths are absolute."""
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
        ("as_of: 2026-01-01T00:00:00\n", 10, "timezone"),
        ("as_of: yesterday\n", 10, "datetime"),
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


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "column 'id' is missing"),
        ("id,nam,employer,country,covered_person\n", 1, "no column 'nam'"),
        ("id,id,name,employer,country,covered_person\n", 1, "there twice"),
        (ROSTER + "x,x,,,\n", 5, "there twice"),
        (ROSTER + ",,,,\nA,a\n", 6, "2 cells"),
        (ROSTER + "A,a,b,US,maybe\n", 5, "covered_person"),
        (ROSTER + "A,,b,US,no\n", 5, "'id' is empty"),
        (ROSTER + '"A,a\n', 5, "not CSV"),
        ("\0", 1, "NUL"),
    ],
)
def test_a_roster_that_does_not_fit_is_refused(
    folder: Path, text: str, line: int, words: str
) -> None:
    """Every line that cannot be read is named; nobody is left out silently."""
    (folder / "roster.csv").write_text(text)
    found = refused(folder / "audit.yaml")
    assert {fault.line for fault in found} == {line}
    assert any(words in fault.message for fault in found)


def test_a_signer_needs_a_certificate(folder: Path) -> None:
    """A file that holds no certificate is a fault of the setting that names it."""
    (folder / "jane.pem").write_text("nothing")
    (found,) = refused(folder / "audit.yaml")
    assert found.line == 41
    assert "holds no certificate" in found.message


def test_waiver_ids_are_unique(folder: Path) -> None:
    """Two waivers with one id cannot be told apart in the report."""
    (folder / "waivers.yaml").write_text(WAIVERS + WAIVERS.removeprefix("waivers:\n"))
    (found,) = refused(folder / "audit.yaml")
    assert (found.line, found.message) == (9, "'w-1' is used twice")


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
