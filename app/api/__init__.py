"""REST under ``/v1``: typed answers, errors as problem+json, one request one transaction."""
