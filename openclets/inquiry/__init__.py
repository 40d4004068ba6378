"""The one door for asking: which files a question reaches, collect, rank, word the answer, journal it."""
