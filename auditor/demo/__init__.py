"""A demonstration without accounts: simulated clouds with known, planted breaches."""
