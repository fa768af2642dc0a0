"""vnkg: Vietnamese news articles in, an RDF knowledge graph with character-exact evidence out."""

__version__ = "0.1.0"
