"""Words that Oracle's policies have for types of resources, alone and in families.

Sources: the pages "Details for ..." of the policy reference,
    https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/policyreference.htm
and the pages on policies of the services that these name. ``tests/contract/permissions_oci.yaml``
says which page names the words that collection asks for.
"""

# family: members; an indented line goes on with the one before
MEMBERS = """\
all-artifacts: artifact-repositories generic-artifacts
object-family: objectstorage-namespaces buckets objects
volume-family: volumes volume-attachments volume-backups boot-volume-backups backup-policies
  backup-policy-assignments volume-groups volume-group-backups
file-family: file-systems filesystem-snapshot-policies mount-targets outbound-connectors
  export-sets replications replication-targets work-requests
stream-family: streams stream-pull stream-push connect-harness stream-pools
database-family: db-systems db-nodes db-homes databases pluggable-databases db-backups
  database-software-image cloud-exadata-infrastructures cloud-vmclusters exadata-infrastructures
  vmclusters vmcluster-networks backup-destinations backups key-stores
autonomous-database-family: autonomous-databases autonomous-backups database-connections
  autonomous-container-databases cloud-autonomous-vmclusters autonomous-vmclusters
instance-family: app-catalog-listing console-histories instances instance-console-connection
  instance-images
compute-management-family: instance-configurations instance-pools cluster-networks
instance-agent-family: instance-agent-plugins
instance-agent-command-family: instance-agent-commands
virtual-network-family: byoiprange capture-filters cpes cross-connect-groups cross-connects
  dhcp-options drgs drg-attachments drg-object drg-route-distributions drg-route-tables
  internet-gateways ipsec-connections ipv6s ipam local-peering-gateways local-peering-from
  local-peering-to nat-gateways network-security-groups private-ips publicippool public-ips
  remote-peering-connections remote-peering-from remote-peering-to route-tables security-lists
  service-gateways subnets vcns virtual-circuits vlans vnic-attachments vnics vtaps
secret-family: secrets secret-versions secret-bundles
dns: dns-zones dns-records dns-steering-policies dns-steering-policy-attachments dns-tsig-keys
  dns-views dns-resolvers
api-gateway-family: api-gateways api-deployments api-definitions api-workrequests
  api-certificates api-sdks api-subscribers api-usage-plans
cluster-family: clusters cluster-node-pools cluster-pod-shapes cluster-virtualnode-pools
  cluster-work-requests cluster-workload-mappings
email-family: email-domains approved-senders suppressions email-work-requests
functions-family: fn-app fn-function fn-invocation
logging-family: log-groups log-content unified-configuration
loganalytics-features-family: loganalytics-category loganalytics-entity-type loganalytics-field
  loganalytics-label loganalytics-lifecycle loganalytics-lookup loganalytics-ondemand-upload
  loganalytics-parser loganalytics-query loganalytics-source loganalytics-storage
loganalytics-resources-family: loganalytics-config-work-request loganalytics-em-bridge
  loganalytics-entity loganalytics-ingesttime-rule loganalytics-log-group
  loganalytics-object-collection-rule loganalytics-queryjob-work-request
  loganalytics-scheduled-task loganalytics-storage-work-request
ons-family: ons-topics ons-subscriptions
orm-family: orm-config-source-providers orm-jobs orm-private-endpoints orm-stacks orm-template
  orm-work-requests
organizations-family: organizations-link organizations-recipient-invitation
  organizations-sender-invitation organizations-invitation organizations-domain
  organizations-domain-governance organizations-entity organizations-tenancy organizations-order
  organizations-subscription organizations-subscription-mapping
  organizations-assigned-subscription organizations-subscription-region
  organizations-governance-rules
waa-family: waa-policy web-app-acceleration
operator-control-family: operator-control operator-control-assignment
  operator-control-accessrequest
nosql-family: nosql-tables nosql-rows nosql-indexes
opensearch-family: opensearch-clusters opensearch-cluster-backups opensearch-work-requests
redis-family: redis-clusters redis-work-requests
dis-family: dis-workspaces dis-work-requests
data-science-family: data-science-projects data-science-notebook-sessions data-science-models
  data-science-modelversionsets data-science-model-deployments data-science-work-requests
  data-science-jobs data-science-job-runs data-science-pipelines data-science-pipeline-runs
  data-science-private-endpoint data-science-schedules data-science-model-groups
  data-science-model-group-version-histories
genai-agent-family: genai-agent genai-agent-knowledge-base genai-agent-data-source
  genai-agent-data-ingestion-job genai-agent-endpoint genai-agent-session
  genai-agent-work-request
mysql-family: mysql-instances mysql-backups mysql-configurations mysql-channels mysql-heatwave
  mysql-work-requests
devops-family: devops-project devops-repository devops-pull-request devops-pull-request-comment
  devops-protected-branch devops-build-pipeline devops-build-pipeline-stage devops-build-run
  devops-connection devops-trigger devops-deploy-artifact devops-deploy-environment
  devops-deploy-pipeline devops-deploy-stage devops-deployment devops-work-requests
devops-repository-family: devops-repository devops-pull-request devops-pull-request-comment
  devops-protected-branch
devops-build-family: devops-build-pipeline devops-build-pipeline-stage devops-build-run
devops-deploy-family: devops-deploy-artifact devops-deploy-environment devops-deploy-pipeline
  devops-deploy-stage devops-deployment
"""
# Pages name these families, and not all of their members: those are what is called alike.
MEMBERS += """\
goldengate-family: goldengate-deployments goldengate-deployment-backups goldengate-connections
ai-service-speech-family: ai-service-speech-transcription-job ai-service-speech-customization
ai-service-vision-family: ai-service-vision-project ai-service-vision-model
  ai-service-vision-image-job ai-service-vision-stream-job
"""

