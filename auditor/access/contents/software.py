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
        administer="CreateGrant PutKeyPolicy ScheduleKeyDeletion DisableKey",
        none="GetPublicKey Verify VerifyMac DescribeKey GetKeyPolicy GetKeyRotationStatus "
        "GetParametersForImport",
    ),
    ("secretsmanager", "secret"): Contents(
        types=("Secret",),
        read="GetSecretValue",
        write="PutSecretValue UpdateSecret RotateSecret UpdateSecretVersionStage",
        share="ReplicateSecretToRegions",
        none="CreateSecret ValidateResourcePolicy",
    ),
    ("ssm", "parameter"): Contents(
        types=("parameter",),
        read="GetParameter GetParameters GetParametersByPath GetParameterHistory",
        write="PutParameter LabelParameterVersion UnlabelParameterVersion",
        administer="DeleteParameter DeleteParameters PutResourcePolicy DeleteResourcePolicy",
    ),
    ("ecr", "repository"): Contents(
        types=("repository",),
        read="BatchGetImage GetDownloadUrlForLayer",
        write="PutImage BatchDeleteImage UploadLayerPart InitiateLayerUpload CompleteLayerUpload "
        "ReplicateImage BatchImportUpstreamImage",
        share="PutReplicationConfiguration",
        none="CreateRepository StartImageScan StartLifecyclePolicyPreview",
    ),
    ("lambda", "function"): Contents(
        types=("function", "function alias", "function version"),
        read="GetFunction InvokeFunction InvokeFunctionUrl InvokeAsync",
        write="UpdateFunctionCode PublishVersion",
        none="CreateFunction",
    ),
    ("lambda", "layer"): Contents(
        types=("layerVersion", "layer"),
        read="GetLayerVersion",
        write="PublishLayerVersion",
    ),
}
