"""The registry in time: what git knows of each record, states of old, differences, the policy."""
