"""explain BUNDLE PRINCIPAL STORE: the answer, and the statements behind it with their places."""

from pathlib import Path

import pytest

from auditor.cli.main import main
from auditor.tables import (
    Coverage,
)
from tests.cli.bundles import write_reasoned
from tests.cli.reaching import (
    AWS,
    BEN,
    CODE,
    EVE,
    GUARD,
    JO,
    JOBS,
    KIM,
    NOT_OURS,
    OCI,
    OPS,
    PAT,
    PERSON,
    PUBLIC,
    RAY,
    SAM,
    TEAM,
    TWIN,
    Explained,
)
from tests.facts import granting
from tests.facts.test_aws_access import (
    ANN,
    APP,
    DATA,
    ESTATE,
    FAR,
    KEY,
    LOGS,
    ONE,
    own,
)


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A bundle with an account of AWS and a tenancy of Oracle Cloud."""
    return str(write_reasoned(tmp_path_factory.mktemp("access") / "audit-1", [*AWS, *OCI]))


@pytest.fixture
def explained(bundle: str, capsys: pytest.CaptureFixture[str]) -> Explained:
    """What asks the bundle."""
    return Explained(bundle, capsys)


def test_a_condition_is_shown_as_it_was_written(explained: Explained) -> None:
    """One line tells the answer, and the statement says the rest."""
    lines = explained.text("ann", "public").splitlines()
    assert "read        only if IpAddress aws:SourceIp 203.0.113.0/24" in lines
    assert "administer  no" in lines
    said = [line.strip() for line in lines]
    assert "1. service control policy: allow, applies" in said
    assert "2. identity policy: allow, applies as the request decides" in said
    assert f"place: {GUARD}, statement 1, E-000041" in said
    assert f"place: {ANN}#inline, statement 1, no evidence record" in said


def test_denials_come_first_with_their_evidence(explained: Explained) -> None:
    """The order is that in which AWS weighs them."""
    answers = explained.answers(APP, "data")
    (first, *rest) = answers["read"]["manners"][0]["links"][0]["weighed"]
    assert (first["stage"], first["effect"], first["evidence"]) == ("resource policy", "deny", [7])
    assert first["written"]["Condition"] == NOT_OURS
    applied = [each["stage"] for each in rest if each["applies"]["verdict"] == "yes"]
    assert applied == ["service control policy", "identity policy"]
    assert "read        yes, unless StringNotEquals aws:SourceVpce vpce-1" in explained.text(
        APP, DATA
    )


def test_a_policy_of_the_organisation_takes_away(explained: Explained) -> None:
    """Deleting a bucket is refused to its account's root user; --all shows it."""
    root = f"arn:aws:iam::{ONE}:root"
    shown = explained.text(root, PUBLIC, "--all")
    assert "says: Effect Deny; Action s3:DeleteBucket*; Resource *" in shown
    assert f"place: {GUARD}, statement 2, E-000041" in shown
    assert explained.verdicts(root, PUBLIC)["administer"] == "yes"


def test_a_rule_of_the_provider_is_shown_like_a_statement(explained: Explained) -> None:
    """What a boundary does not allow is refused, and the same is not printed twice."""
    shown = explained.text(TWIN, PUBLIC)
    assert "why: the permissions boundary does not allow s3:getobject" in shown
    assert "write: no; the same statements as for read" in shown
    assert set(explained.verdicts(TWIN, PUBLIC).values()) == {"no"}


def test_what_was_refused_to_the_audit_leaves_it_untold(explained: Explained) -> None:
    """Nobody is told that a bucket is closed whose policy was not read."""
    shown = explained.text("ann", "logs")
    assert "GetBucketPolicy was denied" in shown
    assert set(explained.verdicts("ann", "logs").values()) == {"unknown"}


def test_a_path_is_explained_step_by_step(explained: Explained) -> None:
    """Ben acts as a role that trusts him: its statement, his own, then the role's."""
    shown = explained.text("ben", "public")
    assert f"read        yes, on a path: acts as {APP}" in shown
    answer = explained.answers("ben", "public")["read"]["manners"][0]
    assert [each["by"] for each in answer["links"]] == [BEN, APP]
    first, last = answer["links"]
    assert {each["policy"] for each in first["weighed"]} >= {f"{APP}#policy", f"{BEN}#inline"}
    assert last["action"] == "s3:getobject"


