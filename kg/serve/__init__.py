"""A read-only SPARQL endpoint over the store, with pages to ask and to explore."""
