"""The durable queue of articles: what is put there is processed, whatever dies in between. The only user of DBOS."""
