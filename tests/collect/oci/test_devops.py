"""Repositories of code, and connections to others."""

from auditor.model import Unknown
from auditor.tables import Flow, Store
from tests.collect.oci.simulated import collected
from tests.collect.oci.things import named, thing


def test_code_is_kept_here_and_fetched_from_elsewhere() -> None:
    """Where the host of a connection is, nobody states."""
    project = "ocid1.devopsproject.oc1.iad.p"
    repository = named("devopsrepository", "app", project_id=project, repository_type="HOSTED")
    connection = thing(
        "devopsconnection",
        "github",
        project_id=project,
        connection_type="GITHUB_ACCESS_TOKEN",
        access_token="ocid1.vaultsecret.oc1.iad.t",
    )
    found = collected(
        {
            "us-ashburn-1": {
                "devops": {
                    "Repository": [repository],
                    "GithubAccessTokenConnection": [connection],
                }
            }
        },
        kinds="oci.devops",
    )
    (flow,) = found.of(Flow)

    assert found.row(Store, "app").kind == "repository"
    assert isinstance(flow.target_account, Unknown)
    assert "GITHUB_ACCESS_TOKEN" in flow.target_account.reason
