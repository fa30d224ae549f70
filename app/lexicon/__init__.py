"""Language knowledge as commented YAML data, with a strict schema and cached loaders."""
