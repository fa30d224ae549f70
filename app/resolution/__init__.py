"""From mentions to actors: names, metonyms, descriptions, pronouns in an article, and identity across articles."""
