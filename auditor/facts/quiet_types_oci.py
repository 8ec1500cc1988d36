"""Types of resources of Oracle Cloud that hold no data and move none, each with the reason.

Names are those that Resource Search answers with. Some services are not of one mind about them:
where two spellings are known, both are here.

Sources:
    https://docs.oracle.com/en-us/iaas/Content/Search/Concepts/queryoverview.htm
    https://docs.oracle.com/en-us/iaas/api/#/en/search/20180409/ResourceType/ListResourceTypes
"""

from collections.abc import Mapping

from auditor.facts.quiet_reasons import (
    DEPLOYMENT,
    ENTRY,
    IDENTITY,
    NETWORK,
    PART,
    PLACE,
    SETTINGS,
    WATCH,
)

OCI_QUIET_TYPES: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "ApiGatewayApi",
            "AppCatalogSubscription",
            "AutoScalingConfiguration",
            "ClusterNetwork",
            "DataScienceModelVersionSet",
            "DataScienceProject",
            "DedicatedVmHost",
            "DevOpsProject",
            "DrPlan",
            "EmailDkim",
            "LimitsIncreaseRequest",
            "LogSavedSearch",
            "ManagementAgentInstallKey",
            "OsmhLifecycleEnvironment",
            "OsmhManagedInstanceGroup",
            "OsmhProfile",
            "OsmhScheduledJob",
            "OsmhSoftwareSource",
            "PostgresqlConfiguration",
            "ResourceSchedule",
            "Tag",
            "TagDefault",
            "TagNamespace",
            "UnifiedAgentConfiguration",
            "VolumeBackupPolicy",
            "WaasCertificate",
            "WebAppFirewallPolicy",
        ),
        SETTINGS,
    ),
    **dict.fromkeys(("App", "DynamicResourceGroup", "Group", "IdentityProvider", "User"), ENTRY),
    **dict.fromkeys(
        (
            "CaBundle",
            "Certificate",
            "CertificateAuthority",
            "SecurityAttributeNamespace",
            "ZprPolicy",
        ),
        IDENTITY,
    ),
    **dict.fromkeys(
        (
            "ByoipRange",
            "Byoiprange",
            "CrossConnect",
            "CrossConnectGroup",
            "DHCPOptions",
            "DataSafePrivateEndpoint",
            "DatabaseToolsPrivateEndpoint",
            "DhcpOptions",
            "DnsResolver",
            "DnsView",
            "Drg",
            "DrgRouteDistribution",
            "DrgRouteTable",
            "Ipv6",
            "MountTarget",
            "NetworkSecurityGroup",
            "OrmPrivateEndpoint",
            "PrivateIp",
            "PublicIp",
            "PublicIpPool",
            "RecoveryServiceSubnet",
            "RouteTable",
            "SecurityList",
            "Subnet",
            "Vcn",
            "Vlan",
            "Vnic",
        ),
        NETWORK,
    ),
    **dict.fromkeys(
        (
            "Alarm",
            "Budget",
            "CloudGuardDetectorRecipe",
            "CloudGuardManagedList",
            "CloudGuardResponderRecipe",
            "CloudGuardSavedQuery",
            "CloudGuardTarget",
            "ConsoleDashboard",
            "ConsoleDashboardGroup",
            "DataSafeAuditPolicy",
            "DataSafeAuditProfile",
            "DataSafeReportDefinition",
            "DataSafeSecurityAssessment",
            "ManagementAgent",
            "PathAnalyzerTest",
            "VssHostScanRecipe",
            "VssHostScanTarget",
        ),
        WATCH,
    ),
    **dict.fromkeys(
        (
            "DevOpsBuildPipeline",
            "DevOpsBuildPipelineStage",
            "DevOpsBuildRun",
            "DevOpsDeployArtifact",
            "DevOpsDeployPipeline",
            "DevOpsTrigger",
            "Famsplatformconfiguration",
            "InstanceConfiguration",
            "InstancePool",
            "OrmConfigSourceProvider",
            "OrmJob",
            "OrmTemplate",
        ),
        DEPLOYMENT,
    ),
    # A backup of a group of volumes is a backup of each of them.
    **dict.fromkeys(("DbHome", "DbNode", "VolumeGroupBackup"), PART),
    "Compartment": PLACE,
}
