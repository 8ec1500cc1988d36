"""Shows, with evidence a sceptic can check offline, whether commitments about data are kept."""
