"""Which resources Oracle's search index knows, and what it calls their types.

A type that is not here exists all the same and is not found: replicas, pre-authenticated requests,
backups of DB systems and everything that is part of something else.

Sources: the resource types that ``oci search resource-type list`` prints in a commercial region,
and the entity types of https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/
BulkActionResourceTypeCollection, which are spelled alike.
"""

from collections.abc import Mapping
from types import MappingProxyType

# Service module of the SDK -> models; 'Model=Name' where the index has another name for it.
_TYPES: Mapping[str, str] = {
    "analytics": "AnalyticsInstance",
    "apigateway": "Gateway=ApiGateway Deployment=ApiDeployment",
    "artifacts": "ContainerRepository=ContainerRepo ContainerImage",
    "bastion": "Bastion",
    "blockchain": "BlockchainPlatform",
    "budget": "Budget",
    "certificates_management": "Certificate CertificateAuthority CaBundle",
    "cloud_guard": "Target=CloudGuardTarget",
    "container_engine": "Cluster=ClustersCluster NodePool",
    "container_instances": "ContainerInstance",
    "core": (
        "Volume BootVolume VolumeBackup BootVolumeBackup VolumeGroup VolumeGroupBackup "
        "VolumeBackupPolicy Image Instance InstanceConfiguration InstancePool DedicatedVmHost "
        "ConsoleHistory Vcn Subnet Drg DrgAttachment RemotePeeringConnection LocalPeeringGateway "
        "InternetGateway NatGateway ServiceGateway RouteTable SecurityList NetworkSecurityGroup "
        "PublicIp Vnic IPSecConnection VirtualCircuit Cpe DhcpOptions Vlan"
    ),
    "data_catalog": "Catalog=DataCatalog",
    "data_flow": "Application=DataFlowApplication Run=DataFlowRun Pool=DataFlowPool",
    "data_integration": "Workspace=DISWorkspace",
    "data_safe": (
        "TargetDatabase=DataSafeTargetDatabase DataSafePrivateEndpoint "
        "OnPremConnector=DataSafeOnPremConnector SensitiveDataModel=DataSafeSensitiveDataModel "
        "MaskingPolicy=DataSafeMaskingPolicy AuditProfile=DataSafeAuditProfile "
        "AuditTrail=DataSafeAuditTrail"
    ),
    "data_science": (
        "Project=DataScienceProject NotebookSession=DataScienceNotebookSession "
        "Model=DataScienceModel ModelDeployment=DataScienceModelDeployment Job=DataScienceJob "
        "JobRun=DataScienceJobRun Pipeline=DataSciencePipeline"
    ),
    "database": (
        "AutonomousDatabase AutonomousContainerDatabase DbSystem Database DbHome DbNode "
        "PluggableDatabase CloudVmCluster CloudExadataInfrastructure CloudAutonomousVmCluster "
        "VmCluster ExadataInfrastructure BackupDestination ExternalContainerDatabase"
    ),
    "database_migration": "Connection=OdmsConnection Migration=OdmsMigration Job=OdmsJob",
    "devops": (
        "Project=DevOpsProject Repository=DevOpsRepository BuildPipeline=DevOpsBuildPipeline "
        "DeployPipeline=DevOpsDeployPipeline Trigger=DevOpsTrigger Connection=DevOpsConnection"
    ),
    "disaster_recovery": "DrProtectionGroup DrPlan",
    "dns": "Zone=CustomerDnsZone",
    "email": "Sender=EmailSender EmailDomain",
    "events": "Rule=EventRule",
    "file_storage": "FileSystem MountTarget",
    "functions": "Application=FunctionsApplication Function=FunctionsFunction",
    "golden_gate": (
        "Deployment=GoldenGateDeployment Connection=GoldenGateConnection "
        "DeploymentBackup=GoldenGateDeploymentBackup"
    ),
    "identity": (
        "Compartment User Group Policy TagNamespace TagDefault IdentityProvider "
        "DynamicGroup=DynamicResourceGroup"
    ),
    "integration": "IntegrationInstance",
    "key_management": "Vault Key HsmCluster=KmsHsmCluster",
    "load_balancer": "LoadBalancer",
    "logging": "LogGroup Log LogSavedSearch UnifiedAgentConfiguration",
    "managed_kafka": "KafkaCluster",
    "media_services": "MediaAsset MediaWorkflow StreamDistributionChannel StreamPackagingConfig",
    "monitoring": "Alarm",
    "mysql": "DbSystem=MysqlDbSystem Backup=MysqlBackup",
    "nosql": "Table=NoSQLTable",
    "object_storage": "Bucket",
    "oce": "OceInstance",
    "ocvp": "Sddc=VmwareSddc",
    "oda": "OdaInstance",
    "ons": "NotificationTopic=OnsTopic Subscription=OnsSubscription",
    "psql": "DbSystem=PostgresqlDbSystem Backup=PostgresqlBackup",
    "queue": "Queue",
    "recovery": "ProtectedDatabase ProtectionPolicy RecoveryServiceSubnet",
    "redis": "RedisCluster",
    "resource_manager": "Stack=OrmStack Job=OrmJob PrivateEndpoint=OrmPrivateEndpoint",
    "sch": "ServiceConnector",
    "streaming": "Stream ConnectHarness",
    "vault": "Secret=VaultSecret",
    "visual_builder": "VbInstance=VisualBuilderInstance",
    "waas": "WaasPolicy",
    "waf": "WebAppFirewall WebAppFirewallPolicy",
}


def _read_types() -> Mapping[tuple[str, str], str]:
    known = {}
    for module, models in _TYPES.items():
        for entry in models.split():
            model, _, name = entry.partition("=")
            known[module, model] = name or model
    return MappingProxyType(known)


# (service module, family of models) -> what the index calls the type
INDEXED = _read_types()
EVERY_TYPE = frozenset(INDEXED.values())