# Pages disagree on these, or give a family only some of their permissions.
MAYBE_MEMBERS = """\
database-family: autonomous-databases autonomous-backups autonomous-container-databases
  autonomous-vmclusters cloud-autonomous-vmclusters database-connections
instance-family: volume-attachments vnics vnic-attachments
organizations-family: organizations-enforced-governance-rules
"""

ALONE = """\
access-requests agcs-instance ai-data-platforms ai-service-document-model
ai-service-language-endpoint ai-service-language-job ai-service-language-model
ai-service-speech-transcription-job ai-service-vision-model analytics-instances announcements
api-platform-instance apm-domains approval-templates audit-events
authentication-policies auto-scaling-configurations bastion bastion-session batch-contexts
bds-instances blockchain-platforms ccc-infrastructure cloud-guard-config cloudevents-rules
compartments compute-capacity-reports compute-capacity-reservations compute-clusters
compute-container-instances compute-containers compute-global-image-capability-schema
compute-image-capability-schema credentials data-catalog-metastores data-catalogs
data-labeling-dataset database-tools-connections datacc-infrastructures dataflow-application
dedicated-vm-hosts delegated-resource-access-requests
delegation-controls desktop-pool dif-stack
disaster-recovery-protection-groups distributed-database dkims domains dynamic-groups
ekms-private-endpoints em-warehouses fleet fusion-environment gdp-pipelines
generative-ai-application-storage generative-ai-dedicated-ai-cluster generative-ai-endpoint
generative-ai-imported-model generative-ai-model generative-ai-routing-profile
generative-ai-semantic-store groups hsm-cluster iamworkrequest identity-providers
integration-instance iot-domain kafka-clusters key-delegate keys limits load-balancers lockbox
lustre-file-system mac-orders media-asset media-stream-cdn-config
media-stream-distribution-channel media-workflow network-firewall network-load-balancers
network-sources nosql-configurations objectstorage-private-endpoint ocb-inventory oce-instance
oda-instances odms-connection odms-migration opsi-warehouses oracle-db-aws-keys
organizations-enforced-governance-rules policies postgres-backups postgres-db-systems
privileged-api-controls process-automation-instance pss-instances queues quotas
recovery-service-policy recovery-service-protected-database repos resource-analytics-instance
rover-clusters rover-nodes sddcs security-policy security-recipe security-zone serviceconnectors
sharded-database tag-defaults tag-namespaces target-databases tenancies usage-budgets usage-report
usage-reports user-assessments users vaults vbstudio-instance visualbuilder-instance waas-policy
web-app-firewall
"""
