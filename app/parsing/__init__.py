"""From text to Universal Dependencies: the parser protocol, Stanza behind it, and CoNLL-U in and out."""
