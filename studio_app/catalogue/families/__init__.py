"""The families of clusters, one a file: what the clusters of each are known by."""
