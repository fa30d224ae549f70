"""The nouns of Sagesman as frozen dataclasses. Standard library only, no I/O."""
