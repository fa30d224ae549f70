"""From a parsed article to its claims: one step of the sequence a module, ``extractor`` is the sequence."""
