"""Articles fetched from addresses, where the settings allow it, without reaching what is not public."""
