"""The site: pages stamped into one shell, and what stands beside them."""
