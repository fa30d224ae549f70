"""Server-rendered pages over the same queries as the API: no build step, nothing from elsewhere, no script needed."""
