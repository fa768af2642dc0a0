"""Writing, exporting and validating RDF; the only place that mints IRIs."""
