"""The database: the only package that knows SQL. Reads return records of `app.domain.record`, never rows."""
