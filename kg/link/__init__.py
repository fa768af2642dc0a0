"""Identity: which mentions mean one real thing."""
