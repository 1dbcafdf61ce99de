"""What the program knows about Chinese as algorithms: characters, sentences, numerals, dates."""
