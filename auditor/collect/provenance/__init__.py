"""What is read from folders of attestations, inventories of parts and records of rebuilds."""
