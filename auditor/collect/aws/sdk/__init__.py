"""What the door to AWS makes of botocore: sessions, clients and credentials."""
