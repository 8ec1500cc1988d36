"""Oracle Cloud Infrastructure: the door, and one file of collectors for each service."""
