"""From CoNLL-U files to a Stanza resources directory: how the bundled models are made. See README.md here."""
