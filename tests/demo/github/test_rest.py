"""REST answers held to GitHub's OpenAPI description, as models that githubkit makes of it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from auditor.demo.github.estate import LOGIN
from auditor.demo.github.nouns import Organization
from auditor.demo.github.server import Server, serving
from auditor.demo.github.simulator import ROUTES, Simulator
from tests.demo.github.conftest import client

VERSION = "ghec-2022-11-28"  # Enterprise Cloud, which alone has the audit log
ANDROID, IOS, TOOLS = "app-android", "app-ios", "build-tools"
CONFIG = "remote-config"
_DIGEST = "sha256:" + "0" * 64

ASKED: dict[str, Callable[[Any], Any]] = {
    "/orgs/{org}": lambda rest: rest.orgs.get(LOGIN),
    "/orgs/{org}/repos": lambda rest: rest.repos.list_for_org(LOGIN),
    "/orgs/{org}/members": lambda rest: rest.orgs.list_members(LOGIN),
    "/orgs/{org}/teams": lambda rest: rest.teams.list(LOGIN),
    "/orgs/{org}/outside_collaborators": lambda rest: rest.orgs.list_outside_collaborators(LOGIN),
    "/orgs/{org}/audit-log": lambda rest: rest.orgs.get_audit_log(LOGIN, include="all"),
    "/orgs/{org}/rulesets/rule-suites": lambda rest: rest.repos.get_org_rule_suites(
        LOGIN, time_period="month"
    ),
    "/orgs/{org}/actions/permissions": lambda rest: (
        rest.actions.get_github_actions_permissions_organization(LOGIN)
    ),
    "/orgs/{org}/actions/permissions/selected-actions": lambda rest: (
        rest.actions.get_allowed_actions_organization(LOGIN)
    ),
    "/orgs/{org}/actions/permissions/workflow": lambda rest: (
        rest.actions.get_github_actions_default_workflow_permissions_organization(LOGIN)
    ),
    "/orgs/{org}/actions/runners": lambda rest: rest.actions.list_self_hosted_runners_for_org(
        LOGIN
    ),
    "/orgs/{org}/actions/runner-groups": lambda rest: (
        rest.actions.list_self_hosted_runner_groups_for_org(LOGIN)
    ),
    "/orgs/{org}/personal-access-tokens": lambda rest: rest.orgs.list_pat_grants(LOGIN),
    "/orgs/{org}/personal-access-tokens/{pat_id}/repositories": lambda rest: (
        rest.orgs.list_pat_grant_repositories(LOGIN, 41)
    ),
    "/orgs/{org}/installations": lambda rest: rest.orgs.list_app_installations(LOGIN),
    "/orgs/{org}/code-scanning/alerts": lambda rest: rest.code_scanning.list_alerts_for_org(LOGIN),
    "/orgs/{org}/secret-scanning/alerts": lambda rest: rest.secret_scanning.list_alerts_for_org(
        LOGIN
    ),
    "/orgs/{org}/dependabot/alerts": lambda rest: rest.dependabot.list_alerts_for_org(LOGIN),
    "/orgs/{org}/rulesets": lambda rest: rest.repos.get_org_rulesets(LOGIN),
    "/orgs/{org}/rulesets/{ruleset_id}/history": lambda rest: rest.orgs.get_org_ruleset_history(
        LOGIN, 4002
    ),
    "/orgs/{org}/rulesets/{ruleset_id}/history/{version_id}": lambda rest: (
        rest.orgs.get_org_ruleset_version(LOGIN, 4002, 1)
    ),
    "/orgs/{org}/actions/permissions/self-hosted-runners": lambda rest: (
        rest.actions.get_self_hosted_runners_permissions_organization(LOGIN)
    ),
    "/orgs/{org}/actions/permissions/self-hosted-runners/repositories": lambda rest: (
        rest.actions.list_selected_repositories_self_hosted_runners_organization(LOGIN)
    ),
    "/orgs/{org}/code-security/configurations": lambda rest: (
        rest.code_security.get_configurations_for_org(LOGIN)
    ),
    "/orgs/{org}/code-security/configurations/{configuration_id}/repositories": lambda rest: (
        rest.code_security.get_repositories_for_configuration(LOGIN, 17)
    ),
    "/user/{account_id}": lambda rest: rest.users.get_by_id(5000101),
    "/repos/{owner}/{repo}/rulesets/{ruleset_id}/history": lambda rest: (
        rest.repos.get_repo_ruleset_history(LOGIN, CONFIG, 4005)
    ),
    "/repos/{owner}/{repo}/rulesets/{ruleset_id}/history/{version_id}": lambda rest: (
        rest.repos.get_repo_ruleset_version(LOGIN, CONFIG, 4005, 1)
    ),
    "/repos/{owner}/{repo}/releases": lambda rest: rest.repos.list_releases(LOGIN, ANDROID),
    "/repos/{owner}/{repo}/attestations/{subject_digest}": lambda rest: (
        rest.repos.list_attestations(LOGIN, ANDROID, _DIGEST)
    ),
    "/repos/{owner}/{repo}/activity": lambda rest: rest.repos.list_activities(LOGIN, IOS),
    "/repos/{owner}/{repo}/keys": lambda rest: rest.repos.list_deploy_keys(LOGIN, TOOLS),
    "/repos/{owner}/{repo}/actions/permissions": lambda rest: (
        rest.actions.get_github_actions_permissions_repository(LOGIN, TOOLS)
    ),
    "/repos/{owner}/{repo}/actions/permissions/workflow": lambda rest: (
        rest.actions.get_github_actions_default_workflow_permissions_repository(LOGIN, TOOLS)
    ),
    "/repos/{owner}/{repo}/actions/runners": lambda rest: (
        rest.actions.list_self_hosted_runners_for_repo(LOGIN, IOS)
    ),
    "/repos/{owner}/{repo}/environments": lambda rest: rest.repos.get_all_environments(
        LOGIN, ANDROID
    ),
    "/repos/{owner}/{repo}/code-scanning/default-setup": lambda rest: (
        rest.code_scanning.get_default_setup(LOGIN, IOS)
    ),
}


@pytest.fixture(scope="module")
def running(organization: Organization) -> Iterator[Server]:
    """One server for all: nothing goes wrong here."""
    with serving(Simulator(organization)) as server:
        yield server


def test_every_route_is_held_to_the_description() -> None:
    """A route that nobody asks for here could answer anything."""
    assert {route.path for route in ROUTES} == ASKED.keys()


@pytest.mark.parametrize("path", sorted(ASKED))
def test_an_answer_has_the_shape_that_github_describes(running: Server, path: str) -> None:
    """The generated model of the route takes it, and finds something in it."""
    github = client(running)
    answer = ASKED[path](github.rest(VERSION))

    assert answer.status_code == 200
    assert answer.parsed_data is not None
    assert answer.json() not in ([], {})
