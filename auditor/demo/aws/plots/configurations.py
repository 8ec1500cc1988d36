"""Configurations that AppConfig has deployed: as they were approved, and as nobody approved them.

The controls that must notice are named beside what was built.
"""

from auditor.demo.aws.answers import answered
from auditor.demo.aws.plots import Plot
from auditor.demo.aws.transport import Rule
from auditor.demo.served import served_text

_VERSIONS = {"flags": 3, "experiments": 5}
_LONG_AGO = "2026-01-01T00:00:00Z"


def _deployed() -> tuple[Rule, ...]:
    """Return an application whose one environment was given a version of each configuration."""
    deployments = [
        {
            "DeploymentNumber": number,
            "ConfigurationName": name,
            "ConfigurationProfileId": name,
            "ConfigurationVersion": str(version),
            "State": "COMPLETE",
            "CompletedAt": _LONG_AGO,
        }
        for number, (name, version) in enumerate(_VERSIONS.items(), start=1)
    ]
    profiles = [{"Id": name, "Name": name, "LocationUri": "hosted"} for name in _VERSIONS]
    environment = {"ApplicationId": "player", "Id": "live", "State": "READY_FOR_DEPLOYMENT"}
    return (
        answered("appconfig.ListApplications", {"Items": [{"Id": "player", "Name": "player"}]}),
        answered("appconfig.ListEnvironments", {"Items": [environment]}),
        answered("appconfig.ListDeployments", {"Items": deployments}),
        answered("appconfig.ListConfigurationProfiles", {"Items": profiles}),
        *(
            answered(
                "appconfig.GetHostedConfigurationVersion",
                {
                    "ConfigurationProfileId": name,
                    "VersionNumber": version,
                    "Content": served_text(name).encode(),
                },
                words=f"/{name}/hostedconfigurationversions/{version}",
            )
            for name, version in _VERSIONS.items()
        ),
    )


PLOT = Plot(rules=_deployed())