def test_a_role_is_handed_to_code(explained: Explained) -> None:
    """Passing it, starting the code, and the service that the role trusts are all shown."""
    answer = explained.answers("ben", "data")["decrypt"]["manners"][0]
    assert answer["told"]["verdict"] == "yes"
    (step, _) = answer["links"]
    assert step["says"] == f"hands {JOBS} to what it starts at lambda.amazonaws.com"
    assert step["told"]["verdict"] == "yes"
    assert f"{JOBS}#policy" in {each["policy"] for each in step["weighed"]}


@pytest.mark.parametrize(
    ("who", "action", "says"),
    [
        (SAM, "iam:putuserpolicy", f"gives {SAM} any right"),
        (RAY, "iam:updateassumerolepolicy", f"changes who may act as {APP}, and acts as it"),
        (KIM, "iam:createaccesskey", f"makes itself credentials of {BEN}"),
        (PAT, "iam:addusertogroup", f"puts itself into {TEAM}"),
    ],
)
def test_who_changes_identities_is_explained_by_that(
    explained: Explained, who: str, action: str, says: str
) -> None:
    """The first step is allowed by the statement that lets somebody change another's rights."""
    answer = explained.answers(who, "public")["read"]["manners"][0]
    assert answer["told"]["verdict"] == "yes"
    step = answer["links"][0]
    assert (step["by"], step["action"], step["says"]) == (who, action, says)
    assert step["told"]["verdict"] == "yes"
    assert f"{who}#inline" in {each["policy"] for each in step["weighed"]}


def test_code_that_runs_with_a_role_is_changed(explained: Explained) -> None:
    """No role is passed: the statement that lets somebody change the code is shown."""
    answer = explained.answers(PAT, "data")["decrypt"]["manners"][0]
    step = answer["links"][0]
    assert step["says"] == f"changes the code of {CODE}, which acts as {JOBS}"
    assert (step["action"], step["told"]["verdict"]) == ("lambda:updatefunctioncode", "yes")
    assert answer["told"]["verdict"] == "yes"


def test_a_person_acts_as_a_role_that_was_assigned(explained: Explained) -> None:
    """The directory's assignment is the evidence, and a person alone asks for nothing."""
    shown = explained.text(PERSON, "public")
    assert f"read        yes, on a path: acts as {APP}" in shown
    assert f"place: {APP}, E-000009" in shown
    assert "Note: a person asks for nothing by itself" in shown


def test_who_changes_the_key_decrypts(explained: Explained) -> None:
    """It takes no action on the data at all."""
    answer = explained.answers(EVE, "data")["decrypt"]["manners"][0]
    assert answer["told"]["verdict"] == "yes"
    assert answer["links"][-1]["action"] == "kms:putkeypolicy"
    assert answer["links"][-1]["says"] == f"changes who may use the key {KEY}"


def test_what_is_handed_out_needs_no_policy(explained: Explained) -> None:
    """A share names the other account."""
    shown = explained.text(FAR, "public")
    assert "read        yes" in shown
    assert f"why: it is handed out to {FAR}: share" in shown
    assert explained.verdicts("anybody", "public")["read"] == "no"
    assert explained.verdicts("service:ec2.amazonaws.com", "public")["read"] == "no"


def test_hostile_names_are_shown_harmlessly(explained: Explained) -> None:
    """Neither a user nor a statement can act on the terminal."""
    shown = explained.text(EVE, "public", "--all")
    assert "why: it is about other actions" in shown
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "users\u2039U+202E\u203agpj" in shown


def test_a_group_gives_to_its_members(explained: Explained) -> None:
    """Oracle Cloud: the statement, where it stands, and the group that it is through."""
    shown = explained.text("jo", granting.BUCKET)
    assert "read        yes, on a path: is in group Readers" in shown
    assert "says: Allow group Readers to read objects in compartment prod:data" in shown
    assert "place: policy-of-ours, statement 3, no evidence record" in shown
    assert explained.verdicts("may", granting.BUCKET)["read"] == "no"


