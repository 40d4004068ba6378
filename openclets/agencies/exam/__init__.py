"""The built-in courses and their exam: lessons, question bank, what passes, sitting it, the certificate."""
