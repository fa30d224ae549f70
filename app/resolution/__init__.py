"""From mentions to actors: names, metonyms, descriptions and pronouns within an article, and identity across articles."""
