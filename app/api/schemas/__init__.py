"""What the interface takes and gives, one module a resource; every field has a description and an example."""