def test_a_denial_is_shown_before_what_it_takes_away(explained: Explained) -> None:
    """Jo is denied what everybody is given in one region."""
    weighed = explained.answers("jo", granting.VOLUME)["write"]["manners"][0]["links"][-1][
        "weighed"
    ]
    assert [each["effect"] for each in weighed[:2]] == ["deny", "allow"]
    assert explained.verdicts("jo", granting.VOLUME)["write"] == "no"
    assert "write       only as the request decides, by request.region" in explained.text(
        "may", granting.VOLUME
    )


def test_a_statement_over_nobody_knows_what_leaves_it_untold(explained: Explained) -> None:
    """A compartment of that name may be the bucket's."""
    assert explained.verdicts("jo", granting.LOG)["administer"] == "unknown"
    assert explained.verdicts("may", granting.LOG)["administer"] == "no"


def test_a_principal_of_the_other_cloud_has_nothing(explained: Explained) -> None:
    """Policies of one cloud do not speak of principals of the other."""
    for who, store in ((ANN, granting.BUCKET), (JO, PUBLIC)):
        assert set(explained.verdicts(who, store).values()) <= {"no"}
        assert f"{who} is none" in explained.text(who, store)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["ops", "public"], f"help: name one by its id: {OPS}, {TWIN}"),
        (["annn", "public"], "help: did you mean 'ann'?"),
        (["ann", "publik"], "help: did you mean 'public'?"),
        (["ann", "quite another thing"], "help: 'auditor query' shows the table 'stores'"),
        (["ann"], "error: the results hold no control 'ann'"),
    ],
)
def test_names_that_lead_nowhere_get_a_hint(
    explained: Explained, names: list[str], said: str
) -> None:
    """One name of two, of nobody, or of no control."""
    assert said in explained.text(*names, code=2)


def test_controls_are_explained_as_before(explained: Explained) -> None:
    """A control's id goes first."""
    assert "FAIL:" in explained.text("A-02")
    assert "store-2" in explained.text("A-02", "store-2")


def test_explanations_are_what_grants_say(
    bundle: str, explained: Explained, capsys: pytest.CaptureFixture[str]
) -> None:
    """For every principal and store: one reasoning, told twice.

    What a policy that nobody could read may give is told of 'anybody' there, of everybody here.
    """
    sql = """
        SELECT principal_id, store.id, access, max(CASE WHEN given IS NULL OR agreed IS NULL
            THEN 2 WHEN conditional THEN 1 ELSE 3 END)
        FROM grants JOIN extents USING (extent_id)
        JOIN stores AS store ON store.id BETWEEN first_store AND last_store
        GROUP BY ALL"""
    assert main(["query", bundle, sql, "--csv"]) == 0
    rows = [line.split(",") for line in capsys.readouterr().out.splitlines()[1:]]
    words = {"1": "conditional", "2": "unknown", "3": "yes"}
    granted = {(who, store, access): words[how] for who, store, access, how in rows}
    for who in (ANN, BEN, APP, JOBS, PERSON, FAR, "anybody"):
        for store in (DATA, LOGS, PUBLIC):
            for access, verdict in explained.verdicts(who, store).items():
                told = granted.get((who, store, access)) or granted.get(("anybody", store, access))
                assert verdict == (told or "no"), (who, store, access)


def test_policies_that_nobody_saw_are_no_innocence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where policies of the account could not be listed, 'no' cannot be said."""
    gap = Coverage(
        id="here/iam",
        provider="aws",
        collector="",
        service="iam",
        account=ONE,
        region="",
        compartment="",
        outcome="denied",
        open=True,
        complete=False,
        reason="GetAccountAuthorizationDetails was denied",
        permission="",
        items=0,
        answers=0,
        refusals=1,
        tables=("attachments",),
    )
    rows = [*ESTATE, own(DATA, ""), own(LOGS, ""), gap]
    explained = Explained(str(write_reasoned(tmp_path / "audit-1", rows)), capsys)
    assert explained.verdicts("ann", "logs")["read"] == "unknown"
    assert "GetAccountAuthorizationDetails was denied" in explained.text("ann", "logs")
