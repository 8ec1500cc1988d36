"""Analyses, models, dashboards and data sets: the actions that reach what they hold."""

from auditor.access.contents.base import Contents, Table

_LAKE = "queried through Lake Formation, whose permissions are flows of their own"

ANALYTICS: Table = {
    ("athena", "workgroup"): Contents(
        types=("workgroup",),
        read="GetQueryResults GetQueryResultsStream ExportNotebook CreatePresignedNotebookUrl",
        write="StartQueryExecution StartCalculationExecution StartSession",
        none="StopQueryExecution StopCalculationExecution CancelQueryExecution",
    ),
    # Whoever runs a step on it, runs it with what its role may read.
    ("elasticmapreduce", "cluster"): Contents(
        types=("cluster",),
        read="GetClusterSessionCredentials AddJobFlowSteps AccessAllEventLogs "
        "GetOnClusterAppUIPresignedURL GetPersistentAppUIPresignedURL StartNotebookExecution "
        "StartEditor OpenEditorInConsole",
        none="CancelSteps",
    ),
    ("bedrock", "custom model"): Contents(
        types=("custom-model",),
        read="CreateProvisionedModelThroughput CreateCustomModelDeployment "
        "CreateModelInvocationJob UpdateProvisionedModelThroughput",
        share="CreateModelCopyJob",
    ),
    ("bedrock", "imported model"): Contents(
        types=("imported-model",), read="InvokeModel InvokeModelWithResponseStream"
    ),
    ("bedrock", "knowledge base"): Contents(
        types=("knowledge-base",),
        read="Retrieve",
        write="IngestKnowledgeBaseDocuments DeleteKnowledgeBaseDocuments StartIngestionJob",
        none="StopIngestionJob",
    ),
    ("bedrock-agentcore", "memory"): Contents(
        types=("memory",),
        read="GetEvent GetMemoryRecord RetrieveMemoryRecords ListEvents ListMemoryRecords",
        write="CreateEvent DeleteEvent DeleteMemoryRecord BatchCreateMemoryRecords "
        "BatchUpdateMemoryRecords BatchDeleteMemoryRecords",
    ),
    ("comprehend", "document classifier"): Contents(
        types=("document-classifier",),
        read="StartDocumentClassificationJob CreateEndpoint",
        share="PutResourcePolicy ImportModel",
    ),
    ("comprehend", "entity recognizer"): Contents(
        types=("entity-recognizer",),
        read="StartEntitiesDetectionJob CreateEndpoint",
        share="PutResourcePolicy ImportModel",
    ),
    ("rekognition", "collection"): Contents(
        types=("collection",),
        read="SearchFaces SearchFacesByImage SearchUsers SearchUsersByImage ListFaces ListUsers "
        "StartFaceSearch",
        write="IndexFaces DeleteFaces AssociateFaces DisassociateFaces CreateUser DeleteUser",
        none="CreateStreamProcessor",
    ),
    ("rekognition", "project"): Contents(
        types=("project", "projectversion", "dataset"),
        read="DetectCustomLabels ListDatasetEntries",
        write="UpdateDatasetEntries DistributeDatasetEntries",
        share="CopyProjectVersion PutProjectPolicy",
    ),
    ("sagemaker", "domain"): Contents(
        types=("domain", "user-profile", "app", "space"),
        read="CreatePresignedDomainUrl",
        none="CreateUserProfile CreateApp CreateSpace",
    ),
    ("sagemaker", "feature group"): Contents(
        types=("feature-group",), read="GetRecord BatchGetRecord", write="PutRecord DeleteRecord"
    ),
    ("sagemaker", "notebook instance"): Contents(
        types=("notebook-instance",), read="CreatePresignedNotebookInstanceUrl"
    ),
    ("transcribe", "transcription job"): Contents(
        types=("transcriptionjob",), read="GetTranscriptionJob"
    ),
    ("quicksight", "data set"): Contents(
        types=("dataset",),
        read="PassDataSet CreateTopic",
        share="UpdateDataSetPermissions CreateFolderMembership",
    ),
    ("quicksight", "namespace"): Contents(
        types=("namespace",), read="GenerateEmbedUrlForAnonymousUser"
    ),
    ("qbusiness", "application"): Contents(
        types=("application",),
        read="Chat ChatSync SearchRelevantContent GetMedia ListMessages",
        write="DeleteConversation DeleteAttachment",
        share="CreateDataAccessor CreateDataAccessorWithTti",
        administer="AssociatePermission CreateAnonymousWebExperienceUrl",
    ),
    ("qbusiness", "index"): Contents(
        types=("index",),
        read="GetDocumentContent",
        write="BatchPutDocument BatchDeleteDocument",
        administer="DeleteIndex UpdateIndex",
    ),
    ("dataexchange", "data set"): Contents(
        types=("data-sets", "revisions", "assets"),
        read="SendApiAsset GetAsset StartJob CreateJob",
        write="CreateRevision CreateAsset UpdateAsset DeleteAsset DeleteRevision UpdateRevision",
        share="PublishDataSet PublishToDataGrant CreateDataGrant",
        beside="jobs data-grants",
    ),
    ("datazone", "domain"): Contents(
        types=("domain",),
        read="GetEnvironmentCredentials GetDomainExecutionRoleCredentials GetCellRunResult",
        share="CreateSubscriptionGrant AcceptSubscriptionRequest",
        administer="PutDomainSharingPolicy AddPolicyGrant CreateProjectMembership",
    ),
    ("detective", "behavior graph"): Contents(
        types=("Graph",),
        read="SearchGraph InvokeAssistant GetInvestigation",
        share="CreateMembers",
        none="AcceptInvitation RejectInvitation StartInvestigation",
    ),
    # A token of its own reads every dashboard that its role may.
    ("grafana", "workspace"): Contents(
        types=("workspace",), read="CreateWorkspaceApiKey CreateWorkspaceServiceAccountToken"
    ),
    ("healthlake", "data store"): Contents(
        types=("datastore",),
        read="ReadResource VersionReadResource SearchEverything SearchWithGet SearchWithPost "
        "GetHistoryByResourceId GetExportedFile GenerateDocumentWithGet GenerateDocumentWithPost",
        write="CreateResource UpdateResource PatchResource DeleteResource ProcessBundle "
        "StartFHIRImportJob StartFHIRBulkDeleteJob",
        share="StartFHIRExportJob StartFHIRExportJobWithGet StartFHIRExportJobWithPost",
    ),
    ("medical-imaging", "image data store"): Contents(
        types=("datastore", "imageset"),
        read="GetImageFrame GetImageSet GetImageSetMetadata GetDICOMInstance GetDICOMBulkdata "
        "GetDICOMInstanceFrames GetDICOMInstanceMetadata GetDICOMSeriesMetadata SearchImageSets "
        "SearchDICOMInstances SearchDICOMSeries SearchDICOMStudies",
        write="StoreDICOM StoreDICOMStudy StartDICOMImportJob DeleteImageSet "
        "UpdateImageSetMetadata",
        share="CopyImageSet",
    ),
    ("omics", "sequence store"): Contents(
        types=("sequenceStore", "readSet"),
        read="GetReadSet",
        write="UploadReadSetPart StartReadSetImportJob BatchDeleteReadSet",
        share="StartReadSetExportJob",
    ),
    ("omics", "reference store"): Contents(
        types=("referenceStore", "reference"),
        read="GetReference",
        write="StartReferenceImportJob DeleteReference",
    ),
    ("omics", "annotation store"): Contents(types=("AnnotationStore",), closed=_LAKE),
    ("omics", "variant store"): Contents(types=("VariantStore",), closed=_LAKE),
}
