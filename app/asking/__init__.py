"""Plain questions in Swedish and English, answered from stored claims."""
