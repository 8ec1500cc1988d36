"""A stand-in for the API of Kubernetes clusters, for unchanged clients."""
