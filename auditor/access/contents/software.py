"""Secrets, keys, parameters and code: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

SOFTWARE: Table = {
    # Encrypting and signing reveal nothing; a grant or a policy lets others decrypt.
    ("kms", "key"): Contents(
        types=("key",),
        decrypt="Decrypt ReEncryptFrom DeriveSharedSecret",
        write="Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext "
        "GenerateDataKeyWithoutPlaintext GenerateMac ReEncryptTo Sign",
        share="ReplicateKey",
        none="Verify VerifyMac",
    ),
    ("payment-cryptography", "key"): Contents(
        types=("key",),
        decrypt="DecryptData ReEncryptData TranslatePinData TranslateKeyMaterial",
        write="EncryptData GenerateMac GeneratePinData GenerateCardValidationData "
        "GenerateMacEmvPinChange GenerateAs2805KekValidation",
        share="ExportKey AddKeyReplicationRegions",
        none="VerifyMac VerifyPinData VerifyCardValidationData VerifyAuthRequestCryptogram",
    ),
    ("cloudhsm", "cluster"): Contents(
        types=("cluster",), closed="keys are used by users of the module, whom IAM does not know"
    ),
    ("cloudhsm", "backup"): Contents(
        types=("backup",), read="CreateCluster", share="CopyBackupToRegion"
    ),
    ("secretsmanager", "secret"): Contents(
        types=("Secret",),
        read="GetSecretValue",
        write="PutSecretValue UpdateSecret RotateSecret UpdateSecretVersionStage",
        share="ReplicateSecretToRegions",
        none="ValidateResourcePolicy",
    ),
    ("ssm", "parameter"): Contents(
        types=("parameter",),
        read="GetParameter GetParameters GetParametersByPath GetParameterHistory",
        write="PutParameter LabelParameterVersion UnlabelParameterVersion",
        administer="DeleteParameters PutResourcePolicy DeleteResourcePolicy",
    ),
    ("ecr", "repository"): Contents(
        types=("repository",),
        read="BatchGetImage GetDownloadUrlForLayer",
        write="PutImage BatchDeleteImage UploadLayerPart InitiateLayerUpload CompleteLayerUpload "
        "ReplicateImage BatchImportUpstreamImage",
        share="PutReplicationConfiguration",
        none="StartImageScan StartLifecyclePolicyPreview",
    ),
    ("ecr-public", "public repository"): Contents(
        types=("repository",),
        closed="anybody reads it, without credentials of AWS",
        write="PutImage BatchDeleteImage UploadLayerPart InitiateLayerUpload CompleteLayerUpload",
    ),
    ("lambda", "function"): Contents(
        types=("function", "function alias", "function version"),
        read="GetFunction InvokeFunction InvokeFunctionUrl InvokeAsync",
        write="UpdateFunctionCode PublishVersion",
    ),
    ("lambda", "layer"): Contents(
        types=("layerVersion", "layer"), read="GetLayerVersion", write="PublishLayerVersion"
    ),
    ("codeartifact", "domain"): Contents(
        types=("domain", "repository", "package"),
        read="ReadFromRepository GetPackageVersionAsset",
        write="PublishPackageVersion DeletePackage DeletePackageVersions DisposePackageVersions "
        "UpdatePackageVersionsStatus",
        share="CopyPackageVersions",
    ),
    ("serverlessrepo", "application"): Contents(
        types=("applications",),
        read="GetApplication GetCloudFormationTemplate CreateCloudFormationTemplate "
        "CreateCloudFormationChangeSet",
        write="CreateApplicationVersion UpdateApplication",
        share="PutApplicationPolicy",
    ),
    ("cloudfront", "key value store"): Contents(
        types=("key-value-store",),
        read="cloudfront-keyvaluestore:GetKey cloudfront-keyvaluestore:ListKeys",
        write="cloudfront-keyvaluestore:PutKey cloudfront-keyvaluestore:DeleteKey "
        "cloudfront-keyvaluestore:UpdateKeys",
    ),
    # What went into and came out of its steps is kept with each execution.
    ("states", "state machine"): Contents(
        types=("statemachine", "execution"),
        read="GetExecutionHistory DescribeExecution",
        write="StartExecution StartSyncExecution RedriveExecution",
        none="PublishStateMachineVersion StopExecution",
    ),
    ("airflow", "environment"): Contents(
        types=("environment", "rbac-role"),
        read="CreateWebLoginToken CreateCliToken InvokeRestApi",
        none="PublishMetrics",
    ),
}
