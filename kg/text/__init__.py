"""Text to annotated text: words, sentences, names, dates, numbers and the lexicon's classes, all with offsets."""
