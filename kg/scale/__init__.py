"""Past one machine: the same functions over a cluster of Apache Spark, and the same graph as the result.

Nothing here reads Vietnamese, decides an identity or writes a term: `kg.corpus.read_one` does that for one article,
`kg.rdf.write.labels_of` for the names of one thing, and Spark brings them to the articles. What Spark does by itself:
reading files in parts, counting, sorting, dropping what is there twice.
"""
